package com.freshtrack.dev.plugins.simulated.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.simulated.PropertyRule;
import com.freshtrack.dev.plugins.simulated.RefusalTable;
import com.freshtrack.dev.plugins.wire.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.CreateResponse;

class DigitalOceanRefusalsTest {

    private static final String DROPLET = "digitalocean:index/droplet:Droplet";
    private static final String VOLUME = "digitalocean:index/volume:Volume";
    private static final String POOL = "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool";

    private final DigitalOceanEngine digitalOcean = new DigitalOceanEngine();

    @Test
    void eachRowRefuses() {
        List<PropertyRule> rules = PropertyRule.load("digitalocean", "DigitalOcean").values().stream()
                .flatMap(List::stream)
                .toList();

        assertThat(rules).hasSizeGreaterThan(30).extracting(PropertyRule::type).isSubsetOf(DigitalOceanEngine.types());
        assertThat(new RefusalTable(DigitalOceanEngine::declared, type -> digitalOcean.resource(type, "r"))
                        .survivors(rules))
                .isEmpty();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(DROPLET, Map.of("image", "i"), "\"size\" is required"),
                Arguments.of(DROPLET, Map.of("image", "i", "size", "s", "zone", "z"), "\"zone\" is not a property"),
                Arguments.of(
                        DROPLET,
                        Map.of("image", "i", "size", "s", "backups", "yes"),
                        "\"backups\" must be true or false"),
                Arguments.of(
                        "digitalocean:index/firewall:Firewall",
                        Map.of("inboundRules", List.of(Map.of("portRange", "22"))),
                        "\"inboundRules[0].protocol\" is required"),
                Arguments.of(
                        "digitalocean:index/volumeAttachment:VolumeAttachment",
                        Map.of("dropletId", "12", "volumeId", "v"),
                        "\"dropletId\" must be a whole number"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatTheSchemaDoesNotHave(String type, Map<String, Object> inputs, String problem) {
        assertThat(digitalOcean.resource(type, "r").problems(inputs))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void aVolumeDoesNotShrinkAndAPreviewSaysSo() {
        EngineSide volume = digitalOcean.resource(VOLUME, "v");

        assertThatThrownBy(() -> volume.diff(volume(50), volume(50), volume(49)))
                .hasMessageContaining("\"size\" of a volume can only grow: got 49; allowed is 50 or more");
        assertThat(volume.diff(volume(50), volume(50), volume(51)).getReplacesList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fra1, false", "ams3, true"})
    void aVolumeAndAnAddressAreWhereTheDropletIs(String region, boolean refused) {
        double droplet = Double.parseDouble(digitalOcean
                .resource(DROPLET, "d")
                .create(Map.of("image", "i", "name", "d", "region", "fra1", "size", "s"), false)
                .getId());
        String volume = digitalOcean
                .resource(VOLUME, "v")
                .create(Map.of("name", "v", "region", region, "size", 1.0), false)
                .getId();
        String address = digitalOcean
                .resource("digitalocean:index/reservedIp:ReservedIp", "i")
                .create(Map.of("region", region), false)
                .getId();

        assertRegion(
                refused,
                "droplet:Droplet",
                Map.of("image", "i", "region", "fra1", "size", "s", "volumeIds", List.of(volume)));
        assertRegion(refused, "volumeAttachment:VolumeAttachment", Map.of("dropletId", droplet, "volumeId", volume));
        assertRegion(
                refused,
                "reservedIpAssignment:ReservedIpAssignment",
                Map.of("dropletId", droplet, "ipAddress", address));
    }

    private void assertRegion(boolean refused, String type, Map<String, Object> inputs) {
        List<String> problems =
                digitalOcean.resource("digitalocean:index/" + type, "r").problems(inputs);

        assertThat(problems).hasSize(refused ? 1 : 0);
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem).contains("another region", "got ams3; allowed is fra1"));
    }

    @Test
    void aDiskDoesNotShrinkAndAPreviewSaysSo() {
        EngineSide droplet = digitalOcean.resource(DROPLET, "d");
        CreateResponse created = droplet.create(droplet("s-4vcpu-8gb"), false);
        Map<String, Object> state = WireFormat.decode(created.getProperties());
        Map<String, Object> grown = droplet.update(created.getId(), state, droplet("s-8vcpu-16gb"), false);

        assertThatThrownBy(() -> droplet.diff(droplet("s-8vcpu-16gb"), grown, droplet("s-2vcpu-4gb")))
                .hasMessageContaining("smaller disk than the Droplet")
                .hasMessageContaining("got 80 GB; allowed is 160 GB or more");
        assertThat(droplet.diff(droplet("s-8vcpu-16gb"), grown, droplet("s-4vcpu-8gb"))
                        .getReplacesList())
                .isEmpty();
    }

    @Test
    void aClusterHasAVersionAndDoesNotShrink() {
        EngineSide cluster = digitalOcean.resource(DigitalOceanRefusals.CLUSTER, "c");
        CreateResponse created = cluster.create(cluster("db-s-2vcpu-4gb"), false);

        assertThat(cluster.problems(
                        Map.of("engine", "pg", "name", "abc", "nodeCount", 1.0, "region", "fra1", "size", "s")))
                .singleElement()
                .asString()
                .contains("\"version\" is missing");
        assertThatThrownBy(() -> cluster.update(
                        created.getId(), WireFormat.decode(created.getProperties()), cluster("db-s-1vcpu-2gb"), false))
                .hasMessageContaining("can only grow: got db-s-1vcpu-2gb; allowed is db-s-2vcpu-4gb or more");
    }

    /** 25 connections for each GiB, 3 of them kept back. */
    @Test
    void poolsTakeNoMoreThanTheClusterHas() {
        String id = digitalOcean
                .resource(DigitalOceanRefusals.CLUSTER, "c")
                .create(cluster("db-s-1vcpu-1gb"), false)
                .getId();
        digitalOcean.resource(POOL, "a").create(pool(id, "app-10", 10), false);

        assertThatThrownBy(() -> digitalOcean.resource(POOL, "b").create(pool(id, "app-13", 13), false))
                .hasMessageContaining("got 13; allowed is 12");
        assertThat(digitalOcean
                        .resource(POOL, "b")
                        .create(pool(id, "app-12", 12), false)
                        .getId())
                .endsWith("/app-12");
    }

    @Test
    void aNameIsTakenOnce() {
        digitalOcean.resource(VOLUME, "a").create(volume(1), false);

        assertThatThrownBy(() -> digitalOcean.resource(VOLUME, "b").create(volume(2), false))
                .hasMessageContaining("\"name\" is taken by another: got v");
    }

    private static Map<String, Object> droplet(String size) {
        return Map.of("image", "i", "name", "d", "resizeDisk", false, "size", size);
    }

    private static Map<String, Object> volume(double size) {
        return Map.of("name", "v", "region", "fra1", "size", size);
    }

    private static Map<String, Object> cluster(String size) {
        return Map.of("engine", "pg", "name", "abc", "nodeCount", 1.0, "region", "fra1", "size", size, "version", "15");
    }

    private static Map<String, Object> pool(String cluster, String name, double size) {
        return Map.of("clusterId", cluster, "dbName", "d", "mode", "transaction", "name", name, "size", size);
    }
}
