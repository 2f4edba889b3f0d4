package com.freshtrack.infra.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.services.ServiceSpec.HostFolder;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MonitoringSpecsTest {
    private static final ProductFiles FILES = ProductFiles.read(Path.of(""));
    private static final Set<String> SECRET_KEYS =
            Set.of("freshtrack:alertWebhookUrl", "freshtrack:alertSmtpPassword", "freshtrack:monitorDatabasePassword");

    private static final Map<String, String> MAIL = Map.of(
            "freshtrack:alertEmailTo",
            "ops@acme.io",
            "freshtrack:alertEmailFrom",
            "alerts@acme.io",
            "freshtrack:alertSmtpHost",
            "smtp.acme.io:587",
            "freshtrack:alertSmtpUser",
            "alerts",
            "freshtrack:alertSmtpPassword",
            "not-to-be-seen");

    private static StackConfig config(Map<String, String> more) {
        var values = new HashMap<>(Map.of(
                "freshtrack:environment",
                "dev",
                "freshtrack:observability",
                "true",
                "freshtrack:hostMemoryMiB",
                "8192"));
        values.putAll(more);
        return StackConfigReader.read("sample", values, SECRET_KEYS, true);
    }

    private static FreshTrackServices services(Map<String, String> more) {
        return FreshTrackServices.of(config(more), FILES);
    }

    private static List<ServiceSpec> monitoring() {
        return services(Map.of("freshtrack:alertWebhookUrl", "https://hooks.acme.io/not-to-be-seen"))
                .monitoring();
    }

    private static ServiceSpec service(String name, Map<String, String> more) {
        return services(more).monitoring().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String file(ServiceSpec spec, String path) {
        return spec.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .template();
    }

    @Test
    void theWholeCatalogue() {
        Golden.assertMatches(
                "services/monitoring.txt",
                monitoring().stream().map(spec -> CatalogueText.of(spec, FILES)).collect(Collectors.joining("\n")));
    }

    @Test
    void nothingOfItExistsWhereItIsOff() {
        var services = services(Map.of("freshtrack:observability", "false"));

        assertThat(services.monitoring()).isEmpty();
        assertThat(services.caddyfile()).isEqualTo(FILES.text("caddy/Caddyfile"));
        assertThat(services.all())
                .allSatisfy(spec -> assertThat(spec.networks()).doesNotContain(Network.MONITORING));
        assertThat(services.all().toString()).doesNotContain("frostguard_monitor", "GRAFANA");
    }

    @Test
    void onlyAlertmanagerHasAWayOutAndNothingPublishesPorts() {
        assertThat(monitoring())
                .allSatisfy(spec -> {
                    assertThat(spec.networks()).contains(Network.MONITORING);
                    assertThat(spec.ports()).isEmpty();
                    assertThat(spec.isolation().capabilities()).isEmpty();
                })
                .filteredOn(spec -> spec.networks().contains(Network.EDGE))
                .extracting(ServiceSpec::name)
                .containsExactly("alertmanager");
        assertThat(monitoring())
                .filteredOn(spec -> spec.networks().contains(Network.DATA))
                .extracting(ServiceSpec::name)
                .containsExactly("postgres-exporter", "pgbouncer-exporter-a", "pgbouncer-exporter-b");
    }

    @Test
    void theHostIsOnlyReadAndDockersSocketIsNowhere() {
        assertThat(services(Map.of()).all())
                .flatExtracting(ServiceSpec::mounts)
                .filteredOn(mount -> mount.source() instanceof HostFolder)
                .containsExactlyInAnyOrder(
                        new Mount(new HostFolder("/"), "/host", true),
                        new Mount(new HostFolder("/var/lib/docker/containers"), "/var/lib/docker/containers", true));
        assertThat(services(Map.of()).all().toString()).doesNotContain("docker.sock");
    }

    @Test
    void everyOneHasAHealthCheckAndAGracePeriod() {
        assertThat(monitoring()).allSatisfy(spec -> {
            assertThat(spec.lifecycle()).isEqualTo(Lifecycle.PERMANENT);
            assertThat(spec.healthCheck()).isPresent();
            assertThat(spec.process().stopGraceSeconds()).isBetween(10, 120);
        });
    }

    @Test
    void memoryAtPeakIsTheSumOfWhatRuns() {
        var config = config(Map.of());
        var services = FreshTrackServices.of(config, FILES);
        var running = services.all().stream()
                .mapToInt(spec -> spec.resources().memoryMiB())
                .sum();
        assertThat(running + services.frontDoor().resources().memoryMiB())
                .isEqualTo(config.resources().peakMemoryMiB());
    }

    @Test
    void secretsAreNamedAndNeverHeld() {
        var specs = services(MAIL).monitoring().toString() + monitoring();

        assertThat(specs)
                .doesNotContain("not-to-be-seen")
                .contains("${secret:alert_webhook_url}", "${secret:alert_smtp_password}");
        assertThat(monitoring()).allSatisfy(spec -> assertThat(
                        spec.process().environment().toString() + spec.process().command())
                .doesNotContain("${secret:"));
    }

    /** The clients of monitoring that the pool policy counts are the exporter's, which logs in under its own name. */
    @Test
    void eachPoolerKnowsItsExporter() {
        for (var unit : services(Map.of()).units()) {
            assertThat(file(unit.pooler().orElseThrow(), "/etc/pgbouncer/pgbouncer.ini"))
                    .contains("stats_users = frostguard,frostguard_monitor\n");
            assertThat(file(unit.pooler().orElseThrow(), "/etc/pgbouncer/userlist.txt"))
                    .contains("\"frostguard_monitor\" \"${secret:monitor_database_password}\"\n");
            assertThat(file(service("pgbouncer-exporter-" + unit.name(), Map.of()), "/freshtrack/run"))
                    .contains("@pgbouncer-" + unit.name() + ":6432/pgbouncer?");
        }
    }

    @Test
    void thePlanBecomesRules() {
        var plan = file(service("prometheus", Map.of()), "/etc/prometheus/rules/plan.yml");

        assertThat(plan)
                .contains(rule("freshtrack_plan_budget_connections", 85))
                .contains(rule("freshtrack_plan_max_connections", 100))
                .contains(rule("freshtrack_plan_max_db_connections", 30))
                .contains(rule("freshtrack_plan_max_client_conn", 1000))
                .contains(rule("freshtrack_plan_certificate_seconds", 7200))
                .contains("\"host\", \"localhost\"");
        assertThat(file(
                        service("prometheus", Map.of("freshtrack:httpsPort", "8443")),
                        "/etc/prometheus/rules/plan.yml"))
                .contains("\"host\", \"localhost\"", "\"host\", \"localhost:8443\"");
        assertThat(plan
                        + file(service("prometheus", Map.of()), "/etc/prometheus/prometheus.yml")
                                .replace("${…}", ""))
                .as("what is to be filled in")
                .doesNotContainPattern("\\$\\{[a-z]");
    }

    @Test
    void theCertificateIsHeldAgainstWhatItsAuthorityGives() {
        var letsEncrypt = Map.of("freshtrack:domain", "fresh.acme.io", "freshtrack:tlsEmail", "ops@acme.io");
        var staging = new HashMap<>(letsEncrypt);
        staging.put("freshtrack:acmeStaging", "true");

        assertThat(file(service("prometheus", letsEncrypt), "/etc/prometheus/prometheus.yml"))
                .contains("module: [\"site\"]", "hostname: [\"fresh.acme.io\"]", "https://caddy/ready");
        assertThat(file(service("prometheus", letsEncrypt), "/etc/prometheus/rules/plan.yml"))
                .contains(rule("freshtrack_plan_certificate_seconds", 864_000));
        assertThat(file(service("prometheus", staging), "/etc/prometheus/prometheus.yml"))
                .contains("module: [\"site_without_trust\"]");
        assertThat(file(service("prometheus", Map.of()), "/etc/prometheus/prometheus.yml"))
                .contains("module: [\"site_without_trust\"]");
    }

    @Test
    void alertsGoWhereTheConfigurationSays() {
        assertThat(alertmanager(Map.of())).doesNotContain("_configs:");
        assertThat(alertmanager(Map.of("freshtrack:alertWebhookUrl", "https://hooks.acme.io/x")))
                .contains("url_file: /run/secrets/alert_webhook_url")
                .doesNotContain("hooks.acme.io", "email_configs");
        assertThat(alertmanager(MAIL))
                .contains("to: \"ops@acme.io\"", "auth_password_file: /run/secrets/alert_smtp_password")
                .doesNotContain("webhook_configs");
    }

    private static String alertmanager(Map<String, String> more) {
        return file(service("alertmanager", more), "/etc/alertmanager/alertmanager.yml");
    }

    private static String rule(String name, int value) {
        return "- record: " + name + "\n        expr: vector(" + value + ")\n";
    }
}
