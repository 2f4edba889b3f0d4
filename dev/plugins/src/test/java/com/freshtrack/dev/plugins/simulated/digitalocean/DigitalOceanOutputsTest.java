package com.freshtrack.dev.plugins.simulated.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.simulated.Samples;
import com.freshtrack.dev.plugins.simulated.Template;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import com.freshtrack.dev.plugins.wire.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DiffResponse;

class DigitalOceanOutputsTest {

    private static final String DROPLET = "digitalocean:index/droplet:Droplet";

    private final DigitalOceanEngine digitalOcean = new DigitalOceanEngine();

    static List<String> types() {
        return DigitalOceanEngine.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void tablesSpeakOfOutputsThatExist(String type) {
        JsonNode outputs = DigitalOceanEngine.declared(type).path("properties");

        assertThat(Template.load("digitalocean").getOrDefault(type, List.of()))
                .extracting(Template::output)
                .doesNotHaveDuplicates()
                .contains("id")
                .allMatch(output -> output.equals("id") || outputs.has(output));
    }

    @ParameterizedTest
    @MethodSource("types")
    void areUnknownAtFirstStableAfterwardsAndTheSameInEveryRun(String type) {
        EngineSide resource = digitalOcean.resource(type, "r");
        Map<String, Object> inputs = inputs(type);
        CreateResponse created = resource.create(inputs, false);
        Map<String, Object> state = WireFormat.decode(created.getProperties());

        assertThat(created.getId()).isNotEmpty().doesNotContain("{", "null");
        assertThat(Secret.stripMap(state).toString()).doesNotContain("{hex", "null");
        resource.previewed(inputs).forEach((name, value) -> {
            if (!inputs.containsKey(name)) {
                assertThat(Secret.strip(value)).as(name).isEqualTo(Unknown.VALUE);
            }
        });
        assertThat(resource.update(created.getId(), state, inputs, false)).isEqualTo(state);
        assertThat(resource.update(created.getId(), state, inputs, true)).isEqualTo(state);
        assertThat(resource.diff(inputs, state, inputs).getChanges()).isEqualTo(DiffResponse.DiffChanges.DIFF_NONE);
        assertThat(new DigitalOceanEngine().resource(type, "r").created(inputs)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"true, 160", "false, 80"})
    void aDiskGrowsWithItsDropletWhereItIsTo(boolean resizeDisk, double disk) {
        EngineSide droplet = digitalOcean.resource(DROPLET, "d");
        CreateResponse created = droplet.create(droplet("s-2vcpu-4gb", resizeDisk), false);
        Map<String, Object> state = WireFormat.decode(created.getProperties());

        Map<String, Object> updated = droplet.update(created.getId(), state, droplet("s-4vcpu-8gb", resizeDisk), false);

        assertThat(state).containsEntry("priceMonthly", 24.0).containsEntry("disk", 80.0);
        assertThat(updated).containsEntry("priceMonthly", 48.0).containsEntry("disk", disk);
    }

    @Test
    void aPoolIsWhereItsClusterIs() {
        CreateResponse cluster = digitalOcean
                .resource(DigitalOceanRefusals.CLUSTER, "c")
                .create(Map.of("engine", "pg", "name", "db", "nodeCount", 1.0, "region", "fra1", "size", "s"), false);

        Map<String, Object> pool = digitalOcean
                .resource("digitalocean:index/databaseConnectionPool:DatabaseConnectionPool", "p")
                .created(Map.of(
                        "clusterId",
                        cluster.getId(),
                        "dbName",
                        "d",
                        "mode",
                        "transaction",
                        "name",
                        "app",
                        "size",
                        5.0));

        assertThat((String) pool.get("privateHost")).startsWith("private-db-do-user-");
        assertThat(pool.get("privateUri")).isInstanceOf(Secret.class);
        assertThat((String) Secret.strip(pool.get("privateUri"))).contains(":25061/app?sslmode=require");
    }

    @ParameterizedTest
    @CsvSource({"@, example.com", "app, app.example.com"})
    void aRecordHasItsWholeName(String name, String whole) {
        assertThat(digitalOcean
                        .resource("digitalocean:index/dnsRecord:DnsRecord", "r")
                        .created(Map.of("domain", "example.com", "name", name, "type", "A", "value", "203.0.113.1")))
                .containsEntry("fqdn", whole);
    }

    private static Map<String, Object> droplet(String size, boolean resizeDisk) {
        return Map.of("image", "i", "name", "d", "resizeDisk", resizeDisk, "size", size);
    }

    /** What the type requires, and a name, which would else be made up anew in each run. */
    private static Map<String, Object> inputs(String type) {
        JsonNode declared = DigitalOceanEngine.declared(type);
        Map<String, Object> inputs = new TreeMap<>(Samples.required(declared));
        if (declared.path("inputProperties").has("name")) {
            inputs.put("name", "named");
        }
        return inputs;
    }
}
