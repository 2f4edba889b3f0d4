package com.freshtrack.dev.plugins.simulated.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** An app as App Platform answers it: its secrets encrypted anew each time, its deployments failing without a database. */
class AppPlatformTest {

    private static final String FIREWALL = "digitalocean:index/databaseFirewall:DatabaseFirewall";
    private static final String ENVS = "spec.services[0].envs";

    private final DigitalOceanEngine digitalOcean = new DigitalOceanEngine();

    @Test
    void aSecretIsReadBackEncryptedAnewEachTime() {
        EngineSide app = digitalOcean.resource(DigitalOceanRefusals.APP, "a");
        CreateResponse created = app.create(app("hunter2"), false);
        Map<String, Object> state = WireFormat.decode(created.getProperties());

        Map<String, Object> once = WireFormat.decode(
                app.read(created.getId(), app("hunter2"), state).getInputs());
        Map<String, Object> again = WireFormat.decode(
                app.read(created.getId(), app("hunter2"), state).getInputs());

        assertThat(Secret.strip(once).toString()).contains("EV[1:", "LOG_LEVEL").doesNotContain("hunter2");
        assertThat(once).isNotEqualTo(again);
        assertThat(once.toString()).contains("[secret]").doesNotContain("EV[1:");
    }

    /** Each preview shows it, unless the engine is told to look away. */
    @Test
    void aSecretIsAChangeWhoeverSaysIt() {
        EngineSide app = digitalOcean.resource(DigitalOceanRefusals.APP, "a");

        assertThat(app.diff(app("hunter2"), Map.of(), app("hunter2")).getChanges())
                .isEqualTo(DiffChanges.DIFF_SOME);
        assertThat(app.diffIgnoring(List.of(ENVS), app("hunter2"), app("hunter2"))
                        .getChanges())
                .isEqualTo(DiffChanges.DIFF_NONE);
        assertThat(app.diffIgnoring(List.of("spec.services[0].env"), app("hunter2"), app("hunter2"))
                        .getChanges())
                .isEqualTo(DiffChanges.DIFF_SOME);
    }

    @Test
    void anotherSpecIsAnotherDeploymentAndAnotherEncryptionNone() {
        EngineSide app = digitalOcean.resource(DigitalOceanRefusals.APP, "a");
        CreateResponse created = app.create(app("hunter2"), false);
        Map<String, Object> state = WireFormat.decode(created.getProperties());
        Map<String, Object> larger = app("hunter2");
        service(larger).put("instanceCount", 2.0);

        assertThat(app.update(created.getId(), state, app("other"), false))
                .containsEntry("activeDeploymentId", state.get("activeDeploymentId"));
        assertThat(app.update(created.getId(), state, larger, false).get("activeDeploymentId"))
                .isNotEqualTo(state.get("activeDeploymentId"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "image", Map.of("registryType", "GHCR", "repository", "r", "tag", "1", "digest", "d"), "both"),
                Arguments.of("image", Map.of("registryType", "DOCR", "repository", "r", "registry", "x"), "got x"),
                Arguments.of("autoscaling", autoscaling(), "only sizes with dedicated processors"),
                Arguments.of("instanceCount", 2.0, "got 2 of apps-s-1vcpu-0.5gb"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatThePlatformDoesNotTake(String property, Object value, String problem) {
        Map<String, Object> inputs = app("hunter2");
        service(inputs).put(property, value);

        assertThat(digitalOcean.resource(DigitalOceanRefusals.APP, "a").problems(inputs))
                .singleElement()
                .asString()
                .contains(problem);
    }

    /** Its first deployment needs the database: a cluster that names its sources must know where the app comes from. */
    @ParameterizedTest
    @CsvSource({"none, true", "vpc, true", "10.99.0.0/16, false", "app, false"})
    void aDeploymentNeedsADatabaseThatLetsItIn(String source, boolean deploys) {
        CreateResponse vpc = digitalOcean
                .resource("digitalocean:index/vpc:Vpc", "v")
                .create(Map.of("name", "v", "region", "fra1"), false);
        String cluster = digitalOcean
                .resource(DigitalOceanRefusals.CLUSTER, "c")
                .create(
                        Map.of(
                                "engine",
                                "pg",
                                "name",
                                "db",
                                "nodeCount",
                                1.0,
                                "region",
                                "fra1",
                                "size",
                                "s",
                                "version",
                                "15"),
                        false)
                .getId();
        if (!source.equals("none")) {
            Object range = WireFormat.decode(vpc.getProperties()).get("ipRange");
            digitalOcean
                    .resource(FIREWALL, "f")
                    .create(
                            Map.of(
                                    "clusterId",
                                    cluster,
                                    "rules",
                                    List.of(Map.of("type", "ip_addr", "value", source.equals("vpc") ? range : source))),
                            false);
        }
        Map<String, Object> inputs = app("hunter2");
        spec(inputs).put("databases", List.of(Map.of("clusterName", "db", "name", "db")));
        spec(inputs).put("vpcs", List.of(Map.of("id", vpc.getId())));
        EngineSide app = digitalOcean.resource(DigitalOceanRefusals.APP, "a");

        if (deploys) {
            assertThat(app.create(inputs, false).getId()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> app.create(inputs, false))
                    .hasMessageContaining("can't reach the database cluster db");
        }
    }

    private static Map<String, Object> autoscaling() {
        return Map.of(
                "maxInstanceCount", 4.0, "metrics", Map.of("cpu", Map.of("percent", 70.0)), "minInstanceCount", 2.0);
    }

    private static Map<String, Object> app(String secret) {
        Map<String, Object> service = new TreeMap<>(Map.of(
                "name",
                "api",
                "instanceSizeSlug",
                "apps-s-1vcpu-0.5gb",
                "envs",
                List.of(
                        Map.of("key", "KEY", "type", "SECRET", "value", new Secret(secret)),
                        Map.of("key", "LOG_LEVEL", "value", "info"))));
        Map<String, Object> spec = new TreeMap<>(Map.of("name", "freshtrack"));
        spec.put("services", List.of(service));
        Map<String, Object> inputs = new TreeMap<>();
        inputs.put("spec", spec);
        return inputs;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> spec(Map<String, Object> inputs) {
        return (Map<String, Object>) inputs.get("spec");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> service(Map<String, Object> inputs) {
        return ((List<Map<String, Object>>) spec(inputs).get("services")).get(0);
    }
}
