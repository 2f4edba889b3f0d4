package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '~',
            textBlock =
                    """
                    target -> kubernetes -> target -> self-hosted
                    environment -> staging -> environment -> dev or prod
                    apiImage -> ghcr.io/freshtrack/api:latest -> apiImage -> a tag can be moved
                    postgresImage -> Postgres:15 -> postgresImage -> an image reference
                    pgbouncerImage -> edoburu/pgbouncer:v1.18.0 -> pgbouncerImage -> PgBouncer 1.21 or newer
                    httpsPort -> 70000 -> httpsPort -> 65535
                    httpPort -> eighty -> httpPort -> a whole number
                    maxConnections -> 1000 -> maxConnections -> shared_buffers
                    maxConnections -> 12 -> maxConnections -> No pool fits
                    poolMode -> statement -> poolMode -> forbids transactions of more than one statement
                    minPoolSize -> 26 -> minPoolSize -> must not be above default_pool_size
                    maxClientConn -> 5 -> maxClientConn -> at least 12
                    reservePoolSize -> -1 -> reservePoolSize -> a whole number
                    apiMemoryMiB -> 9000 -> hostMemoryMiB -> hostMemoryMiB
                    apiCpus -> 16 -> apiCpus -> Docker refuses more than the host has
                    domain -> fresh track.example.com} -> domain -> a public host name
                    domain -> app.freshtrack.dev -> tlsEmail -> an e-mail address for Let's Encrypt
                    publishAddress -> everywhere -> publishAddress -> address
                    apiReadyPath -> /ready}\\nrespond / 200 -> apiReadyPath -> a path of letters
                    apiCommand -> node server.js -> apiCommand -> a JSON array of strings
                    apiEnv -> {"PORT":"1"} -> apiEnv -> PORT
                    postgresPassword -> NotEncrypted0001 -> postgresPassword -> an encrypted value
                    defaultPoolsize -> 20 -> defaultPoolsize -> did you mean freshtrack:defaultPoolSize?
                    dockerHost -> tcp://10.0.0.1:2375 -> dockerHost -> gives root to whoever reaches it
                    """)
    void aBadValue(String key, String value, String blamed, String reason) {
        var output = refused(key, value.replace("\\n", "\n"));

        assertThat(output)
                .contains(
                        "has 1 problem",
                        "1. freshtrack:" + blamed + "\n",
                        reason,
                        "got:",
                        "allowed:",
                        "mend:",
                        "pulumi config ");
        assertThat(output).doesNotContain("NotEncrypted0001");
    }

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

    @Test
    void everyProblemInOneMessage() {
        var keys = List.of("httpPort", "poolMode", "redisImage", "apiEnv");
        keys.forEach(key -> stack.set(key, "!"));
        try {
            assertThat(stack.up().mustFail().output()).contains("4 problems").contains(keys);
        } finally {
            keys.forEach(stack::restore);
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
