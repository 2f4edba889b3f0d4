package com.freshtrack.infra.services;

import com.freshtrack.infra.config.SiteConfig;
import com.freshtrack.infra.config.StackConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What Prometheus reads: static files, and the two in which {@code ${…}} stands for something of the stack. */
final class PrometheusFiles {
    private static final int HOUR = 3600;

    private PrometheusFiles() {}

    static List<FileSpec> of(StackConfig config, ProductFiles files) {
        return List.of(
                FileSpec.text("/etc/prometheus/prometheus.yml", configuration(config, files)),
                FileSpec.text("/etc/prometheus/rules/plan.yml", plan(config, files)),
                FileSpec.text("/etc/prometheus/rules/alerts.yml", files.text("observability/prometheus/alerts.yml")));
    }

    private static String configuration(StackConfig config, ProductFiles files) {
        return jobs(config, files.text("observability/prometheus/prometheus.yml"))
                .replace("${stack}", config.prefix())
                .replace("${domain}", config.site().domain())
                .replace("${readyPath}", config.api().readyPath())
                .replace("${module}", hasTrustedCertificate(config.site()) ? "site" : "site_without_trust");
    }

    /** Each job is a paragraph; those that ask about a database and poolers of ours go where the cloud has both. */
    private static String jobs(StackConfig config, String text) {
        return config.database().isPresent()
                ? text
                : Arrays.stream(text.split("\n\n"))
                        .filter(paragraph -> !paragraph.matches("(?s).*job_name: (pgbouncer|postgres)\n.*"))
                        .collect(Collectors.joining("\n\n"));
    }

    /** The plan's numbers as metrics, so that dashboards and alerts are the same text for every stack. */
    private static String plan(StackConfig config, ProductFiles files) {
        var pools = config.pools();
        return files.text("observability/prometheus/plan.yml")
                .replace("${budget}", String.valueOf(pools.budget()))
                .replace("${maxClientConn}", String.valueOf(pools.maxClientConn()))
                .replace("${maxConnections}", String.valueOf(pools.maxConnections()))
                .replace("${maxDbConnections}", String.valueOf(pools.maxDbConnections()))
                .replace("${certificateSeconds}", String.valueOf(certificateSeconds(config.site())))
                .replace("${domain}", config.site().domain())
                .replace("${authority}", config.site().authority(config.site().domain()));
    }

    private static boolean hasTrustedCertificate(SiteConfig site) {
        return !site.hasInternalCertificate() && !site.acmeStaging();
    }

    /**
     * How long a certificate must be valid yet: less than what is left when Caddy renews it, a third of its life
     * (https://caddyserver.com/docs/json/apps/tls/automation/policies/). Its own CA's certificates live 12 hours, Let's
     * Encrypt's 90 days, from 2027 on 64 and then 45 (https://letsencrypt.org/2025/12/02/from-90-to-45).
     */
    private static int certificateSeconds(SiteConfig site) {
        return site.hasInternalCertificate() ? 2 * HOUR : 10 * 24 * HOUR;
    }
}
