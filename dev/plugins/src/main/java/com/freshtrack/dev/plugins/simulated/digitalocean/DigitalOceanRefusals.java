package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.OnlyGrows;
import com.freshtrack.dev.plugins.simulated.PropertyRule;
import com.freshtrack.dev.plugins.simulated.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DigitalOcean refuses, or its provider before it. That a volume can't shrink and that a cluster needs its version was
 * read in digitalocean/volume/resource_volume.go and digitalocean/database/resource_database_cluster.go of
 * github.com/digitalocean/terraform-provider-digitalocean; the others are from https://docs.digitalocean.com .
 */
final class DigitalOceanRefusals implements Refusals {

    static final String APP = "digitalocean:index/app:App";
    static final String CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";

    private static final String DROPLET = "digitalocean:index/droplet:Droplet";
    private static final String VOLUME = "digitalocean:index/volume:Volume";
    private static final String RESERVED_IP = "digitalocean:index/reservedIp:ReservedIp";
    private static final String POOL = "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool";

    /** https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/ . */
    private static final int CONNECTIONS_A_GIB = 25;

    private static final int MAINTENANCE = 3;
    private static final Pattern DATABASE_SIZE = Pattern.compile("db-.*-(\\d+)gb");

    private final Map<String, List<PropertyRule>> rules = PropertyRule.load("digitalocean", "DigitalOcean");
    private final Inventory inventory;
    private final DropletSizes sizes;
    private final AppRefusals apps;

    DigitalOceanRefusals(Inventory inventory, DropletSizes sizes) {
        this.inventory = inventory;
        this.sizes = sizes;
        this.apps = new AppRefusals(inventory);
    }

    @Override
    public List<String> atCheck(String urn, String type, Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>();
        rules.getOrDefault(type, List.of()).forEach(rule -> problems.addAll(rule.problems(inputs)));
        problems.addAll(
                switch (type) {
                    case APP -> apps.atCheck(inputs);
                    case DROPLET -> volumesElsewhere(inputs);
                    case "digitalocean:index/volumeAttachment:VolumeAttachment" -> elsewhere(
                            "volumeId", region(VOLUME, inputs.get("volumeId")), dropletsRegion(inputs));
                    case "digitalocean:index/reservedIpAssignment:ReservedIpAssignment" -> elsewhere(
                            "ipAddress", region(RESERVED_IP, inputs.get("ipAddress")), dropletsRegion(inputs));
                    case CLUSTER -> withoutVersion(inputs);
                    default -> List.of();
                });
        return problems;
    }

    @Override
    public List<String> atDiff(String type, Map<String, Object> state, Map<String, Object> news) {
        return switch (type) {
            case DROPLET -> smallerDisk(state, news);
            case VOLUME -> OnlyGrows.problems("size", " of a volume", state, news);
            default -> List.of();
        };
    }

    @Override
    public List<String> atCreation(String urn, String type, Map<String, Object> inputs) {
        return switch (type) {
            case CLUSTER, VOLUME, "digitalocean:index/firewall:Firewall" -> nameTaken(type, inputs);
            case POOL -> tooManyConnections(inputs);
            case APP -> apps.atDeployment(inputs);
            default -> List.of();
        };
    }

    @Override
    public List<String> atUpdate(String type, Map<String, Object> state, Map<String, Object> inputs) {
        return switch (type) {
            case CLUSTER -> smallerCluster(state, inputs);
            case APP -> apps.atDeployment(inputs);
            default -> List.of();
        };
    }

    private static List<String> withoutVersion(Map<String, Object> inputs) {
        return inputs.get("version") == null
                ? List.of("property \"version\" is missing: allowed is a major version of the engine, such as 15")
                : List.of();
    }

    private List<String> volumesElsewhere(Map<String, Object> inputs) {
        Optional<Object> droplet = Optional.ofNullable(inputs.get("region"));
        return (inputs.get("volumeIds") instanceof List<?> ids ? ids : List.of())
                .stream()
                        .flatMap(id -> elsewhere("volumeIds", region(VOLUME, id), droplet).stream())
                        .toList();
    }

    private static List<String> elsewhere(String property, Optional<Object> region, Optional<Object> droplet) {
        return region.isPresent() && droplet.isPresent() && !region.equals(droplet)
                ? List.of("property \"" + property + "\" is in another region than the Droplet: got " + region.get()
                        + "; allowed is " + droplet.get())
                : List.of();
    }

    private Optional<Object> dropletsRegion(Map<String, Object> inputs) {
        return region(DROPLET, whole(inputs.get("dropletId")));
    }

    private Optional<Object> region(String type, Object id) {
        return inventory.existing(type, String.valueOf(id)).map(entry -> entry.properties()
                .get("region"));
    }

    private List<String> nameTaken(String type, Map<String, Object> inputs) {
        return inventory.existing(type).stream().anyMatch(other -> inputs.get("name")
                        .equals(other.properties().get("name")))
                ? List.of("property \"name\" is taken by another: got " + inputs.get("name"))
                : List.of();
    }

    private List<String> tooManyConnections(Map<String, Object> inputs) {
        Object cluster = inputs.get("clusterId");
        Optional<Integer> connections = inventory
                .existing(CLUSTER, String.valueOf(cluster))
                .flatMap(entry -> gibibytes(entry.properties().get("size")))
                .map(memory -> CONNECTIONS_A_GIB * memory - MAINTENANCE);
        double others = inventory.existing(POOL).stream()
                .filter(pool -> cluster.equals(pool.properties().get("clusterId")))
                .mapToDouble(pool -> ((Number) pool.properties().get("size")).doubleValue())
                .sum();
        return connections
                        .filter(most -> others + ((Number) inputs.get("size")).doubleValue() > most)
                        .isPresent()
                ? List.of("property \"size\" is more than the cluster has left: got " + whole(inputs.get("size"))
                        + "; allowed is " + (connections.get() - (long) others))
                : List.of();
    }

    /** DigitalOcean itself says so when it has switched the Droplet off, not before. */
    private List<String> smallerDisk(Map<String, Object> state, Map<String, Object> inputs) {
        Optional<Integer> disk = sizes.of(inputs.get("size")).map(DropletSizes.Size::diskGb);
        return state.get("disk") instanceof Number has
                        && disk.filter(size -> size < has.doubleValue()).isPresent()
                ? List.of("property \"size\" has a smaller disk than the Droplet, and a disk doesn't shrink: got "
                        + disk.get() + " GB; allowed is " + whole(has) + " GB or more")
                : List.of();
    }

    private static List<String> smallerCluster(Map<String, Object> state, Map<String, Object> inputs) {
        Optional<Integer> before = gibibytes(state.get("size"));
        Optional<Integer> after = gibibytes(inputs.get("size"));
        return before.isPresent() && after.isPresent() && after.get() < before.get()
                ? List.of("property \"size\" of a database cluster can only grow: got " + inputs.get("size")
                        + "; allowed is " + state.get("size") + " or more")
                : List.of();
    }

    private static Optional<Integer> gibibytes(Object size) {
        Matcher matcher = DATABASE_SIZE.matcher(String.valueOf(size));
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static String whole(Object number) {
        return number instanceof Number given ? String.valueOf(given.longValue()) : String.valueOf(number);
    }
}
