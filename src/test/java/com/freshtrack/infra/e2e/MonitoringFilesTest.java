package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tools of Prometheus itself accept what is rendered for it, and every alert and every query is tried. */
@Tag("e2e")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonitoringFilesTest {
    private static final List<String> CASES = List.of("alerts.test.yml", "drills.test.yml");

    @TempDir
    private Path work;

    @Test
    void prometheusTakesItsFiles() throws IOException {
        MonitoringFiles.write(work, "prometheus", Map.of());

        assertThat(inImage("prometheusImage", "promtool check config --lint=none prometheus.yml"))
                .contains("SUCCESS: prometheus.yml is valid prometheus config file syntax")
                .contains("2 rule files found");
    }

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        MonitoringFiles.write(work, "prometheus", Map.of());
        var fires = new TreeSet<String>();
        var isQuiet = new TreeSet<String>();
        for (var cases : CASES) {
            var text = Checkout.text("src/test/resources/promtool/" + cases);
            Files.writeString(work.resolve(cases), text);
            for (var test : new YAMLMapper().readTree(text).path("tests")) {
                test.path("alert_rule_test")
                        .forEach(check -> (check.path("exp_alerts").isEmpty() ? isQuiet : fires)
                                .add(check.path("alertname").asText()));
            }
        }
        var alerts = new TreeSet<String>();
        new YAMLMapper()
                .readTree(Checkout.text("observability/prometheus/alerts.yml"))
                .path("groups")
                .forEach(group -> group.path("rules")
                        .forEach(rule -> alerts.add(rule.path("alert").asText())));

        assertThat(inImage("prometheusImage", "promtool test rules " + String.join(" ", CASES)))
                .contains("SUCCESS");
        assertThat(alerts).hasSizeGreaterThan(10);
        assertThat(fires).as("alerts that a case sees firing").isEqualTo(alerts);
        assertThat(isQuiet).as("alerts that a case sees not firing").isEqualTo(alerts);
    }

    /** As a recording rule each, because promtool checks the syntax of rules. */
    @Test
    void everyQueryOfEveryDashboardParses() throws IOException {
        var queries = queries("prometheus");
        var rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            rules.append("      - {record: query_%d, expr: %s}\n"
                    .formatted(
                            i,
                            new YAMLMapper()
                                    .writeValueAsString(queries.get(i))
                                    .replaceFirst("^--- ", "")
                                    .strip()));
        }
        Files.writeString(work.resolve("queries.yml"), rules);

        assertThat(queries).hasSizeGreaterThan(40);
        assertThat(inImage("prometheusImage", "promtool check rules --lint=none queries.yml"))
                .contains("SUCCESS: " + queries.size() + " rules found");
    }

    @Test
    void alertmanagerTakesItsFileWithAndWithoutDelivery() throws IOException {
        for (var delivery : List.of(Map.<String, String>of(), MonitoringFiles.DELIVERY)) {
            MonitoringFiles.write(work, "alertmanager", delivery);

            assertThat(inImage("alertmanagerImage", "amtool check-config alertmanager.yml"))
                    .contains("SUCCESS", "1 receivers");
        }
    }

    @Test
    void theBlackboxExporterTakesItsFile() throws IOException {
        MonitoringFiles.write(work, "blackbox-exporter", Map.of());

        assertThat(inImage("blackboxExporterImage", "blackbox_exporter --config.file=config.yml --config.check"))
                .contains("Config file is ok");
    }

    /** The expressions of all dashboards for one data source. */
    static List<String> queries(String dataSource, String... dashboards) throws IOException {
        var queries = new ArrayList<String>();
        for (var dashboard : dashboards()) {
            if (dashboards.length > 0
                    && !Set.of(dashboards).contains(dashboard.path("title").asText())) {
                continue;
            }
            for (var panel : dashboard.path("panels")) {
                if (panel.path("datasource").path("uid").asText().equals(dataSource)) {
                    panel.path("targets")
                            .forEach(target -> queries.add(target.path("expr").asText()));
                }
            }
        }
        return queries;
    }

    /** Grafana's dashboards, in the order of their files' names. */
    static List<JsonNode> dashboards() throws IOException {
        var dashboards = new ArrayList<JsonNode>();
        try (var files = Files.list(Checkout.file("observability/grafana/dashboards"))) {
            for (var file : files.sorted().toList()) {
                dashboards.add(new ObjectMapper().readTree(Files.readString(file)));
            }
        }
        return dashboards;
    }

    private String inImage(String key, String command) {
        var arguments = List.of(
                "docker",
                "run",
                "--rm",
                "--network",
                "none",
                "--user",
                "0:0",
                "--volume",
                work + ":/rendered:ro",
                "--workdir",
                "/rendered",
                "--entrypoint",
                "sh",
                MonitoringFiles.image(key),
                "-c",
                command);
        var result = Shell.run(Duration.ofSeconds(60), "", arguments, Map.of());
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }
}
