package com.freshtrack.dev.plugins.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.wire.Asset;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputCheckTest {

    private static final PackageSchema DOCKER = PackageSchema.load("docker");
    private static final PackageSchema COMMAND = PackageSchema.load("command");
    private static final PackageSchema DIGITALOCEAN = PackageSchema.load("digitalocean");
    private static final String CONTAINER = "docker:index/container:Container";
    private static final String COPY = "command:remote:CopyToRemote";
    private static final String COMMAND_TYPE = "command:local:Command";
    private static final String DROPLET = "digitalocean:index/droplet:Droplet";

    static Stream<Arguments> refused() {
        return Stream.of(
                row(DOCKER, CONTAINER, Map.of(), "\"image\" is required"),
                row(DOCKER, CONTAINER, Map.of("image", "i", "imag", "x"), "\"imag\" is not a property"),
                row(DOCKER, CONTAINER, Map.of("image", 5.0), "\"image\" must be a string, got a number"),
                row(
                        DOCKER,
                        CONTAINER,
                        Map.of("image", "i", "memory", "64"),
                        "\"memory\" must be a whole number, got a string"),
                row(DOCKER, CONTAINER, Map.of("image", "i", "memory", 1.5), "\"memory\" must be a whole number"),
                row(DOCKER, CONTAINER, Map.of("image", "i", "init", "yes"), "\"init\" must be true or false"),
                row(DOCKER, CONTAINER, Map.of("image", "i", "command", "sh"), "\"command\" must be a list"),
                row(
                        DOCKER,
                        CONTAINER,
                        Map.of("image", "i", "logOpts", Map.of("max-size", 1.0)),
                        "logOpts[\"max-size\"]"),
                row(DOCKER, CONTAINER, upload(Map.of("content", "c")), "\"uploads[0].file\" is required"),
                row(
                        DOCKER,
                        CONTAINER,
                        upload(Map.of("file", "f", "mode", "c")),
                        "\"uploads[0].mode\" is not a property"),
                row(DOCKER, CONTAINER, Map.of("image", "i", "healthcheck", "x"), "\"healthcheck\" must be an object"),
                row(COMMAND, COMMAND_TYPE, Map.of("logging", "loud"), "\"logging\" must be one of stdout, stderr"),
                row(COMMAND, COPY, copy("file.txt"), "\"source\" must be an asset or archive"),
                row(DIGITALOCEAN, DROPLET, Map.of("size", "s-1vcpu-1gb"), "\"image\" is required"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesByName(PackageSchema schema, String type, Map<String, Object> inputs, String message) {
        assertThat(InputCheck.problems(schema, schema.resource(type).orElseThrow(), inputs))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void acceptsUnknownAndSecretValuesAnywhere() {
        Map<String, Object> inputs = Map.of(
                "image",
                Unknown.VALUE,
                "memory",
                Unknown.VALUE,
                "envs",
                new Secret(List.of(new Secret("A=b"), Unknown.VALUE)),
                "uploads",
                List.of(Map.of("file", "f", "content", new Secret("c"))),
                "__defaults",
                List.of("name"));

        assertThat(InputCheck.problems(DOCKER, DOCKER.resource(CONTAINER).orElseThrow(), inputs))
                .isEmpty();
        assertThat(InputCheck.problems(
                        COMMAND, COMMAND.resource(COPY).orElseThrow(), copy(new Asset(false, Map.of("text", "t")))))
                .isEmpty();
    }

    @Test
    void saysEveryProblemAndNoValue() {
        Map<String, Object> inputs = Map.of("memory", new Secret("hidden"), "init", "hidden");

        assertThat(InputCheck.problems(DOCKER, DOCKER.resource(CONTAINER).orElseThrow(), inputs))
                .hasSize(3)
                .noneMatch(problem -> problem.contains("hidden"));
    }

    private static Arguments row(PackageSchema schema, String type, Map<String, Object> inputs, String message) {
        return Arguments.of(schema, type, inputs, message);
    }

    private static Map<String, Object> upload(Map<String, Object> upload) {
        return Map.of("image", "i", "uploads", List.of(upload));
    }

    private static Map<String, Object> copy(Object source) {
        return Map.of("connection", Map.of("host", "h"), "remotePath", "/p", "source", source);
    }
}
