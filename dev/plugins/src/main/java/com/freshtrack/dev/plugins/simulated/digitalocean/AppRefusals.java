package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What App Platform refuses of a spec, and how a deployment fails whose jobs don't reach the database. Sizes and what they may do:
 * https://docs.digitalocean.com/products/app-platform/details/pricing/ ; images:
 * https://docs.digitalocean.com/products/app-platform/reference/app-spec/ ; trusted sources:
 * https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/ .
 */
final class AppRefusals {

    private static final String FIREWALL = "digitalocean:index/databaseFirewall:DatabaseFirewall";
    private static final String VPC = "digitalocean:index/vpc:Vpc";
    private static final Set<String> SINGLE = Set.of("apps-s-1vcpu-0.5gb", "apps-s-1vcpu-1gb-fixed");
    private static final String DEDICATED = "apps-d-";

    private final Inventory inventory;

    AppRefusals(Inventory inventory) {
        this.inventory = inventory;
    }

    List<String> atCheck(Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>();
        components(inputs).forEach(component -> {
            Object name = component.get("name");
            Map<?, ?> image = map(component.get("image"));
            if (image.containsKey("tag") && image.containsKey("digest")) {
                problems.add("an image has a tag or a digest: got both for " + name);
            }
            if ("DOCR".equals(image.get("registryType")) && image.containsKey("registry")) {
                problems.add("property \"registry\" must be empty for DOCR: got " + image.get("registry"));
            }
            String size = String.valueOf(component.get("instanceSizeSlug"));
            if (component.containsKey("autoscaling") && !size.startsWith(DEDICATED)) {
                problems.add("only sizes with dedicated processors autoscale: got " + size + " for " + name);
            }
            if (component.get("instanceCount") instanceof Number count
                    && count.intValue() > 1
                    && SINGLE.contains(size)) {
                problems.add("a size for one instance: got " + count.intValue() + " of " + size + " for " + name);
            }
        });
        return problems;
    }

    /** A cluster that names trusted sources lets in these alone; without any it lets in everybody. */
    List<String> atDeployment(Map<String, Object> inputs) {
        Map<?, ?> spec = map(inputs.get("spec"));
        return maps(spec.get("databases")).stream()
                .map(database -> database.get("clusterName"))
                .filter(name -> name != null && name != Unknown.VALUE)
                .distinct()
                .flatMap(name -> unreachable(name, spec).stream())
                .toList();
    }

    private Optional<String> unreachable(Object clusterName, Map<?, ?> spec) {
        Optional<Inventory.Entry> cluster = inventory.existing(DigitalOceanRefusals.CLUSTER).stream()
                .filter(entry -> clusterName.equals(entry.properties().get("name")))
                .findFirst();
        if (cluster.isEmpty()) {
            return Optional.of("no database cluster is called " + clusterName);
        }
        List<? extends Map<?, ?>> rules = inventory.existing(FIREWALL).stream()
                .filter(entry -> cluster.get().id().equals(entry.properties().get("clusterId")))
                .flatMap(entry -> maps(entry.properties().get("rules")).stream())
                .toList();
        Stream<Object> ranges = maps(spec.get("vpcs")).stream()
                .flatMap(vpc -> inventory.existing(VPC, String.valueOf(vpc.get("id"))).stream())
                .map(vpc -> vpc.properties().get("ipRange"));
        Stream<Object> itself = inventory.existing(DigitalOceanRefusals.APP).stream()
                .filter(app -> map(app.properties().get("spec")).get("name").equals(spec.get("name")))
                .map(Inventory.Entry::id);
        List<Object> comesFrom = Stream.concat(ranges, itself).toList();
        boolean admitted =
                rules.isEmpty() || rules.stream().map(rule -> rule.get("value")).anyMatch(comesFrom::contains);
        return admitted
                ? Optional.empty()
                : Optional.of("the deployment failed: a job can't reach the database cluster " + clusterName
                        + ", whose trusted sources are neither this app nor its VPC");
    }

    private static Stream<Map<?, ?>> components(Map<String, Object> inputs) {
        Map<?, ?> spec = map(inputs.get("spec"));
        return Stream.concat(maps(spec.get("services")).stream(), maps(spec.get("jobs")).stream());
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<Map<?, ?>> maps(Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        (value instanceof List<?> list ? list : List.of()).forEach(item -> maps.add(map(item)));
        return maps;
    }
}
