package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.OnlyGrows;
import com.freshtrack.dev.plugins.simulated.PropertyRule;
import com.freshtrack.dev.plugins.simulated.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What AWS refuses: at the check what can be known there, at the creation what depends on what exists then. */
final class AwsRefusals implements Refusals {

    private static final String DATABASE = "aws:rds/instance:Instance";
    private static final String CERTIFICATE = "aws:acm/certificate:Certificate";
    private static final String VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

    /** By which property a type is protected from removal. */
    private static final Map<String, String> PROTECTIONS = Map.of(
            DATABASE,
            "deletionProtection",
            InstanceRefusals.INSTANCE,
            "disableApiTermination",
            "aws:lb/loadBalancer:LoadBalancer",
            "enableDeletionProtection");

    private final Map<String, List<PropertyRule>> rules = PropertyRule.load("aws", "AWS");
    private final Inventory inventory;
    private final NetworkRefusals networks;
    private final DatabaseRefusals databases;
    private final InstanceRefusals instances;

    AwsRefusals(Inventory inventory) {
        this.inventory = inventory;
        this.networks = new NetworkRefusals(inventory);
        this.databases = new DatabaseRefusals(inventory);
        this.instances = new InstanceRefusals(inventory);
    }

    @Override
    public List<String> atCheck(String urn, String type, Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>();
        rules.getOrDefault(type, List.of()).forEach(rule -> problems.addAll(rule.problems(inputs)));
        problems.addAll(json(inputs));
        problems.addAll(
                switch (type) {
                    case "aws:ec2/vpc:Vpc" -> networks.block(inputs);
                    case "aws:ec2/subnet:Subnet" -> {
                        List<String> both = new ArrayList<>(networks.block(inputs));
                        both.addAll(networks.subnetAsked(urn, inputs));
                        yield both;
                    }
                    case InstanceRefusals.INSTANCE -> instances.userData(inputs);
                    case InstanceRefusals.VOLUME -> instances.sizeOrSnapshot(inputs);
                    case InstanceRefusals.ATTACHMENT -> instances.attached(inputs);
                    case "aws:ec2/natGateway:NatGateway" -> natGateway(inputs);
                    case "aws:ec2/securityGroup:SecurityGroup" -> inlineRules(inputs);
                    case "aws:ecs/taskDefinition:TaskDefinition" -> FargateSize.problems(inputs);
                    case "aws:lb/listener:Listener" -> listener(urn, inputs, true);
                    case "aws:lb/loadBalancer:LoadBalancer" -> isApplication(inputs)
                            ? networks.twoZones(inputs.get("subnets"))
                            : List.of();
                    case "aws:rds/subnetGroup:SubnetGroup" -> networks.twoZones(inputs.get("subnetIds"));
                    default -> List.of();
                });
        return problems;
    }

    @Override
    public List<String> atDiff(String type, Map<String, Object> olds, Map<String, Object> news) {
        return type.equals(InstanceRefusals.VOLUME)
                ? OnlyGrows.problems("size", " of a volume", olds, news)
                : List.of();
    }

    @Override
    public List<String> atCreation(String urn, String type, Map<String, Object> inputs) {
        return switch (type) {
            case "aws:ec2/subnet:Subnet" -> networks.subnetMade(inputs);
            case "aws:lb/listener:Listener" -> listener(urn, inputs, false);
            case DATABASE -> databases.made(inputs);
            default -> List.of();
        };
    }

    @Override
    public List<String> atUpdate(String type, Map<String, Object> olds, Map<String, Object> inputs) {
        return type.equals(DATABASE) ? databases.changed(olds, inputs) : List.of();
    }

    @Override
    public List<String> atDeletion(String type, Map<String, Object> state) {
        List<String> problems = new ArrayList<>();
        boolean isDatabase = type.equals(DATABASE);
        Optional.ofNullable(PROTECTIONS.get(type))
                .filter(protection -> isTrue(state, protection))
                .ifPresent(protection -> problems.add("AWS doesn't remove what is protected: got " + protection
                        + " true; allowed is false, brought up before the removal"));
        if (isDatabase && !isTrue(state, "skipFinalSnapshot") && isEmpty(state.get("finalSnapshotIdentifier"))) {
            problems.add("AWS doesn't remove a database without its last snapshot: got no finalSnapshotIdentifier;"
                    + " allowed is a name for the snapshot, or skipFinalSnapshot true, brought up before the removal");
        }
        return problems;
    }

    private static List<String> json(Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>();
        inputs.forEach((property, value) -> {
            if (ComparedByMeaning.JSON.contains(property) && value instanceof String text) {
                Optional<JsonNode> parsed = ComparedByMeaning.parsed(text);
                boolean list = property.equals("containerDefinitions");
                if (parsed.filter(list ? JsonNode::isArray : JsonNode::isObject).isEmpty()) {
                    problems.add("property \"" + property + "\" is malformed: got "
                            + (parsed.isPresent() ? "other JSON" : "no JSON") + "; allowed is a JSON "
                            + (list ? "array" : "object"));
                }
            }
        });
        return problems;
    }

    private static List<String> natGateway(Map<String, Object> inputs) {
        boolean isPrivate = "private".equals(inputs.get("connectivityType"));
        return isPrivate == (inputs.get("allocationId") == null)
                ? List.of()
                : List.of("property \"allocationId\" doesn't go with the gateway's kind: got "
                        + (isPrivate ? "one on a private gateway" : "none on a public gateway")
                        + "; allowed is one on a public gateway, none on a private one");
    }

    /** AWS would take them; beside rules of their own, which this program makes, the two remove each other at every update. */
    private static List<String> inlineRules(Map<String, Object> inputs) {
        return List.of("ingress", "egress").stream()
                .filter(name -> inputs.get(name) instanceof List<?> rules && !rules.isEmpty())
                .map(name ->
                        "property \"" + name + "\" fights with rules that are resources: got rules inside the group;"
                                + " allowed are aws.vpc SecurityGroupIngressRule and SecurityGroupEgressRule"
                                + " (https://github.com/hashicorp/terraform-provider-aws/issues/6608 )")
                .toList();
    }

    private List<String> listener(String urn, Map<String, Object> inputs, boolean asked) {
        Object protocol = inputs.get("protocol");
        Object certificate = inputs.get("certificateArn");
        if (!"HTTPS".equals(protocol) && !"TLS".equals(protocol)) {
            return List.of();
        }
        if (certificate == null) {
            return List.of("property \"certificateArn\" is missing: got a listener with protocol " + protocol
                    + " and none; allowed is the ARN of a certificate that is issued");
        }
        boolean ours =
                inventory.existing(CERTIFICATE, String.valueOf(certificate)).isPresent();
        boolean validated = inventory.existing(VALIDATION).stream()
                        .anyMatch(validation ->
                                certificate.equals(validation.properties().get("certificateArn")))
                || asked
                        && inventory.askedBeside(urn, VALIDATION).stream()
                                .anyMatch(validation -> certificate.equals(
                                        validation.properties().get("certificateArn")));
        return ours && !validated
                ? List.of(
                        "property \"certificateArn\" names a certificate that isn't issued: got " + certificate
                                + " without a CertificateValidation; allowed is one that is validated before the listener is made")
                : List.of();
    }

    private static boolean isApplication(Map<String, Object> inputs) {
        Object type = inputs.get("loadBalancerType");
        return type == null || type.equals("application");
    }

    private static boolean isTrue(Map<String, Object> state, String property) {
        return Boolean.TRUE.equals(state.get(property));
    }

    private static boolean isEmpty(Object value) {
        return value == null || value.equals("");
    }
}
