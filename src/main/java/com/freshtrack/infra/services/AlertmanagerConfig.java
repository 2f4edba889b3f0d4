package com.freshtrack.infra.services;

import com.freshtrack.infra.config.ObservabilityConfig;

/** Renders {@code alertmanager.yml}: https://prometheus.io/docs/alerting/latest/configuration/. Secrets are named by file. */
final class AlertmanagerConfig {
    private AlertmanagerConfig() {}

    /** One receiver for every alert; without a webhook and mail it only shows them in Grafana. */
    static String yaml(ObservabilityConfig observability) {
        return """
                # Rendered by freshtrack-infra.
                route:
                  receiver: operators
                  group_by: [alertname]
                  group_wait: 10s
                  group_interval: 5m
                  repeat_interval: 4h

                receivers:
                  - name: operators
                """
                + observability.alertWebhook().map(ignored -> WEBHOOK).orElse("")
                + observability.alertMail().map(AlertmanagerConfig::mail).orElse("");
    }

    private static final String WEBHOOK =
            """
                webhook_configs:
                  - url_file: /run/secrets/%s
            """
                    .formatted(SecretNames.ALERT_WEBHOOK);

    private static String mail(ObservabilityConfig.Mail mail) {
        return """
                    email_configs:
                      - to: "%s"
                        from: "%s"
                        smarthost: "%s"
                        send_resolved: true
                """
                        .formatted(mail.to(), mail.from(), mail.smtpHost())
                + mail.login()
                        .map(login ->
                                """
                                        auth_username: "%s"
                                        auth_password_file: /run/secrets/%s
                                """
                                        .formatted(login.user(), SecretNames.ALERT_SMTP))
                        .orElse("");
    }
}
