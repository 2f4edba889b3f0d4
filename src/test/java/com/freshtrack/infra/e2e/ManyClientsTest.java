package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.infra.engine.Docker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** As many clients on one pooler as the plan allows, the API's own among them, and no more of PostgreSQL than it says. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyClientsTest {
    /** The connections that come and go beside the clients: this test's own to the console, and the health check's. */
    private static final int PASSING = 2;

    /** Each takes two to three seconds, after the logins, which take some ten. */
    private static final int TRANSACTIONS = 4;

    @Test
    void aThousandClientsShareThePlannedConnections(Product product) {
        var plan = plan(product);
        var maxDbConnections = plan.path("maxDbConnections").intValue();
        var apiPool = Integer.parseInt(Docker.run("exec", product.container("api-a"), "printenv", "DATABASE_POOL_MAX"));
        var clients = plan.path("maxClientConn").intValue() - apiPool - PASSING;
        var start = Instant.now();
        var most = new Most();

        try (var load = Load.start(product, 10, Duration.ofMillis(300));
                var pgbench = Pgbench.clients(product, "a", clients, TRANSACTIONS)) {
            var work = CompletableFuture.supplyAsync(pgbench::run);
            while (!work.isDone()) {
                most.sample(product);
                Product.pause(Duration.ofMillis(300));
            }
            var result = work.join();
            var posts = load.stop();

            System.out.printf(
                    "clients: %d of pgbench and the API's up to %d on one pooler; at most %d at once, %d of them waiting; server connections at most %s, in all %d of a budget of %d; %d samples in %d s%n",
                    clients,
                    apiPool,
                    most.clients,
                    most.waiting,
                    most.byPooler,
                    most.inAll,
                    plan.path("budget").intValue(),
                    most.samples,
                    Duration.between(start, Instant.now()).toSeconds());
            product.assertStored(posts);
            assertThat(result.succeeded()).as(result.output()).isTrue();
            assertThat(result.output())
                    .doesNotContainIgnoringCase("refused", "no more connections", "fatal", "aborted");
            assertThat(Docker.attempt("logs", "--since", start.toString(), product.container("pgbouncer-a"))
                            .output())
                    .as("the pooler's log")
                    .doesNotContainIgnoringCase("refused", "no more connections", "fatal");
            assertThat(most.clients)
                    .as("clients at once, the API's own included")
                    .isGreaterThan(clients);
            assertThat(most.byPooler.get(product.address("pgbouncer-a")))
                    .as("server connections of the busy pooler: the pool is full and the plan is kept")
                    .isBetween(plan.path("defaultPoolSize").intValue(), maxDbConnections);
            assertThat(most.byPooler.values())
                    .as("server connections by pooler")
                    .allMatch(count -> count <= maxDbConnections);
            assertThat(most.inAll)
                    .as("server connections in all")
                    .isLessThanOrEqualTo(plan.path("budget").intValue());
            assertThat(posts.acknowledged())
                    .as("readings that the API took meanwhile")
                    .isNotEmpty();
            assertThat(posts.failures())
                    .as("POSTs through Caddy that failed meanwhile")
                    .isEmpty();
        }
        product.awaitHealthy(Duration.ofSeconds(60));
    }

    /** The pool plan that the stack was brought up with. */
    private static JsonNode plan(Product product) {
        return StreamSupport.stream(product.stack().state().path("resources").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("freshtrack:pooling:PoolSizing"))
                .findFirst()
                .orElseThrow()
                .path("outputs");
    }

    /** The highest figures that were seen. */
    private static final class Most {
        private final Map<String, Integer> byPooler = new HashMap<>();
        private int samples;
        private int inAll;
        private int clients;
        private int waiting;

        void sample(Product product) {
            var now = 0;
            var servers = product.sql(
                    "SELECT host(client_addr), count(*) FROM pg_stat_activity WHERE usename = 'frostguard' GROUP BY client_addr");
            for (var line : servers.lines().toList()) {
                var columns = line.split("\\|");
                var count = Integer.parseInt(columns[1]);
                byPooler.merge(columns[0], count, Math::max);
                now += count;
            }
            inAll = Math.max(inAll, now);
            var pool = pool(product);
            waiting = Math.max(waiting, pool.get("cl_waiting"));
            clients = Math.max(clients, pool.get("cl_active") + pool.get("cl_waiting"));
            samples++;
        }

        /** The counts of the application's pool on the pooler of unit a. */
        private static Map<String, Integer> pool(Product product) {
            var table = product.console("a", "SHOW POOLS")
                    .lines()
                    .map(line -> List.of(line.split("\\|")))
                    .toList();
            var row = table.stream()
                    .filter(columns -> columns.get(0).equals("frostguard"))
                    .findFirst()
                    .orElseThrow();
            var counts = new HashMap<String, Integer>();
            for (var column : List.of("cl_active", "cl_waiting")) {
                counts.put(column, Integer.parseInt(row.get(table.get(0).indexOf(column))));
            }
            return counts;
        }
    }
}
