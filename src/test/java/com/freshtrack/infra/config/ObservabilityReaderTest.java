package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.prod;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ObservabilityReaderTest {
    @Test
    void isOnInProdAndOffInDevUnlessToldOtherwise() {
        assertThat(read(prod()).observability()).isPresent();
        assertThat(read(dev()).observability()).isEmpty();
        assertThat(read(with(prod(), "observability", "false")).observability()).isEmpty();
        assertThat(read(with(dev(), "observability", "true", "hostMemoryMiB", "8192"))
                        .observability())
                .isPresent();
    }

    @Test
    void countsInTheHostsMemoryOnlyWhereItRuns() {
        assertThat(read(prod()).resources().peakMemoryMiB()).isEqualTo(3328 + 512 + 512 + 512 + 384 + 6 * 64);
        assertThat(read(with(prod(), "observability", "false")).resources().peakMemoryMiB())
                .isEqualTo(3328);
    }

    @Test
    void readsWhereAlertsGo() {
        var observability = read(with(
                        prod(),
                        "alertWebhookUrl",
                        "https://hooks.acme.io/T0/hunter2",
                        "alertEmailTo",
                        "ops@acme.io",
                        "alertEmailFrom",
                        "alerts@acme.io",
                        "alertSmtpHost",
                        "smtp.acme.io:587",
                        "alertSmtpUser",
                        "alerts",
                        "alertSmtpPassword",
                        "hunter2"))
                .observability()
                .orElseThrow();

        assertThat(observability.alertWebhook()).contains(new SecretText("https://hooks.acme.io/T0/hunter2"));
        var mail = observability.alertMail().orElseThrow();
        assertThat(mail.smtpHost()).isEqualTo("smtp.acme.io:587");
        assertThat(mail.login()).contains(new ObservabilityConfig.Login("alerts", new SecretText("hunter2")));
        assertThat(observability.toString()).doesNotContain("hunter2");
    }

    @Test
    void warnsInProdWhereAlertsReachNobody() {
        assertThat(read(prod()).warnings())
                .anyMatch(warning -> warning.contains("alerts reach nobody")
                        && warning.contains("pulumi config set --secret freshtrack:alertWebhookUrl --stack t1"));
        assertThat(read(with(prod(), "alertWebhookUrl", "https://hooks.acme.io/x"))
                        .warnings())
                .noneMatch(warning -> warning.contains("alerts reach nobody"));
    }

    @Test
    void derivesGrafanasName() {
        assertThat(grafanaDomain(prod())).isEqualTo("grafana.freshtrack.acme.io");
        assertThat(grafanaDomain(with(prod(), "grafanaDomain", "watch.acme.io")))
                .isEqualTo("watch.acme.io");
        assertThat(grafanaDomain(with(dev(), "observability", "true", "hostMemoryMiB", "8192")))
                .isEqualTo("grafana.localhost");
    }

    private static String grafanaDomain(Map<String, String> values) {
        return read(values).observability().orElseThrow().grafanaDomain();
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, encrypted("alertWebhookUrl", "alertSmtpPassword"), false);
    }
}
