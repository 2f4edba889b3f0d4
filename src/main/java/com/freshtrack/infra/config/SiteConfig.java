package com.freshtrack.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * How the product is reached.
 *
 * @param domain host name that Caddy serves; {@code localhost} gets a certificate of Caddy's internal CA
 * @param tlsEmail account address for Let's Encrypt; always there for a public domain
 * @param acmeStaging whether certificates come from Let's Encrypt's staging CA, which browsers don't trust
 * @param dnsReady whether the domain's DNS records point here, so that a verdict through the front door is possible
 * @param publishAddress IP address of the host on which Caddy's ports are published
 * @param maxRequestBodyMiB largest request body that Caddy takes and buffers
 */
public record SiteConfig(
        String domain,
        Optional<String> tlsEmail,
        boolean acmeStaging,
        boolean dnsReady,
        String publishAddress,
        int httpPort,
        int httpsPort,
        int maxRequestBodyMiB) {

    /** Names that no public CA certifies: Caddy's internal CA does (https://caddyserver.com/docs/automatic-https). */
    public boolean isLocal() {
        return domain.equals("localhost") || LOCAL_SUFFIXES.stream().anyMatch(domain::endsWith);
    }

    /** Host name, and port where it isn't 443. */
    public String authority() {
        return httpsPort == 443 ? domain : domain + ":" + httpsPort;
    }

    /** Where the product answers. */
    public String url() {
        return "https://" + authority();
    }

    private static final List<String> LOCAL_SUFFIXES = List.of(".localhost", ".local", ".internal", ".home.arpa");
}
