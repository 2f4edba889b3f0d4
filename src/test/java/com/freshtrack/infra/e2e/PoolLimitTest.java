package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Docker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** As many clients on one pooler as it may have. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolLimitTest {
    private static final int MAX_CLIENT_CONN = 1000;
    private static final int API_POOL_MAX = 10;
    /** The plan counts on the exporter for two; here the test's own question takes their place. */
    private static final int EXPORTER = 2;

    private static final int MAX_DB_CONNECTIONS = 30;
    private static final int SECONDS = 20;

    /** Counts the application's server connections by pooler, every 20 ms, and says the most of all and of one. */
    private static final String WATCH =
            """
            DO $$
            DECLARE
              total int; one int; most_total int := 0; most_one int := 0; samples int := 0;
            BEGIN
              WHILE clock_timestamp() < statement_timestamp() + interval '%d seconds' LOOP
                PERFORM pg_stat_clear_snapshot();
                SELECT coalesce(sum(n), 0), coalesce(max(n), 0) INTO total, one FROM (
                  SELECT count(*) AS n FROM pg_stat_activity WHERE usename = 'frostguard' GROUP BY client_addr) AS poolers;
                most_total := greatest(most_total, total);
                most_one := greatest(most_one, one);
                samples := samples + 1;
                PERFORM pg_sleep(0.02);
              END LOOP;
              RAISE NOTICE 'samples % most % one %', samples, most_total, most_one;
            END $$""";

    @Test
    void aThousandClientsOpenNoMoreServerConnectionsThanThePlanAllows(Product product) {
        var clients = MAX_CLIENT_CONN - API_POOL_MAX - EXPORTER;
        try (var load = Load.start(product, 20, Duration.ofMillis(20))) {
            var watched = CompletableFuture.supplyAsync(() -> watch(product));
            var connected = CompletableFuture.supplyAsync(() -> mostClients(product));
            var bench = Docker.attempt(
                    "run", "--rm", "--name", product.container("pgbench"), "--network", product.stack().prefix() + "data",
                    "--ulimit", "nofile=4096", "--env", "PGPASSWORD=" + product.appPassword(),
                    "--entrypoint", "bash", product.stack().get("postgresImage"), "-c",
                    "printf '%s\\n' '\\sleep 400 ms' 'SELECT count(*) FROM readings WHERE sensor_id = current_user;' >/tmp/t.sql && "
                            + "exec pgbench --no-vacuum --file /tmp/t.sql --client " + clients + " --jobs 2 --time " + SECONDS
                            + " --host pgbouncer-a --port 6432 --username frostguard frostguard");
            var numbers = watched.join();
            var most = connected.join();
            var result = load.stop();

            System.out.printf("pool: %d pgbench clients, %d clients at once, server connections %s%n", clients, most, numbers);
            assertThat(bench.succeeded()).as(bench.output()).isTrue();
            assertThat(bench.output())
                    .contains("number of clients: " + clients, "number of failed transactions: 0 ")
                    .doesNotContain("ERROR", "FATAL", "aborted");
            assertThat(most).as("clients of the pooler at once, the API's own included").isGreaterThan(clients).isLessThanOrEqualTo(MAX_CLIENT_CONN);
            assertThat(numbers.one()).as("server connections of one pooler").isBetween(25, MAX_DB_CONNECTIONS);
            assertThat(numbers.total()).as("server connections of both poolers").isLessThanOrEqualTo(2 * MAX_DB_CONNECTIONS);
            assertThat(Docker.run("logs", product.container("pgbouncer-a"))).doesNotContain("no more connections allowed");
            product.assertStored(result);
            assertThat(result.failures()).as("requests of the API beside it that failed").isEmpty();
        }
    }

    private record ServerConnections(int samples, int total, int one) {}

    private static ServerConnections watch(Product product) {
        var output = product.sql(WATCH.formatted(SECONDS + 10));
        var matcher = Pattern.compile("samples (\\d+) most (\\d+) one (\\d+)").matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        var numbers = new ServerConnections(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
        assertThat(numbers.samples()).as("samples").isGreaterThan(100);
        return numbers;
    }

    /** The most clients that the pooler had at once, asked on a connection of its own, which counts itself. */
    private static int mostClients(Product product) {
        var most = 0;
        for (var asked = 0; asked < 10; asked++) {
            Product.pause(Duration.ofSeconds(2));
            var matcher = Pattern.compile("(?m)^used_clients\\|(\\d+)").matcher(product.console("a", "SHOW LISTS"));
            assertThat(matcher.find()).isTrue();
            most = Math.max(most, Integer.parseInt(matcher.group(1)));
        }
        return most;
    }
}
