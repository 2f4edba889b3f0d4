package com.freshtrack.infra.config;

import java.util.Optional;

/**
 * How the product is watched.
 *
 * @param grafanaDomain host name under which Caddy serves Grafana
 * @param prometheusRetentionDays how long metrics are kept
 * @param lokiRetentionDays how long log lines are kept
 * @param alertWebhook where alerts are posted to
 * @param alertMail how alerts are mailed
 */
public record ObservabilityConfig(
        String grafanaDomain,
        int prometheusRetentionDays,
        int lokiRetentionDays,
        Optional<SecretText> alertWebhook,
        Optional<Mail> alertMail) {

    /**
     * How alerts are mailed.
     *
     * @param smtpHost the mail server, {@code host:port}
     * @param login the name and the password at the mail server; empty where it asks for none
     */
    public record Mail(String to, String from, String smtpHost, Optional<Login> login) {}

    /** A login at the mail server. */
    public record Login(String user, SecretText password) {}
}
