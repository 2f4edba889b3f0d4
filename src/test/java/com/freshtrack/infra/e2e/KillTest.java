package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Docker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every process of the product is killed in turn under load: it comes back by itself, and what it acknowledged is there. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final List<String> VICTIMS =
            List.of("postgres", "pgbouncer-a", "pgbouncer-b", "api-a", "api-b", "redis", "minio", "caddy", "backup");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** So many in a row that every unit has had several. */
    private static final int IN_A_ROW = 8;

    @Test
    void recoversByItselfFromEveryKill(Product product) throws InterruptedException {
        assertThat(VICTIMS).as("what is killed is all that runs").containsExactlyInAnyOrderElementsOf(Product.SERVICES);
        var sensor = "probe-" + UUID.randomUUID();
        var acknowledged = new ArrayList<UUID>();
        var loads = new ArrayList<Load.Result>();

        for (var victim : VICTIMS) {
            var before = product.identities().get(victim);
            try (var load = Load.start(product, 4, Duration.ofMillis(100))) {
                Product.pause(Duration.ofSeconds(1));
                var end = Instant.now().plus(LIMIT);
                kill(product, victim);
                awaitAnswers(product, sensor, acknowledged, end);
                awaitBack(product, victim, before, end);
                var healthy = Instant.now();
                postsInARow(product, sensor, acknowledged);
                var result = load.stop();
                loads.add(result);
                report(
                        victim,
                        Instant.parse(Docker.inspect("{{.State.FinishedAt}}", product.container(victim))),
                        healthy,
                        result);
            }
        }

        loads.forEach(product::assertStored);
        assertThat(loads).as("loads that had an answer").allMatch(result -> !result.acknowledged()
                .isEmpty());
        assertThat(product.sql("SELECT id FROM readings WHERE sensor_id = '" + sensor + "'")
                        .lines()
                        .map(UUID::fromString))
                .doesNotHaveDuplicates()
                .containsAll(acknowledged);
    }

    /** Kills a container's main process as the kernel would; {@code docker kill} would keep the restart policy from acting. */
    private static void kill(Product product, String service) {
        var pid = Docker.inspect("{{.State.Pid}}", product.container(service));
        Docker.run(
                "run",
                "--rm",
                "--name",
                product.container("killer"),
                "--pid=host",
                "--network=none",
                "--user=0",
                "--cap-drop=ALL",
                "--cap-add=KILL",
                "--entrypoint=sh",
                product.stack().get("postgresImage"),
                "-c",
                "kill -9 \"$0\"",
                pid);
    }

    /** Waits until several POSTs in a row are acknowledged. */
    private static void awaitAnswers(Product product, String sensor, List<UUID> acknowledged, Instant end)
            throws InterruptedException {
        var row = 0;
        while (row < IN_A_ROW) {
            assertThat(Instant.now()).as("time without answers").isBefore(end);
            var id = UUID.randomUUID();
            if (isAcknowledged(product, id, sensor)) {
                acknowledged.add(id);
                row++;
            } else {
                row = 0;
                Product.pause(Duration.ofMillis(200));
            }
        }
    }

    /** Waits until the service runs again, in the same container, and everything is healthy. */
    private static void awaitBack(Product product, String service, String before, Instant end) {
        var after = before;
        while (after.equals(before)) {
            assertThat(Instant.now())
                    .as("time until %s was started again", service)
                    .isBefore(end);
            Product.pause(Duration.ofMillis(200));
            after = product.identities().get(service);
        }
        assertThat(after.split(" ")[0]).as("%s is the same container", service).isEqualTo(before.split(" ")[0]);
        product.awaitHealthy(Duration.between(Instant.now(), end));
    }

    /** What recovered stays so. */
    private static void postsInARow(Product product, String sensor, List<UUID> acknowledged)
            throws InterruptedException {
        for (var i = 0; i < IN_A_ROW; i++) {
            var id = UUID.randomUUID();
            assertThat(isAcknowledged(product, id, sensor))
                    .as("a POST once everything is healthy")
                    .isTrue();
            acknowledged.add(id);
        }
    }

    private static boolean isAcknowledged(Product product, UUID id, String sensor) throws InterruptedException {
        try {
            return product.post(id, sensor).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }

    /** Prints what the clients of a load saw of a kill; each of its failures begins with the time. */
    private static void report(String victim, Instant killed, Instant healthy, Load.Result load) {
        var lastFailure = load.failures().stream()
                .map(failure -> Instant.parse(failure.split(" ", 2)[0]))
                .filter(killed::isBefore)
                .max(Instant::compareTo)
                .orElse(killed);
        System.out.printf(
                "killed %s: no POST failed later than %.1f s, slowest answer %.1f s, all healthy after %.1f s; %d of %d requests failed%n",
                victim,
                Duration.between(killed, lastFailure).toMillis() / 1000.0,
                load.slowest().toMillis() / 1000.0,
                Duration.between(killed, healthy).toMillis() / 1000.0,
                load.failures().size(),
                load.sent());
    }
}
