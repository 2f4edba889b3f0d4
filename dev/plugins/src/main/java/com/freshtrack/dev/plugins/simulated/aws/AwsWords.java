package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.MadeUp;
import com.freshtrack.dev.plugins.simulated.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words in {@code aws/outputs.txt} that take more than a template: each depends on several inputs or resources. */
final class AwsWords implements Words {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "aws:ec2/eip:Eip";
    private static final String SUBNET = "aws:ec2/subnet:Subnet";
    private static final String TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
    private static final Set<String> MADE_UP = Set.of(
            "balancerHost",
            "balancerKind",
            "certificateNames",
            "managedSecrets",
            "nextRevision",
            "publicIpOfAddress",
            "recordName",
            "validationOptions",
            "vpcOfSubnet",
            "zoneOfSubnet");
    private static final int HASH_DIGITS = 32;
    private static final int SERVICE_DIGITS = 10;

    private final Inventory inventory;
    private final Place place;

    AwsWords(Inventory inventory, Place place) {
        this.inventory = inventory;
        this.place = place;
    }

    @Override
    public boolean has(String word) {
        return MADE_UP.contains(word)
                || Set.of("account", "allTags", "region", "regional").contains(word);
    }

    @Override
    public boolean stays(String word, Map<String, Object> inputs) {
        return MADE_UP.contains(word);
    }

    @Override
    public String value(String word, String argument, MadeUp madeUp, Map<String, Object> inputs) {
        return switch (word) {
            case "account" -> Place.ACCOUNT;
            case "allTags" -> json(place.allTags(inputs.get("tags")));
            case "balancerHost" -> balancerHost(madeUp, inputs);
            case "balancerKind" -> balancerKind(inputs);
            case "certificateNames" -> json(certificateNames(inputs));
            case "managedSecrets" -> managedSecrets(madeUp, inputs);
            case "nextRevision" -> String.valueOf(lastRevision(madeUp.urn(), inputs.get("family")) + 1);
            case "publicIpOfAddress" -> inventory
                    .existing(ADDRESS, String.valueOf(inputs.get("allocationId")))
                    .map(address -> String.valueOf(address.properties().get("publicIp")))
                    .orElse("");
            case "recordName" -> recordName(inputs);
            case "region" -> place.region();
            case "regional" -> new MadeUp(place.region(), "").hex(Integer.parseInt(argument), "");
            case "validationOptions" -> validationOptions(madeUp, inputs);
            case "vpcOfSubnet" -> ofSubnet(inputs, "vpcId");
            case "zoneOfSubnet" -> ofSubnet(inputs, "availabilityZone");
            default -> throw new IllegalStateException("no such word: " + word);
        };
    }

    private static String balancerKind(Map<String, Object> inputs) {
        return switch (String.valueOf(inputs.get("loadBalancerType"))) {
            case "network" -> "net";
            case "gateway" -> "gwy";
            default -> "app";
        };
    }

    private String balancerHost(MadeUp madeUp, Map<String, Object> inputs) {
        String name = (Boolean.TRUE.equals(inputs.get("internal")) ? "internal-" : "") + inputs.get("name");
        return balancerKind(inputs).equals("app")
                ? name + "-" + madeUp.digits(SERVICE_DIGITS, "") + "." + place.region() + ".elb.amazonaws.com"
                : name + "-" + madeUp.hex(16, "") + ".elb." + place.region() + ".amazonaws.com";
    }

    /** A revision is never given twice, so the next one is counted from those that this run knows of. */
    private double lastRevision(String urn, Object family) {
        double last = 0;
        for (Inventory.Entry known : inventory.existing(TASK_DEFINITION)) {
            if (known.properties().get("family").equals(family)) {
                last = Math.max(last, revision(known));
            }
        }
        return Math.max(last, inventory.latest(urn).map(AwsWords::revision).orElse(0.0));
    }

    private static double revision(Inventory.Entry definition) {
        return definition.properties().get("revision") instanceof Number revision ? revision.doubleValue() : 0;
    }

    /** As Route 53 writes names: in small letters, without the dot at the end. */
    private static String recordName(Map<String, Object> inputs) {
        return String.valueOf(inputs.get("name")).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    /** One record per name; a wildcard's is that of the name below it. */
    private static String validationOptions(MadeUp madeUp, Map<String, Object> inputs) {
        return json(certificateNames(inputs).stream()
                .map(name -> {
                    String host = name.toString().replaceFirst("^\\*\\.", "");
                    return Map.of(
                            "domainName",
                            name,
                            "resourceRecordName",
                            "_" + madeUp.hex(HASH_DIGITS, host) + "." + host + ".",
                            "resourceRecordType",
                            "CNAME",
                            "resourceRecordValue",
                            "_" + madeUp.hex(HASH_DIGITS, host + " value") + "." + madeUp.hex(SERVICE_DIGITS, "")
                                    + ".acm-validations.aws.");
                })
                .toList());
    }

    private static Set<Object> certificateNames(Map<String, Object> inputs) {
        Set<Object> names = new LinkedHashSet<>();
        if (inputs.get("domainName") instanceof String domain) {
            names.add(domain);
        }
        if (inputs.get("subjectAlternativeNames") instanceof List<?> others) {
            names.addAll(others);
        }
        return names;
    }

    private String managedSecrets(MadeUp madeUp, Map<String, Object> inputs) {
        if (!Boolean.TRUE.equals(inputs.get("manageMasterUserPassword"))) {
            return "[]";
        }
        String arn = "arn:aws:secretsmanager:" + place.region() + ":" + Place.ACCOUNT + ":secret:rds!db-"
                + madeUp.uuid("secret") + "-" + madeUp.capitals(6, "");
        return json(List.of(Map.of("secretArn", arn, "secretStatus", "active", "kmsKeyId", "")));
    }

    /** A property of the first subnet, where this run knows it. */
    private String ofSubnet(Map<String, Object> inputs, String property) {
        Object id = inputs.get("subnetId");
        for (String list : List.of("subnets", "subnetIds")) {
            if (inputs.get(list) instanceof List<?> ids && !ids.isEmpty()) {
                id = ids.get(0);
            }
        }
        return inventory
                .existing(SUBNET, String.valueOf(id))
                .map(subnet -> String.valueOf(subnet.properties().get(property)))
                .orElse("");
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
