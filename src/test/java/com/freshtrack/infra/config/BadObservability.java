package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.prod;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.Map;
import java.util.stream.Stream;

/** The bad configurations of what watches the product; every secret in it has the word {@code hunter2} in it. */
final class BadObservability {
    private BadObservability() {}

    static Stream<Case> all() {
        return Stream.of(general(), delivery(), mail()).flatMap(each -> each);
    }

    private static Stream<Case> general() {
        return Stream.of(
                bad("neither on nor off", with(dev(), "observability", "yes"), "observability", "true or false"),
                bad(
                        "a host that is too small for it",
                        with(prod(), "hostMemoryMiB", "4096"),
                        "hostMemoryMiB",
                        "1 × prometheus 512",
                        "6 × alertmanager and exporters 64",
                        "= 5632 MiB",
                        "freshtrack:observability false",
                        "freshtrack:hostMemoryMiB 5632"),
                bad("Grafana under the product's name", grafana("freshtrack.acme.io"), "grafanaDomain", "another name"),
                bad("Grafana under an address", grafana("10.0.0.1"), "grafanaDomain", "grafana.freshtrack.acme.io"),
                bad("Grafana under a private name", grafana("grafana.internal"), "grafanaDomain", "public host name"),
                bad("a Caddyfile in Grafana's name", grafana("a.acme.io {\n"), "grafanaDomain", "public host name"),
                bad(
                        "a public name for Grafana beside localhost",
                        with(dev(), "grafanaDomain", "grafana.acme.io"),
                        "grafanaDomain",
                        ".localhost"),
                bad("no retention", with(prod(), "prometheusRetentionDays", "0"), "prometheusRetentionDays", "from 1"),
                bad(
                        "retention in words",
                        with(prod(), "lokiRetentionDays", "14d"),
                        "lokiRetentionDays",
                        "whole number"),
                bad(
                        "too little for Prometheus",
                        with(prod(), "prometheusMemoryMiB", "64"),
                        "prometheusMemoryMiB",
                        "128"),
                bad(
                        "a stand-in in prod",
                        with(prod(), "lokiImage", "freshtrack-standin/loki:1"),
                        "lokiImage",
                        "real image"),
                bad("latest in prod", with(prod(), "grafanaImage", "grafana/grafana"), "grafanaImage", "has no tag"));
    }

    private static Stream<Case> delivery() {
        return Stream.of(
                bad(
                        "a webhook that nothing would call",
                        with(dev(), "alertWebhookUrl", "https://acme.io/hunter2"),
                        "alertWebhookUrl",
                        "[secret]",
                        "freshtrack:observability",
                        "pulumi config rm freshtrack:alertWebhookUrl"),
                bad(
                        "a webhook without a scheme",
                        with(prod(), "alertWebhookUrl", "acme.io/hunter2"),
                        "alertWebhookUrl",
                        "https://"),
                bad(
                        "a webhook with a line break",
                        with(prod(), "alertWebhookUrl", "https://acme.io/hunter2\nx"),
                        "alertWebhookUrl",
                        "https://"));
    }

    private static Stream<Case> mail() {
        return Stream.of(
                bad("mail to nobody", mail("alertEmailTo", ""), "alertEmailTo", "freshtrack:alertEmailFrom is set"),
                bad("mail from nobody", mail("alertEmailFrom", ""), "alertEmailFrom", "freshtrack:alertEmailTo is set"),
                bad("mail without a server", mail("alertSmtpHost", ""), "alertSmtpHost", "smtp.example.com:2525"),
                bad("a server without a port", mail("alertSmtpHost", "smtp.acme.io"), "alertSmtpHost", "host:port"),
                bad("mail to two", mail("alertEmailTo", "a@acme.io,b@acme.io"), "alertEmailTo", "name@domain"),
                bad(
                        "YAML in the sender",
                        mail("alertEmailFrom", "a@acme.io\"\nto: b"),
                        "alertEmailFrom",
                        "name@domain"),
                bad("YAML in the login", mail("alertSmtpUser", "ops\"\nx: y"), "alertSmtpUser", "a login of letters"),
                bad(
                        "a login without a password",
                        mail("alertSmtpPassword", ""),
                        "alertSmtpPassword",
                        "alertSmtpUser is set"),
                bad(
                        "a password without a login",
                        mail("alertSmtpUser", ""),
                        "alertSmtpPassword",
                        "alertSmtpUser is not set"));
    }

    private static Map<String, String> grafana(String name) {
        return with(prod(), "grafanaDomain", name);
    }

    /** A complete delivery by mail with one key changed. */
    private static Map<String, String> mail(String key, String value) {
        var complete = with(
                prod(),
                "alertEmailTo",
                "ops@acme.io",
                "alertEmailFrom",
                "alerts@acme.io",
                "alertSmtpHost",
                "smtp.acme.io:587",
                "alertSmtpUser",
                "alerts",
                "alertSmtpPassword",
                "hunter2-hunter2");
        return with(complete, key, value);
    }

    private static Case bad(String name, Map<String, String> values, String key, String... fragments) {
        return new Case(name, values, encrypted("alertWebhookUrl", "alertSmtpPassword"), key, fragments);
    }
}
