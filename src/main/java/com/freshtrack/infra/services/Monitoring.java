package com.freshtrack.infra.services;

import com.freshtrack.infra.config.ObservabilityConfig;
import com.freshtrack.infra.config.ResourcesConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.HostFolder;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What collects, keeps and shows metrics and log lines, and what sends alerts. */
final class Monitoring {
    private final StackConfig config;
    private final ObservabilityConfig observability;
    private final ResourcesConfig.Monitoring limits;
    private final ProductFiles files;

    private Monitoring(StackConfig config, ProductFiles files) {
        this.config = config;
        this.observability = config.observability().orElseThrow();
        this.limits = config.resources().monitoring().orElseThrow();
        this.files = files;
    }

    static List<ServiceSpec> all(StackConfig config, ProductFiles files) {
        var monitoring = new Monitoring(config, files);
        return List.of(
                monitoring.alertmanager(),
                monitoring.prometheus(),
                monitoring.loki(),
                monitoring.alloy(),
                monitoring.grafana());
    }

    /** With the wget of busybox, which Prometheus's own images and Grafana's have. */
    static HealthCheck answers(String url) {
        return asked(List.of("wget", "-q", "-O", "/dev/null", url), 30);
    }

    /** Seldom: each check starts a process, and there are ten of these containers. */
    private static HealthCheck asked(List<String> command, int startPeriodSeconds) {
        return new HealthCheck(command, 30, 5, 3, startPeriodSeconds);
    }

    /** The only one of them that reaches the world: alerts go there. */
    private ServiceSpec alertmanager() {
        var delivery = new ArrayList<FileSpec>();
        observability.alertWebhook().ifPresent(ignored -> delivery.add(FileSpec.secret(SecretNames.ALERT_WEBHOOK)));
        observability
                .alertMail()
                .flatMap(ObservabilityConfig.Mail::login)
                .ifPresent(ignored -> delivery.add(FileSpec.secret(SecretNames.ALERT_SMTP)));
        delivery.add(FileSpec.text("/etc/alertmanager/alertmanager.yml", AlertmanagerConfig.yaml(observability)));
        return new ServiceSpec(
                "alertmanager",
                Lifecycle.PERMANENT,
                config.images().monitoring().alertmanager(),
                new ProcessSpec(
                        List.of("alertmanager"),
                        List.of(
                                "--config.file=/etc/alertmanager/alertmanager.yml",
                                "--storage.path=/alertmanager",
                                "--web.external-url=http://alertmanager:9093",
                                // There is no second one to talk to.
                                "--cluster.listen-address="),
                        "65534:65534",
                        new TreeMap<>(),
                        "SIGTERM",
                        10),
                List.copyOf(delivery),
                List.of(),
                List.of(Network.EDGE, Network.MONITORING),
                List.of(Mount.volume("alertmanager", "/alertmanager")),
                Optional.of(answers("http://127.0.0.1:9093/-/ready")),
                limits.small(),
                Isolation.NONE);
    }

    private ServiceSpec prometheus() {
        return new ServiceSpec(
                "prometheus",
                Lifecycle.PERMANENT,
                config.images().monitoring().prometheus(),
                new ProcessSpec(
                        List.of("prometheus"),
                        List.of(
                                "--config.file=/etc/prometheus/prometheus.yml",
                                "--storage.tsdb.path=/prometheus",
                                "--storage.tsdb.retention.time=" + observability.prometheusRetentionDays() + "d"),
                        "65534:65534",
                        new TreeMap<>(),
                        "SIGTERM",
                        60),
                PrometheusFiles.of(config, files),
                List.of(),
                List.of(Network.MONITORING),
                List.of(Mount.volume("prometheus", "/prometheus")),
                Optional.of(answers("http://127.0.0.1:9090/-/ready")),
                limits.prometheus(),
                Isolation.NONE);
    }

    /** Its image has no shell and no wget, but asks itself: github.com/grafana/loki, cmd/loki/main.go of v3.7.6. */
    private ServiceSpec loki() {
        return new ServiceSpec(
                "loki",
                Lifecycle.PERMANENT,
                config.images().monitoring().loki(),
                new ProcessSpec(
                        List.of("loki"),
                        List.of(
                                "-config.file=/etc/loki/loki.yaml",
                                "-store.retention=" + observability.lokiRetentionDays() * 24 + "h"),
                        "10001:10001",
                        new TreeMap<>(),
                        "SIGTERM",
                        30),
                List.of(FileSpec.text("/etc/loki/loki.yaml", files.text("observability/loki/loki.yaml"))),
                List.of(),
                List.of(Network.MONITORING),
                List.of(Mount.volume("loki", "/loki")),
                // Ready 15 s after its start at the earliest.
                Optional.of(asked(List.of("loki", "-health"), 60)),
                limits.loki(),
                Isolation.NONE);
    }

    /**
     * Reads the log files of all of the engine's containers and keeps this stack's lines. Root without capabilities, because
     * the files are root's; the engine's socket, which is root on the host, it doesn't get.
     */
    private ServiceSpec alloy() {
        return new ServiceSpec(
                "alloy",
                Lifecycle.PERMANENT,
                config.images().monitoring().alloy(),
                new ProcessSpec(
                        List.of("alloy"),
                        List.of(
                                "run",
                                "/etc/alloy/config.alloy",
                                "--disable-reporting",
                                "--server.http.listen-addr=0.0.0.0:12345",
                                "--storage.path=/alloy"),
                        "0:0",
                        new TreeMap<>(Map.of("FRESHTRACK_STACK", config.prefix())),
                        "SIGTERM",
                        10),
                List.of(FileSpec.text("/etc/alloy/config.alloy", files.text("observability/alloy/config.alloy"))),
                List.of(),
                List.of(Network.MONITORING),
                List.of(
                        new Mount(new HostFolder("/var/lib/docker/containers"), "/var/lib/docker/containers", true),
                        // The image's own folder, /var/lib/alloy, is closed to all but its user, root without
                        // capabilities included:
                        // github.com/grafana/alloy, Dockerfile.
                        Mount.volume("alloy", "/alloy")),
                // Its image has bash and no wget: https://github.com/grafana/alloy/issues/477.
                Optional.of(asked(
                        List.of(
                                "bash",
                                "-c",
                                "exec 3<>/dev/tcp/127.0.0.1/12345 && printf 'GET /-/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"),
                        30)),
                limits.alloy(),
                Isolation.NONE);
    }

    private ServiceSpec grafana() {
        var environment = new TreeMap<>(Map.of(
                "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false",
                "GF_ANALYTICS_CHECK_FOR_UPDATES", "false",
                "GF_ANALYTICS_REPORTING_ENABLED", "false",
                "GF_AUTH_ANONYMOUS_ENABLED", "false",
                "GF_NEWS_NEWS_FEED_ENABLED", "false",
                // It would download them at its start, and has no way out.
                "GF_PLUGINS_PREINSTALL_DISABLED", "true",
                "GF_SECURITY_ADMIN_PASSWORD__FILE", "/run/secrets/" + SecretNames.GRAFANA_ADMIN,
                "GF_SECURITY_COOKIE_SECURE", "true",
                "GF_SECURITY_DISABLE_GRAVATAR", "true",
                "GF_USERS_ALLOW_SIGN_UP", "false"));
        environment.put("GF_SERVER_ROOT_URL", "https://" + config.site().authority(observability.grafanaDomain()));
        var provisioning = new ArrayList<>(List.of(FileSpec.secret(SecretNames.GRAFANA_ADMIN)));
        files.under("observability/grafana/")
                .forEach((path, text) -> provisioning.add(FileSpec.text("/etc/grafana/" + path, text)));
        return new ServiceSpec(
                "grafana",
                Lifecycle.PERMANENT,
                config.images().monitoring().grafana(),
                new ProcessSpec(List.of(), List.of(), "", environment, "SIGTERM", 30),
                List.copyOf(provisioning),
                List.of(),
                List.of(Network.MONITORING),
                List.of(Mount.volume("grafana", "/var/lib/grafana")),
                Optional.of(answers("http://127.0.0.1:3000/api/health")),
                limits.grafana(),
                Isolation.NONE);
    }
}
