package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.ACME_STAGING;
import static com.freshtrack.infra.config.ConfigKey.ALARM_EMAIL;
import static com.freshtrack.infra.config.ConfigKey.DNS_READY;
import static com.freshtrack.infra.config.ConfigKey.DNS_ZONE;
import static com.freshtrack.infra.config.ConfigKey.DOMAIN;
import static com.freshtrack.infra.config.ConfigKey.ENVIRONMENT;
import static com.freshtrack.infra.config.ConfigKey.HTTPS_PORT;
import static com.freshtrack.infra.config.ConfigKey.HTTP_PORT;
import static com.freshtrack.infra.config.ConfigKey.MAX_REQUEST_BODY_MIB;
import static com.freshtrack.infra.config.ConfigKey.PUBLISH_ADDRESS;
import static com.freshtrack.infra.config.ConfigKey.TLS_EMAIL;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how the product is reached; everything here ends up in a Caddyfile or in a published port. */
final class SiteReader {
    private static final String LOCALHOST = "localhost";
    private static final String EXAMPLE_DOMAIN = "freshtrack.example.com";
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final String PUBLIC_NAME = "(?:" + LABEL + "\\.)+(?!.*\\.)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";
    static final Pattern PUBLIC_DOMAIN = Pattern.compile("(?=.{1,253}$)" + PUBLIC_NAME);
    static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@" + PUBLIC_NAME);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*]?");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*");

    /** Never given to anybody, so no public authority signs for them: https://www.rfc-editor.org/rfc/rfc6761, rfc6762. */
    private static final Set<String> PRIVATE_ENDINGS =
            Set.of("localhost", "local", "internal", "test", "invalid", "example");

    private static final Pattern DOCUMENTATION_NAME = Pattern.compile("(?:.*[.@])?example\\.(?:com|net|org)");

    private SiteReader() {}

    static SiteConfig read(ConfigValues values, Environment environment) {
        var site = behindCaddy(
                values,
                values.matching(
                        PUBLISH_ADDRESS,
                        IPV4,
                        "an IPv4 address of the host, such as 127.0.0.1 (this host only) or 0.0.0.0 (all of its addresses)",
                        PUBLISH_ADDRESS.defaultValue()),
                values.integer(HTTP_PORT, 1, 65_535),
                values.integer(HTTPS_PORT, 1, 65_535));
        if (values.usable(HTTP_PORT, HTTPS_PORT) && site.httpPort() == site.httpsPort()) {
            values.refuse(HTTPS_PORT, "another port than that of freshtrack:httpPort, " + site.httpPort());
        }
        if (values.usable(DOMAIN)) {
            if (site.domain().equals(LOCALHOST)) {
                checkLocal(values, site, environment);
            } else {
                checkPublic(values, site, environment);
            }
        }
        return site;
    }

    /** On a virtual machine that is the product's alone: Caddy has its usual ports on all addresses. */
    static SiteConfig readOnMachine(ConfigValues values, Environment environment) {
        var site = behindCaddy(values, "0.0.0.0", 80, 443);
        if (values.usable(DOMAIN) && site.isLocal()) {
            values.refuse(DOMAIN, "a public domain, by which the machine is reached", EXAMPLE_DOMAIN);
        } else if (values.usable(DOMAIN)) {
            checkPublic(values, site, environment);
        }
        return site;
    }

    private static SiteConfig behindCaddy(ConfigValues values, String address, int httpPort, int httpsPort) {
        var site = new SiteConfig(
                domain(values),
                values.optional(TLS_EMAIL),
                values.flag(ACME_STAGING),
                values.flag(DNS_READY),
                address,
                httpPort,
                httpsPort,
                values.integer(MAX_REQUEST_BODY_MIB, 1, 64));
        site.tlsEmail()
                .filter(email -> !EMAIL.matcher(email).matches())
                .ifPresent(email -> values.refuse(TLS_EMAIL, "an e-mail address, name@domain", "ops@example.com"));
        return site;
    }

    /** Where a cloud mails its alarms to; empty where they reach nobody, which is worth a warning in production. */
    static Optional<String> alarmEmail(ConfigValues values, Environment environment) {
        var email = values.optional(ALARM_EMAIL);
        email.filter(address -> !EMAIL.matcher(address).matches())
                .ifPresent(address -> values.refuse(ALARM_EMAIL, "an e-mail address, name@domain", "ops@example.com"));
        if (environment == Environment.PROD && email.isEmpty()) {
            values.warn("freshtrack:alarmEmail is not set: alarms reach nobody. Set it with: "
                    + values.set(ALARM_EMAIL, "YOU@YOUR.DOMAIN"));
        }
        return email;
    }

    /**
     * What a cloud's front door needs to know; its ports and its certificate's authority are no choice.
     *
     * @param authority who issues the certificate, for a message
     */
    static SiteConfig readBehindFrontDoor(ConfigValues values, String authority) {
        var site = new SiteConfig(domain(values), Optional.empty(), false, values.flag(DNS_READY), "", 80, 443, 1);
        if (values.usable(DOMAIN) && site.isLocal()) {
            values.refuse(
                    DOMAIN, "a public domain: " + authority + " issues no certificate for localhost", EXAMPLE_DOMAIN);
        } else if (DOCUMENTATION_NAME.matcher(site.domain()).matches()) {
            values.warn("freshtrack:domain holds example.com, .net or .org, which nobody can own: "
                    + "set your own domain before the product is to be reached.");
        }
        return site;
    }

    /** The zone in DigitalOcean's DNS that holds the domain; empty where its records are made elsewhere. */
    static Optional<String> dnsZone(ConfigValues values, SiteConfig site) {
        var zone = values.optional(DNS_ZONE);
        zone.filter(name -> values.usable(DOMAIN))
                .filter(name -> !site.domain().equals(name) && !site.domain().endsWith("." + name))
                .ifPresent(name -> values.refuse(
                        DNS_ZONE,
                        "empty, or the domain in DigitalOcean's DNS that holds freshtrack:domain, " + site.domain()));
        return zone;
    }

    private static String domain(ConfigValues values) {
        var domain = values.text(DOMAIN);
        if (ADDRESS.matcher(domain).matches()) {
            values.refuse(DOMAIN, "a host name, not an IP address: the certificate is issued for a name");
        } else if (!domain.equals(LOCALHOST) && !PUBLIC_DOMAIN.matcher(domain).matches()) {
            values.refuse(
                    DOMAIN,
                    "localhost, or a public host name in lower case (letters, digits and hyphens between dots), such as "
                            + EXAMPLE_DOMAIN);
        } else if (!domain.equals(LOCALHOST) && hasPrivateEnding(domain)) {
            values.refuse(DOMAIN, "localhost, or a public host name: Let's Encrypt issues nothing for this ending");
        }
        return domain;
    }

    /** Whether no public authority signs for the name. */
    static boolean hasPrivateEnding(String name) {
        return PRIVATE_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static void checkLocal(ConfigValues values, SiteConfig site, Environment environment) {
        if (values.usable(ENVIRONMENT) && environment == Environment.PROD) {
            values.refuse(DOMAIN, "a public domain, because freshtrack:environment is prod", EXAMPLE_DOMAIN);
        }
        if (values.usable(ACME_STAGING) && site.acmeStaging()) {
            values.refuse(
                    ACME_STAGING,
                    "false, because freshtrack:domain is localhost, whose certificate no ACME server issues");
        }
        if (values.usable(DNS_READY) && !site.dnsReady()) {
            values.refuse(DNS_READY, "true, because freshtrack:domain is localhost, which needs no DNS record");
        }
    }

    private static void checkPublic(ConfigValues values, SiteConfig site, Environment environment) {
        if (site.tlsEmail().isEmpty()) {
            values.refuse(
                    TLS_EMAIL,
                    "an e-mail address for Let's Encrypt, because freshtrack:domain is public",
                    "ops@" + site.domain());
        }
        if (DOCUMENTATION_NAME.matcher(site.domain()).matches()
                || site.tlsEmail()
                        .filter(email -> DOCUMENTATION_NAME.matcher(email).matches())
                        .isPresent()) {
            values.warn(
                    "freshtrack:domain or freshtrack:tlsEmail holds example.com, .net or .org, which nobody can own: "
                            + "set your own domain and address before the product is to be reached.");
        }
        if (values.usable(HTTP_PORT, HTTPS_PORT) && (site.httpPort() != 80 || site.httpsPort() != 443)) {
            values.warn(
                    "freshtrack:httpPort and freshtrack:httpsPort are %d and %d: Let's Encrypt asks ports 80 and 443 of %s, which something else must forward."
                            .formatted(site.httpPort(), site.httpsPort(), site.domain()));
        }
        if (LOOPBACK.matcher(site.publishAddress()).matches()) {
            values.warn("freshtrack:publishAddress is " + site.publishAddress()
                    + ": only this host reaches the product, and Let's Encrypt only if something forwards to it.");
        }
        if (environment == Environment.PROD && site.acmeStaging()) {
            values.warn("freshtrack:acmeStaging is true in prod: browsers don't trust the staging CA's certificates.");
        }
    }
}
