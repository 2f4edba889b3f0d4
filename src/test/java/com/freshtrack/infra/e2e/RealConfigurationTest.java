package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.pooling.PgBouncerConfig;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code caddy} and the real {@code pgbouncer} accept what is rendered for them. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealConfigurationTest {
    private static final Pattern COMPLAINT =
            Pattern.compile("WARNING|ERROR|FATAL|unknown|unrecognized", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @CsvSource({
        "localhost,,false,false",
        "localhost,,false,true",
        "app.freshtrack.dev,ops@freshtrack.dev,false,true",
        "app.freshtrack.dev,ops@freshtrack.dev,true,false"
    })
    void caddyTakesTheCaddyfile(String domain, String email, String staging, String observability) {
        var values = new HashMap<>(Map.of("domain", domain, "acmeStaging", staging));
        values.putAll(Map.of("observability", observability, "hostMemoryMiB", "8192"));
        if (email != null) {
            values.put("tlsEmail", email);
        }
        var arguments = new ArrayList<>(List.of("docker", "run", "--rm", "--interactive", "--network", "none"));
        var services = FreshTrackServices.of(config(values), ProductFiles.read(Checkout.file("")));
        services.frontDoor()
                .process()
                .environment()
                .forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        arguments.addAll(
                List.of(
                        "--entrypoint",
                        "sh",
                        image("caddyImage"),
                        "-c",
                        "cat >/tmp/Caddyfile && caddy validate --config /tmp/Caddyfile --adapter caddyfile && caddy fmt --diff /tmp/Caddyfile"));

        var result = Shell.run(Duration.ofSeconds(60), services.caddyfile(), arguments, Map.of());

        assertThat(result.succeeded()).as(result.output()).isTrue();
        assertThat(result.output()).contains("Valid configuration").doesNotContain("not formatted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "session"})
    void pgbouncerTakesItsFiles(String mode) {
        var plan = config(Map.of("poolMode", mode)).pools();
        var ini = PgBouncerConfig.ini(plan, "127.0.0.1", "frostguard", "frostguard", List.of("frostguard_monitor"));
        var userlist = PgBouncerConfig.userlist(
                Map.of("frostguard", "NotASecret0001", "frostguard_monitor", "NotASecret0002"));
        var name = "freshtrack-t" + UUID.randomUUID();
        try {
            Docker.run(
                    "run",
                    "--detach",
                    "--name",
                    name,
                    "--network",
                    "none",
                    "--user",
                    "65534:65534",
                    "--ulimit",
                    "nofile=" + plan.fileDescriptors(),
                    "--env",
                    "INI=" + ini,
                    "--env",
                    "USERS=" + userlist,
                    "--entrypoint",
                    "sh",
                    image("pgbouncerImage"),
                    "-c",
                    // The paths inside are absolute, and only root may write there.
                    "printf %s \"$USERS\" >/tmp/userlist.txt && printf %s \"$INI\" | sed s,/etc/pgbouncer/,/tmp/, >/tmp/pgbouncer.ini && exec pgbouncer /tmp/pgbouncer.ini");
            var log = awaitLog(name, "process up");
            assertThat(log.lines().filter(line -> COMPLAINT.matcher(line).find()))
                    .as("complaints of pgbouncer")
                    .isEmpty();
            assertThat(settings(Docker.run(
                            "exec",
                            "--env",
                            "PGPASSWORD=NotASecret0001",
                            name,
                            "psql",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            "6432",
                            "--username",
                            "frostguard",
                            "--dbname",
                            "pgbouncer",
                            "--no-align",
                            "--command",
                            "SHOW CONFIG")))
                    .containsEntry("pool_mode", mode)
                    .containsEntry("max_client_conn", String.valueOf(plan.maxClientConn()));
        } finally {
            Docker.run("rm", "--force", "--volumes", name);
        }
    }

    @Test
    void theRunningPoolersWorkByThePlan(Product product) {
        for (var unit : List.of("a", "b")) {
            var settings = settings(product.console(unit, "SHOW CONFIG"));

            assertThat(settings)
                    .containsEntry("default_pool_size", "25")
                    .containsEntry("min_pool_size", "10")
                    .containsEntry("reserve_pool_size", "5")
                    .containsEntry("max_db_connections", "30")
                    .containsEntry("max_client_conn", "1000")
                    .containsEntry("max_prepared_statements", "200")
                    .containsEntry("auth_type", "scram-sha-256")
                    .containsEntry("listen_port", "6432");
            var start = Docker.run("logs", product.container("pgbouncer-" + unit))
                    .lines()
                    .limit(12)
                    .toList();
            assertThat(start)
                    .as("the first lines of pgbouncer-" + unit)
                    .noneMatch(line -> COMPLAINT.matcher(line).find());
        }
    }

    @Test
    void aBadCaddyfileIsRefusedAndTheOldOneServes(Product product) throws Exception {
        var good = product.caddyfile();
        product.writeCaddyfile(good.replace("lb_policy round_robin", "lb_policy roundest_robin"));
        try {
            var outcome = product.stack().up().mustFail();

            assertThat(outcome.output()).contains("roundest_robin");
            assertThat(product.get("/ready").statusCode()).isEqualTo(200);
        } finally {
            product.writeCaddyfile(good);
        }
        product.stack().up().mustSucceed();
        assertThat(product.get("/ready").statusCode()).isEqualTo(200);
    }

    private static StackConfig config(Map<String, String> changes) {
        var values = new HashMap<>(Map.of("environment", "dev"));
        values.putAll(changes);
        return StackConfigReader.read("t", values, Set.of(), true);
    }

    private static String image(String key) {
        var images = config(Map.of()).images();
        return Checkout.images().getOrDefault(key, key.equals("caddyImage") ? images.caddy() : images.pgbouncer());
    }

    private static String awaitLog(String container, String text) {
        var end = Instant.now().plusSeconds(20);
        while (true) {
            var log = Docker.run("logs", container);
            if (log.contains(text)) {
                return log;
            }
            assertThat(Instant.now())
                    .as("no '%s' in the log of %s:\n%s", text, container, log)
                    .isBefore(end);
            Product.pause(Duration.ofMillis(200));
        }
    }

    /** The rows of {@code SHOW CONFIG}: name, value, default, changeable. */
    private static Map<String, String> settings(String rows) {
        var settings = new LinkedHashMap<String, String>();
        rows.lines()
                .map(row -> row.split("\\|", -1))
                .filter(row -> row.length > 1)
                .forEach(row -> settings.put(row[0], row[1]));
        return settings;
    }
}
