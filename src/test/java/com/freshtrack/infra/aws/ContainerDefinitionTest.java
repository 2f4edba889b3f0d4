package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.freshtrack.infra.Golden;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.services.ServiceSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ContainerDefinitionTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String AUTHORITIES = "-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n";
    private static final FargateServices SERVICES = FargateServices.of(
            Stacks.prod(),
            Addresses.onEcs("db.abc.us-east-1.rds.amazonaws.com", "prod.freshtrack.internal", AUTHORITIES));

    @Test
    void rendersEveryField() throws IOException {
        var text = new StringBuilder();
        for (var containers : List.of(
                List.of(api(), pooler()),
                List.of(container("roles", SERVICES.roles())),
                List.of(container("connections", SERVICES.connections())),
                List.of(container("migrate", SERVICES.migrations())),
                List.of(container("redis", SERVICES.redis(), 6379)),
                List.of(container("bucket", SERVICES.bucket().orElseThrow())),
                List.of(container("minio", SERVICES.objectStorage().orElseThrow(), 9000)))) {
            text.append(readable(JSON.readTree(ContainerDefinition.render(containers))));
        }
        Golden.assertMatches("aws/container-definitions.txt", text.toString());
    }

    @Test
    void isTheSameWhateverTheOrder() {
        assertThat(ContainerDefinition.render(List.of(api(), pooler())))
                .isEqualTo(ContainerDefinition.render(List.of(pooler(), api())));
    }

    /** What ECS adds where it isn't said comes back with the next refresh, and would be a change each time. */
    @Test
    void saysWhatEcsWouldAdd() throws IOException {
        for (var container : JSON.readTree(ContainerDefinition.render(List.of(api(), pooler())))) {
            assertThat(fieldNames(container)).isSorted();
            assertThat(fieldNames(container))
                    .contains(
                            "command",
                            "cpu",
                            "dependsOn",
                            "entryPoint",
                            "environment",
                            "essential",
                            "mountPoints",
                            "portMappings",
                            "secrets",
                            "systemControls",
                            "ulimits",
                            "volumesFrom");
            container.path("portMappings").forEach(port -> assertThat(port.path("hostPort"))
                    .isEqualTo(port.path("containerPort")));
            assertThat(container.path("environment"))
                    .extracting(variable -> variable.path("name").asText())
                    .isSorted();
        }
    }

    @Test
    void thePoolerStartsFirstAndStopsLast() throws IOException {
        var containers = JSON.readTree(ContainerDefinition.render(List.of(api(), pooler())));

        assertThat(containers.path(0).path("name").asText()).isEqualTo("api");
        assertThat(containers.path(0).path("dependsOn")).singleElement().satisfies(dependency -> assertThat(
                        dependency.toString())
                .isEqualTo("{\"condition\":\"HEALTHY\",\"containerName\":\"pgbouncer\"}"));
        assertThat(containers.path(1).path("dependsOn")).isEmpty();
    }

    @Test
    void aSecretWithoutAReferenceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerDefinition.render(List.of(new ContainerDefinition(
                        "redis", SERVICES.redis(), List.of(), Optional.empty(), new TreeMap<>(), "logs", "eu-west-1"))))
                .withMessage("no reference for the secret redis_password of redis");
    }

    private static ContainerDefinition api() {
        var spec = SERVICES.unit().api();
        return new ContainerDefinition(
                "api", spec, List.of(3000), Optional.of("pgbouncer"), references(spec), "logs", "us-east-1");
    }

    private static ContainerDefinition pooler() {
        return container("pgbouncer", SERVICES.unit().pooler().orElseThrow());
    }

    private static ContainerDefinition container(String name, ServiceSpec spec, Integer... ports) {
        return new ContainerDefinition(
                name, spec, List.of(ports), Optional.empty(), references(spec), "logs", "us-east-1");
    }

    private static SortedMap<String, String> references(ServiceSpec spec) {
        var references = new TreeMap<String, String>();
        spec.files().forEach(file -> file.secrets()
                .forEach(secret -> references.put(secret, "arn:aws:secretsmanager:…:" + secret + ":::1")));
        return references;
    }

    private static List<String> fieldNames(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Scripts by their lines, everything else as JSON. */
    private static String readable(JsonNode containers) throws IOException {
        var text = new StringBuilder();
        for (var container : containers) {
            var script = container.path("entryPoint").path(2).asText("");
            text.append(JSON.writeValueAsString(container).replace(JSON.writeValueAsString(script), "(see below)"))
                    .append('\n');
            Stream.of(script.split("\n"))
                    .filter(line -> !script.isEmpty())
                    .forEach(line -> text.append("| ").append(line).append('\n'));
        }
        return text.toString();
    }
}
