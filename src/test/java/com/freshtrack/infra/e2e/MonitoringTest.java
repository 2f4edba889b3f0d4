package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What watches the product sees it, shows what it sees, and tells somebody. */
@Tag("monitoring")
@ExtendWith(SharedProduct.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonitoringTest {
    private static final Duration LIMIT = Duration.ofSeconds(80);
    private static final String RECEIVER =
            "require('http').createServer((q,r)=>{let b='';q.on('data',c=>b+=c);q.on('end',()=>{console.log(q.url+' '+b);r.end()})}).listen(8080)";

    @Test
    void prometheusReachesEveryTarget(Product product) throws IOException {
        await(LIMIT, () -> {
            var targets = prometheus(product, "targets").path("activeTargets");
            var ill = new ArrayList<String>();
            targets.forEach(target -> {
                if (!target.path("health").asText().equals("up")) {
                    ill.add(target.path("scrapeUrl").asText() + ": "
                            + target.path("lastError").asText());
                }
            });
            return targets.size() == 12 && ill.isEmpty() ? "" : targets.size() + " targets, not up: " + ill;
        });
    }

    @Test
    void everyQueryOfPoolsReturnsData(Product product) throws Exception {
        product.post(UUID.randomUUID(), "watched");
        for (var query : MonitoringFilesTest.queries("prometheus", "Pools")) {
            awaitData(product, query);
        }
        assertThat(value(product, "freshtrack_plan_budget_connections")).isEqualTo("85");
        assertThat(value(product, "min(pgbouncer_up)")).isEqualTo("1");
        awaitData(product, "probe_success{job=\"site\"} == 1");
        var host = product.url().getAuthority();
        awaitData(
                product,
                "caddy_http_requests_total{host='%s'} * on(host) group_left() freshtrack_plan_site".formatted(host));
    }

    /** From a file such as a backup writes, through a rule, to where alerts go. */
    @Test
    void anOldBackupIsShownAndReported(Product product) throws Exception {
        var receiver = product.stack().prefix() + "alert-receiver";
        try {
            Docker.run(
                    "run",
                    "--detach",
                    "--name",
                    receiver,
                    "--network",
                    product.stack().prefix() + "edge",
                    "--network-alias",
                    "alert-receiver",
                    "--entrypoint",
                    "node",
                    product.stack().get("apiImage"),
                    "-e",
                    RECEIVER);
            awaitData(product, "freshtrack_backup_period_seconds");
            writeMetrics(product, Instant.now().minusSeconds(200_000));

            // Another alert may be posted before it.
            await(LIMIT, () -> {
                var posted = Docker.run("logs", receiver);
                return posted.lines().anyMatch(line -> isTheOldBackup(line, product)) ? "" : "posted was: " + posted;
            });
            for (var query : MonitoringFilesTest.queries("prometheus", "Backups")) {
                awaitData(product, query);
            }
        } finally {
            Docker.attempt("rm", "--force", "--volumes", receiver);
            metricsVolume(product, "rm -f /metrics/test.prom", "");
        }
    }

    @Test
    void grafanaAnswersUnderItsOwnName(Product product) {
        assertThat(product.stack().output("grafanaUrl").asText())
                .isEqualTo("https://grafana.localhost:" + product.url().getPort());
        assertThat(product.getFrom("grafana.localhost", "/api/health")).startsWith("200 ");
        assertThat(product.getFrom("localhost", "/metrics"))
                .as("metrics, asked from outside")
                .startsWith("404 ");
        assertThat(Docker.run("exec", product.container("grafana"), "ls", "/etc/grafana/dashboards"))
                .contains("pools.json", "backups.json");
    }

    /** Grafana, Loki and Alloy can't be built here; what stands in for them must not be taken for them. */
    @Test
    void whatIsNotThereSaysSo(Product product) {
        for (var service : List.of("grafana", "loki", "alloy")) {
            if (product.stack().get(service + "Image").startsWith("freshtrack-standin/")) {
                assertThat(Docker.run("logs", product.container(service))).contains("STAND-IN", "this is NO ");
            }
        }
        if (product.stack().get("grafanaImage").startsWith("freshtrack-standin/")) {
            assertThat(product.getFrom("grafana.localhost", "/")).contains("NO Grafana");
            assertThat(product.getFrom("grafana.localhost", "/login")).contains("NO Grafana");
        }
    }

    /** Where config.alloy looks for it; as the container of Alloy may read it, which holds no capability. */
    @Test
    void alloyGetsLinesThatSayWhoseTheyAre(Product product) throws IOException {
        var stack = Docker.run("exec", product.container("alloy"), "printenv", "FRESHTRACK_STACK");
        for (var service : Product.ALL) {
            var id = Docker.inspect("{{.Id}}", product.container(service));
            var file = "/var/lib/docker/containers/%s/%s-json.log".formatted(id, id);
            var line = new ObjectMapper()
                    .readTree(Docker.run("exec", product.container("alloy"), "tail", "-n", "1", file));

            assertThat(line.path("attrs").path("com.freshtrack.service").asText())
                    .as("the last line of %s: %s", service, line)
                    .isEqualTo(service);
            assertThat(line.path("attrs").path("com.freshtrack.stack").asText()).isEqualTo(stack);
            assertThat(line.has("log")).isTrue();
            assertThat(line.path("stream").asText()).isIn("stdout", "stderr");
            assertThatCode(() -> Instant.parse(line.path("time").asText())).doesNotThrowAnyException();
        }
    }

    private static boolean isTheOldBackup(String posted, Product product) {
        return posted.startsWith("/" + Product.ALERT_TOKEN + " {\"receiver\":\"operators\"")
                && posted.contains("\"alertname\":\"BackupTooOld\"")
                && posted.contains("\"destination\":\"test\"")
                && posted.contains("\"stack\":\"freshtrack-" + product.stack().name() + "\"");
    }

    /** A third destination beside the real two, described as they are: node-exporter takes no metric that two files describe differently. */
    private static void writeMetrics(Product product, Instant backup) {
        metricsVolume(
                product,
                "sh -s >/metrics/test.prom.new && mv /metrics/test.prom.new /metrics/test.prom",
                """
                sed -n -e '/^# [A-Z]* freshtrack_backup_last_success_/p' \\
                  -e 's/timestamp_seconds{destination="local"} .*/timestamp_seconds{destination="test"} %1$d/p' \\
                  -e 's/size_bytes{destination="local"} .*/size_bytes{destination="test"} 12345/p' /metrics/backup.prom
                echo freshtrack_restore_drill_last_success_timestamp_seconds %1$d
                """
                        .formatted(backup.getEpochSecond()));
    }

    private static void metricsVolume(Product product, String command, String input) {
        var result = Shell.run(
                Duration.ofSeconds(30),
                input,
                List.of(
                        "docker",
                        "run",
                        "--rm",
                        "--interactive",
                        "--network",
                        "none",
                        "--volume",
                        product.stack().prefix() + "metrics:/metrics",
                        "--entrypoint",
                        "sh",
                        product.stack().get("postgresImage"),
                        "-c",
                        command),
                Map.of());
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }

    static void awaitData(Product product, String query) {
        await(LIMIT, () -> query(product, query).isEmpty() ? "no data for " + query : "");
    }

    private static String value(Product product, String query) {
        return query(product, query).path(0).path("value").path(1).asText();
    }

    private static JsonNode query(Product product, String query) {
        return prometheus(product, "query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .path("result");
    }

    private static JsonNode prometheus(Product product, String path) {
        var answer = Docker.run(
                "exec",
                product.container("prometheus"),
                "wget",
                "-q",
                "-O",
                "-",
                "http://127.0.0.1:9090/api/v1/" + path);
        try {
            return new ObjectMapper().readTree(answer).path("data");
        } catch (IOException e) {
            throw new AssertionError("Prometheus answers: " + answer, e);
        }
    }

    /** Asks until the answer, which is what is wrong, is empty. */
    static void await(Duration limit, Supplier<String> wrong) {
        var end = Instant.now().plus(limit);
        for (var text = wrong.get(); !text.isEmpty(); text = wrong.get()) {
            assertThat(Instant.now()).as("for %s: %s", limit, text).isBefore(end);
            Product.pause(Duration.ofSeconds(1));
        }
    }
}
