package com.freshtrack.dev.plugins.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerCheckTest {

    private final EngineSide engine = new EngineSide(new DockerPlugin(), "docker:index/container:Container", "c");

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Map.of("gpus", "all"), "\"gpus\" isn't acted on"),
                Arguments.of(
                        Map.of("deviceRequests", List.of(Map.of("driver", "x"))), "\"deviceRequests\" isn't acted on"),
                Arguments.of(networks(Map.of("name", "n", "gwPriority", 1.0)), "\"networksAdvanced[0].gwPriority\""),
                Arguments.of(networks(Map.of("name", "n", "macAddress", "m")), "\"networksAdvanced[0].macAddress\""),
                Arguments.of(uploads(Map.of("file", "f")), "\"uploads[0]\" must have exactly one"),
                Arguments.of(uploads(Map.of("file", "f", "content", "")), "\"uploads[0]\" must have exactly one"),
                Arguments.of(uploads(Map.of("file", "f", "content", "a", "source", "b")), "\"uploads[0]\" must have"),
                Arguments.of(
                        uploads(Map.of("file", "f", "content", "a", "permissions", "r--")), "permissions\" must be"),
                Arguments.of(uploads(Map.of("file", "f", "contentBase64", "%")), "contentBase64\" isn't base64"),
                Arguments.of(Map.of("envs", List.of("NOVALUE")), "\"envs[0]\" must be NAME=VALUE"),
                Arguments.of(Map.of("envs", List.of("A B=c")), "\"envs[0]\" must be NAME=VALUE"),
                Arguments.of(Map.of("envs", List.of("PATH=a\nb")), "\"envs[0]\" has several lines"),
                Arguments.of(Map.of("command", List.of("a", "")), "values for command may not be empty"),
                Arguments.of(
                        Map.of("readOnly", true, "uploads", List.of(Map.of("file", "f", "content", "c"))),
                        "\"readOnly\""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesByName(Map<String, Object> inputs, String message) {
        Map<String, Object> all = new TreeMap<>(inputs);
        all.put("image", "i");

        assertThat(engine.problems(all)).singleElement().asString().contains(message);
    }

    @Test
    void acceptsWhatAPreviewDoesNotKnowYet() {
        assertThat(engine.problems(Map.of(
                        "image",
                        Unknown.VALUE,
                        "envs",
                        Unknown.VALUE,
                        "networksAdvanced",
                        List.of(Map.of("name", Unknown.VALUE), Unknown.VALUE),
                        "uploads",
                        List.of(Map.of("file", "f", "content", Unknown.VALUE)))))
                .isEmpty();
    }

    @Test
    void refusesProviderSettingsItDoesNotActOn() {
        assertThat(engine.checkConfig(Map.of("host", "tcp://h", "keyMaterial", "k"))
                        .getFailuresList())
                .singleElement()
                .extracting(failure -> failure.getReason())
                .asString()
                .contains("\"keyMaterial\"");
    }

    @Test
    void refusesTwoWaysToTheHost() {
        assertThat(engine.checkConfig(Map.of("host", "ssh://h", "context", "c")).getFailuresList())
                .singleElement()
                .extracting(failure -> failure.getReason())
                .asString()
                .contains("\"context\"");
    }

    private static Map<String, Object> networks(Map<String, Object> network) {
        return Map.of("networksAdvanced", List.of(network));
    }

    private static Map<String, Object> uploads(Map<String, Object> upload) {
        return Map.of("uploads", List.of(upload));
    }
}
