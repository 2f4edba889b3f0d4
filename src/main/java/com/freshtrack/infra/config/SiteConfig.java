package com.freshtrack.infra.config;

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

    /** Whether Caddy's internal CA certifies the name, because no public one does. */
    public boolean isLocal() {
        return domain.equals("localhost");
    }

    /** Whether Caddy's internal CA certifies the name for now: a public CA can't reach it yet, or never will. */
    public boolean hasInternalCertificate() {
        return isLocal() || !dnsReady;
    }

    /** Who certifies the name: Caddy's {@code internal} CA, the ACME {@code staging} one, or a {@code public} one. */
    public String certifiedBy() {
        return hasInternalCertificate() ? "internal" : acmeStaging ? "staging" : "public";
    }

    /** How long a deploy waits for the first answer, in seconds: a certificate from outside has to be asked for first. */
    public int answersWithinSeconds() {
        return hasInternalCertificate() ? 60 : 180;
    }

    /** Host name, and port where it isn't 443. */
    public String authority() {
        return authority(domain);
    }

    /** Another host name that Caddy serves, and the port where it isn't 443. */
    public String authority(String name) {
        return httpsPort == 443 ? name : name + ":" + httpsPort;
    }

    /** Where the product answers. */
    public String url() {
        return "https://" + authority();
    }
}
