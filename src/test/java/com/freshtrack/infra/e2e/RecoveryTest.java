package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Docker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process dies without a word, and nobody comes to help. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "pgbouncer-a", "pgbouncer-b", "api-a", "api-b", "caddy", "redis", "minio"})
    void recoversByItself(String service, Product product) {
        try (var load = Load.start(product, 4, Duration.ofMillis(50))) {
            Product.pause(Duration.ofSeconds(1));
            var before = Docker.inspect("{{.State.StartedAt}}", product.container(service));
            kill(product, service);
            var killed = Instant.now();

            product.awaitHealthy(LIMIT);
            assertThat(Docker.inspect("{{.State.StartedAt}}", product.container(service))).isNotEqualTo(before);
            awaitAnswers(product, killed.plus(LIMIT));
            System.out.printf("recovery: %s after %.1f s%n", service, Duration.between(killed, Instant.now()).toMillis() / 1000.0);
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.acknowledged()).as("acknowledged readings").isNotEmpty();
        }
    }

    /** From a container that sees the host's processes, so that the engine doesn't take it for its own stop, and no root is needed. */
    private static void kill(Product product, String service) {
        var process = Docker.inspect("{{.State.Pid}}", product.container(service));
        Docker.run(
                "run", "--rm", "--pid", "host", "--network", "none", "--user", "0", "--entrypoint", "sh",
                product.stack().get("postgresImage"), "-c", "kill -9 " + process);
    }

    /** Waits until twenty requests in a row succeed. */
    private static void awaitAnswers(Product product, Instant end) {
        var last = "nothing";
        for (var successes = 0; successes < 20; successes++) {
            try {
                var answer = product.post(UUID.randomUUID(), "recovery");
                if (answer.statusCode() == 201) {
                    continue;
                }
                last = answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                last = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            assertThat(Instant.now()).as("twenty answers in a row; the last that wasn't 201: %s", last).isBefore(end);
            successes = -1;
            Product.pause(Duration.ofMillis(200));
        }
    }
}
