package com.freshtrack.infra.services;

import com.freshtrack.infra.config.SiteConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.PublishedPort;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Caddy, the only service that the outside can reach. */
final class FrontDoor {
    /** Let's Encrypt's directories: https://letsencrypt.org/docs/acme-protocol-updates/ and .../docs/staging-environment/. */
    private static final String ACME_PRODUCTION = "https://acme-v02.api.letsencrypt.org/directory";

    private static final String ACME_STAGING = "https://acme-staging-v02.api.letsencrypt.org/directory";

    private FrontDoor() {}

    /** Its Caddyfile isn't a file of the container: it lies in the configuration volume, so that a change is a reload. */
    static ServiceSpec caddy(StackConfig config) {
        var site = config.site();
        return new ServiceSpec(
                "caddy",
                Lifecycle.PERMANENT,
                config.images().caddy(),
                new ProcessSpec(
                        List.of(),
                        List.of("caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"),
                        "",
                        environment(config),
                        "SIGTERM",
                        30),
                List.of(),
                List.of(
                        new PublishedPort(80, site.httpPort(), site.publishAddress(), "tcp"),
                        new PublishedPort(443, site.httpsPort(), site.publishAddress(), "tcp"),
                        new PublishedPort(443, site.httpsPort(), site.publishAddress(), "udp")),
                config.observability().isPresent() ? List.of(Network.EDGE, Network.MONITORING) : List.of(Network.EDGE),
                List.of(Mount.volume("caddy-config", "/etc/caddy"), Mount.volume("caddy-data", "/data")),
                // Not localhost: Caddy listens on 127.0.0.1 only, and wget may try ::1 first. Its admin API answers
                // while it serves; the API's own health is the business of reverse_proxy.
                Optional.of(new HealthCheck(
                        List.of("wget", "-q", "-O", "/dev/null", "http://127.0.0.1:2019/config/"),
                        HealthCheck.INTERVAL_SECONDS,
                        5,
                        3,
                        10)),
                config.resources().caddy(),
                new Isolation(List.of("CAP_NET_BIND_SERVICE"), 0));
    }

    private static SortedMap<String, String> environment(StackConfig config) {
        var site = config.site();
        var environment = new TreeMap<String, String>();
        environment.put("FRESHTRACK_ACME_CA", site.acmeStaging() ? ACME_STAGING : ACME_PRODUCTION);
        environment.put("FRESHTRACK_DOMAIN", site.domain());
        environment.put("FRESHTRACK_HSTS", site.isLocal() ? "max-age=0" : "max-age=31536000; includeSubDomains");
        environment.put("FRESHTRACK_HTTPS_AUTHORITY", site.authority());
        environment.put("FRESHTRACK_MAX_BODY", site.maxRequestBodyMiB() + "MiB");
        environment.put("FRESHTRACK_READY_PATH", config.api().readyPath());
        environment.put("FRESHTRACK_TLS", certificateSource(site));
        config.observability().ifPresent(observability -> {
            environment.put("FRESHTRACK_GRAFANA_AUTHORITY", site.authority(observability.grafanaDomain()));
            environment.put("FRESHTRACK_GRAFANA_DOMAIN", observability.grafanaDomain());
        });
        environment.put("XDG_CONFIG_HOME", "/config");
        environment.put("XDG_DATA_HOME", "/data");
        return environment;
    }

    /** What Caddy's {@code tls} directive gets: its own CA, or the ACME account's address. */
    private static String certificateSource(SiteConfig site) {
        return site.hasInternalCertificate() ? "internal" : site.tlsEmail().orElse("internal");
    }
}
