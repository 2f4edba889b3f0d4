package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.FreePort;
import com.freshtrack.infra.services.SecretNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code alertmanager}, with the files that the product gives it, mails an alert. */
@Tag("monitoring")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AlertMailTest {
    private static final String PASSWORD = MonitoringFiles.DELIVERY.get("alertSmtpPassword");

    @TempDir
    private Path work;

    @Test
    void anAlertIsMailedOverTlsWithTheLogin() throws Exception {
        var name = "freshtrack-t" + UUID.randomUUID();
        var url = "http://127.0.0.1:" + FreePort.any();
        try (var server = MailServer.start(work, "alerts", PASSWORD)) {
            var keys = new HashMap<>(MonitoringFiles.DELIVERY);
            keys.remove("alertWebhookUrl");
            keys.put("alertSmtpHost", "localhost:" + server.port());
            start(name, url, server, keys);
            awaitReady(name, url);

            Docker.run(
                    "exec",
                    name,
                    "amtool",
                    "--alertmanager.url=" + url,
                    "alert",
                    "add",
                    "BackupTooOld",
                    "severity=critical");

            var mail = server.next(Duration.ofSeconds(60));
            assertThat(mail)
                    .as("a mail within a minute; Alertmanager says: %s", Docker.run("logs", name))
                    .isNotNull();
            assertThat(mail.from()).isEqualTo("alerts@acme.io");
            assertThat(mail.to()).isEqualTo("ops@acme.io");
            assertThat(mail.text())
                    .containsPattern("(?m)^Subject: .*FIRING:1.*BackupTooOld")
                    .doesNotContain(PASSWORD);
        } finally {
            Docker.attempt("rm", "--force", "--volumes", name);
        }
    }

    /** In the host's own network, where the mail server and nothing else is reached: all on loopback. */
    private void start(String name, String url, MailServer server, HashMap<String, String> keys) throws IOException {
        var spec = MonitoringFiles.write(work, "alertmanager", keys);
        Files.writeString(work.resolve(SecretNames.ALERT_SMTP), PASSWORD);
        var arguments =
                new ArrayList<>(List.of("run", "--detach", "--name", name, "--network", "host", "--user", "0:0"));
        arguments.addAll(List.of(
                "--env", "SSL_CERT_FILE=/rendered/" + server.certificate().getFileName()));
        arguments.addAll(List.of("--volume", work + ":/rendered:ro", "--volume", work + ":/run/secrets:ro"));
        arguments.addAll(List.of("--volume", work + ":/etc/alertmanager:ro"));
        arguments.addAll(List.of("--entrypoint", spec.process().entrypoint().get(0)));
        arguments.add(MonitoringFiles.image("alertmanagerImage"));
        arguments.addAll(spec.process().command());
        arguments.add("--web.listen-address=" + url.substring("http://".length()));
        Docker.run(arguments.toArray(String[]::new));
    }

    private static void awaitReady(String name, String url) {
        var end = Instant.now().plusSeconds(30);
        while (!Docker.attempt("exec", name, "wget", "-q", "-O", "-", url + "/-/ready")
                .succeeded()) {
            assertThat(Instant.now())
                    .as("Alertmanager says: %s", Docker.run("logs", name))
                    .isBefore(end);
            Product.pause(Duration.ofMillis(300));
        }
    }
}
