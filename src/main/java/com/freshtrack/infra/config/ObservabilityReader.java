package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.ALERT_EMAIL_FROM;
import static com.freshtrack.infra.config.ConfigKey.ALERT_EMAIL_TO;
import static com.freshtrack.infra.config.ConfigKey.ALERT_SMTP_HOST;
import static com.freshtrack.infra.config.ConfigKey.ALERT_SMTP_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.ALERT_SMTP_USER;
import static com.freshtrack.infra.config.ConfigKey.ALERT_WEBHOOK_URL;
import static com.freshtrack.infra.config.ConfigKey.DOMAIN;
import static com.freshtrack.infra.config.ConfigKey.GRAFANA_DOMAIN;
import static com.freshtrack.infra.config.ConfigKey.LOKI_RETENTION_DAYS;
import static com.freshtrack.infra.config.ConfigKey.OBSERVABILITY;
import static com.freshtrack.infra.config.ConfigKey.PROMETHEUS_RETENTION_DAYS;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads whether and how the product is watched, and where alerts go; everything here ends up in a YAML file or a Caddyfile. */
final class ObservabilityReader {
    private static final Pattern LOCAL_NAME = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+localhost");
    private static final Pattern WEBHOOK = Pattern.compile("https?://[A-Za-z0-9][^\\s\\p{Cntrl}\"'\\\\]{1,2000}");
    private static final Pattern SMTP_HOST =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?:[1-9][0-9]{0,4}");
    private static final Pattern SMTP_USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._+-]{0,127}");
    private static final Pattern SMTP_PASSWORD = Pattern.compile("[!-~]{1,256}");

    private static final List<ConfigKey> DELIVERY = List.of(
            ALERT_WEBHOOK_URL, ALERT_EMAIL_TO, ALERT_EMAIL_FROM, ALERT_SMTP_HOST, ALERT_SMTP_USER, ALERT_SMTP_PASSWORD);

    private ObservabilityReader() {}

    static Optional<ObservabilityConfig> read(ConfigValues values, Environment environment, SiteConfig site) {
        var wanted = values.optional(OBSERVABILITY).isPresent()
                ? values.flag(OBSERVABILITY)
                : environment == Environment.PROD;
        var config = new ObservabilityConfig(
                grafanaDomain(values, site),
                values.integer(PROMETHEUS_RETENTION_DAYS, 1, 3650),
                values.integer(LOKI_RETENTION_DAYS, 1, 3650),
                webhook(values),
                mail(values));
        if (!wanted) {
            refuseDelivery(values);
            return Optional.empty();
        }
        if (environment == Environment.PROD
                && config.alertWebhook().isEmpty()
                && config.alertMail().isEmpty()) {
            values.warn(
                    "neither freshtrack:alertWebhookUrl nor freshtrack:alertEmailTo is set: alerts reach nobody. Set one with: "
                            + values.set(ALERT_WEBHOOK_URL, ""));
        }
        return Optional.of(config);
    }

    private static String grafanaDomain(ConfigValues values, SiteConfig site) {
        var derived = "grafana." + site.domain();
        var name = values.optional(GRAFANA_DOMAIN).orElse(derived);
        if (!values.usable(DOMAIN) || name.equals(derived)) {
            return name;
        }
        if (site.isLocal()) {
            if (!LOCAL_NAME.matcher(name).matches()) {
                values.refuse(
                        GRAFANA_DOMAIN,
                        "empty, or a name that ends with .localhost, because freshtrack:domain is localhost");
            }
        } else if (!SiteReader.PUBLIC_DOMAIN.matcher(name).matches() || SiteReader.hasPrivateEnding(name)) {
            values.refuse(GRAFANA_DOMAIN, "empty, or a public host name in lower case, such as " + derived);
        } else if (name.equals(site.domain())) {
            values.refuse(GRAFANA_DOMAIN, "another name than that of freshtrack:domain, which is the product's own");
        }
        return name;
    }

    private static Optional<SecretText> webhook(ConfigValues values) {
        var url = values.optional(ALERT_WEBHOOK_URL).filter(text -> values.usable(ALERT_WEBHOOK_URL));
        url.filter(text -> !WEBHOOK.matcher(text).matches())
                .ifPresent(text -> remove(
                        values,
                        ALERT_WEBHOOK_URL,
                        "empty, or a URL that begins with https:// or http://, without spaces and quotes"));
        return url.map(SecretText::new);
    }

    private static Optional<ObservabilityConfig.Mail> mail(ConfigValues values) {
        var given = DELIVERY.stream()
                .filter(key -> key != ALERT_WEBHOOK_URL && values.optional(key).isPresent())
                .findFirst();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var because = " because freshtrack:" + given.get().text() + " is set";
        check(values, ALERT_EMAIL_TO, SiteReader.EMAIL, "an e-mail address, name@domain," + because, "ops@example.com");
        check(
                values,
                ALERT_EMAIL_FROM,
                SiteReader.EMAIL,
                "an e-mail address, name@domain," + because,
                "alerts@example.com");
        check(
                values,
                ALERT_SMTP_HOST,
                SMTP_HOST,
                "a mail server's host:port, such as smtp.example.com:2525," + because,
                "smtp.example.com:2525");
        return Optional.of(new ObservabilityConfig.Mail(
                values.text(ALERT_EMAIL_TO),
                values.text(ALERT_EMAIL_FROM),
                values.text(ALERT_SMTP_HOST),
                login(values)));
    }

    private static Optional<ObservabilityConfig.Login> login(ConfigValues values) {
        var user = values.optional(ALERT_SMTP_USER);
        var password = values.optional(ALERT_SMTP_PASSWORD);
        if (user.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (password.isPresent() && user.isEmpty()) {
            remove(values, ALERT_SMTP_PASSWORD, "nothing, because freshtrack:alertSmtpUser is not set");
            return Optional.empty();
        }
        check(values, ALERT_SMTP_USER, SMTP_USER, "a login of letters, digits and @ . _ + -", "alerts@example.com");
        check(
                values,
                ALERT_SMTP_PASSWORD,
                SMTP_PASSWORD,
                "1 to 256 printable ASCII characters without spaces, because freshtrack:alertSmtpUser is set",
                "");
        return Optional.of(new ObservabilityConfig.Login(user.get(), new SecretText(password.orElse(""))));
    }

    private static void check(ConfigValues values, ConfigKey key, Pattern pattern, String allowed, String suggestion) {
        if (values.usable(key) && !pattern.matcher(values.text(key)).matches()) {
            values.refuse(key, allowed, suggestion);
        }
    }

    /** Alerts that somebody expects and nothing sends are worse than none. */
    private static void refuseDelivery(ConfigValues values) {
        DELIVERY.stream()
                .filter(key -> values.usable(key) && values.optional(key).isPresent())
                .forEach(key ->
                        remove(values, key, "nothing, because nothing watches this stack (freshtrack:observability)"));
    }

    private static void remove(ConfigValues values, ConfigKey key, String allowed) {
        values.refuse(key, values.shown(key), allowed, values.remove(key.text()));
    }
}
