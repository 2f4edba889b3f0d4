package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations that {@code up} refuses: it says which key, what it got and what is allowed, and makes nothing. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusalTest {
    private TestStack stack;

    @BeforeAll
    void makeStack() {
        stack = TestStack.runnable();
    }

    @AfterAll
    void removeStack() {
        stack.close();
    }

    @AfterEach
    void nothingWasMade() {
        var resources = stack.state().path("resources");
        assertThat(resources).as("resources in the state").allSatisfy(resource -> assertThat(
                        resource.path("type").asText())
                .isEqualTo("pulumi:pulumi:Stack"));
        assertThat(Docker.containers(stack.prefix())).isEmpty();
        assertThat(Docker.networks(stack.prefix())).isEmpty();
        assertThat(Docker.volumes(stack.prefix())).isEmpty();
    }

    @Test
    void aPoolThatCannotFit() {
        var output = refused("defaultPoolSize", "60");

        assertThat(output)
                .contains("freshtrack:defaultPoolSize", "got:     \"60\"")
                .contains("2 API units at peak × 1 pool × (default_pool_size 60 + reserve_pool_size 0) = 120")
                .contains("budget 85 = max_connections 100 − reserve 15")
                .contains("The largest default_pool_size that fits beside reserve_pool_size 0 is 42.")
                .contains("needs max_connections of at least 135");
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void badValuesAreAllNamedInOneMessage(List<Bad> values) {
        values.forEach(bad -> stack.set(bad.key, bad.value));
        try {
            var output = stack.up().mustFail().output();

            assertThat(output).contains("has " + values.size() + " problem");
            assertThat(problems(output)).hasSize(values.size());
            for (var bad : values) {
                assertThat(problems(output)).anySatisfy(problem -> assertThat(problem)
                        .contains(
                                "freshtrack:" + bad.blamed + "\n",
                                bad.reason,
                                "got:",
                                "allowed:",
                                "mend:",
                                "pulumi config "));
            }
            assertThat(output).doesNotContain("NotEncrypted0001");
        } finally {
            values.forEach(bad -> stack.restore(bad.key));
        }
    }

    /** The numbered problems of a message. */
    private static List<String> problems(String output) {
        return Pattern.compile("(?m)^\\s+\\d+\\. (?=freshtrack:)")
                .splitAsStream(output)
                .skip(1)
                .toList();
    }

    /**
     * A wrong value, the key that is blamed for it and a part of the reason.
     *
     * <p>Each is tried alone by the reader's own tests; here those that don't hide one another share an {@code up}.
     */
    private record Bad(String key, String value, String blamed, String reason) {
        static Bad of(String line) {
            var parts = line.split(" -> ");
            return new Bad(parts[0], parts[1].replace("\\n", "\n"), parts[2], parts[3]);
        }
    }

    private static Stream<List<Bad>> badValues() {
        return Pattern.compile("\n\n")
                .splitAsStream(BAD_VALUES)
                .map(group -> group.lines().map(Bad::of).toList());
    }

    private static final String BAD_VALUES =
            """
            target -> kubernetes -> target -> self-hosted

            environment -> staging -> environment -> dev or prod

            apiImage -> ghcr.io/freshtrack/api:latest -> apiImage -> a tag can be moved
            postgresImage -> Postgres:15 -> postgresImage -> an image reference
            pgbouncerImage -> edoburu/pgbouncer:v1.18.0 -> pgbouncerImage -> PgBouncer 1.21 or newer
            httpsPort -> 70000 -> httpsPort -> 65535
            httpPort -> eighty -> httpPort -> a whole number
            maxConnections -> 1000 -> maxConnections -> shared_buffers
            apiReadyPath -> /ready}\\nrespond / 200 -> apiReadyPath -> a path of letters
            apiCommand -> node server.js -> apiCommand -> a JSON array of strings
            apiEnv -> {"PORT":"1"} -> apiEnv -> PORT

            maxConnections -> 12 -> maxConnections -> No pool fits
            domain -> fresh track.example.com} -> domain -> a public host name
            publishAddress -> everywhere -> publishAddress -> address
            defaultPoolsize -> 20 -> defaultPoolsize -> did you mean freshtrack:defaultPoolSize?

            minPoolSize -> 26 -> minPoolSize -> must not be above default_pool_size
            domain -> app.freshtrack.dev -> tlsEmail -> an e-mail address for Let's Encrypt
            postgresPassword -> NotEncrypted0001 -> postgresPassword -> an encrypted value
            apiMemoryMiB -> 9000 -> hostMemoryMiB -> hostMemoryMiB

            maxClientConn -> 5 -> maxClientConn -> at least 12
            dockerHost -> tcp://10.0.0.1:2375 -> dockerHost -> gives root to whoever reaches it
            apiCpus -> 16 -> apiCpus -> Docker refuses more than the host has

            poolMode -> statement -> poolMode -> forbids transactions of more than one statement
            reservePoolSize -> -1 -> reservePoolSize -> a whole number
            """;

    @Test
    void aMissingApiImage() {
        var image = stack.get("apiImage");
        stack.unset("apiImage");
        try {
            assertThat(stack.up().mustFail().output())
                    .contains("freshtrack:apiImage", "got:     (not set)", "pulumi config set freshtrack:apiImage");
        } finally {
            stack.set("apiImage", image);
        }
    }

    private String refused(String key, String value) {
        stack.set(key, value);
        try {
            return stack.up().mustFail().output();
        } finally {
            stack.restore(key);
        }
    }
}
