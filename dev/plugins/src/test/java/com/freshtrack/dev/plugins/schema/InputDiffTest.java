package com.freshtrack.dev.plugins.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.schema.InputDiff.Change;
import com.freshtrack.dev.plugins.schema.InputDiff.Kind;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputDiffTest {

    private static final PackageSchema DOCKER = PackageSchema.load("docker");
    private static final Set<String> SETS = Set.of("envs", "uploads", "labels");

    static Stream<Arguments> changes() {
        return Stream.of(
                row("equal", Map.of("image", "a"), Map.of("image", "a")),
                row("secret mark only", Map.of("image", "a"), Map.of("image", new Secret("a"))),
                row("replaced text", Map.of("image", "a"), Map.of("image", "b"), change("image", Kind.UPDATE, true)),
                row("in place", Map.of("memory", 1.0), Map.of("memory", 2.0), change("memory", Kind.UPDATE, false)),
                row("added", Map.of(), Map.of("memory", 2.0), change("memory", Kind.ADD, false)),
                row("removed", Map.of("user", "u"), Map.of(), change("user", Kind.DELETE, true)),
                row(
                        "unknown replaces where the property does",
                        Map.of("image", "a"),
                        Map.of("image", Unknown.VALUE),
                        change("image", Kind.UPDATE, true)),
                row(
                        "unknown updates where the property does",
                        Map.of("memory", 1.0),
                        Map.of("memory", Unknown.VALUE),
                        change("memory", Kind.UPDATE, false)),
                row(
                        "nested in place",
                        Map.of("healthcheck", Map.of("retries", 1.0, "tests", List.of("CMD", "a"))),
                        Map.of("healthcheck", Map.of("retries", 1.0, "tests", List.of("CMD", "b"))),
                        change("healthcheck.tests[1]", Kind.UPDATE, false)),
                row(
                        "nested replace",
                        uploads("f", "old"),
                        uploads("f", "new"),
                        change("uploads[0].content", Kind.UPDATE, true)),
                row(
                        "unknown in a list",
                        uploads("f", "old"),
                        uploads("f", new Secret(Unknown.VALUE)),
                        change("uploads[0].content", Kind.UPDATE, true)),
                row(
                        "map entry",
                        Map.of("logOpts", Map.of("max-size", "1m")),
                        Map.of("logOpts", Map.of("max-size", "2m")),
                        change("logOpts[\"max-size\"]", Kind.UPDATE, true)),
                row("order of a set", Map.of("envs", List.of("A=1", "B=2")), Map.of("envs", List.of("B=2", "A=1"))),
                row(
                        "order of a list",
                        Map.of("command", List.of("a", "b")),
                        Map.of("command", List.of("b", "a")),
                        change("command[0]", Kind.UPDATE, true),
                        change("command[1]", Kind.UPDATE, true)),
                row(
                        "longer list",
                        Map.of("envs", List.of("A=1")),
                        Map.of("envs", List.of("A=1", "B=2")),
                        change("envs[1]", Kind.ADD, true)),
                row("bookkeeping", Map.of("__defaults", List.of("name")), Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void answersWithTheSchemasOwnRules(
            String name, Map<String, Object> olds, Map<String, Object> news, List<Change> expected) {
        var container = DOCKER.resource("docker:index/container:Container").orElseThrow();

        assertThat(InputDiff.changes(DOCKER, container.get("inputProperties"), SETS, olds, news))
                .isEqualTo(expected);
    }

    private static Arguments row(String name, Map<String, Object> olds, Map<String, Object> news, Change... changes) {
        return Arguments.of(name, olds, news, Arrays.asList(changes));
    }

    private static Change change(String path, Kind kind, boolean replaces) {
        return new Change(path, kind, replaces);
    }

    private static Map<String, Object> uploads(String file, Object content) {
        return Map.of("uploads", List.of(Map.of("file", file, "content", content)));
    }
}
