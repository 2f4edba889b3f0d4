package com.freshtrack.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code host/deploy} makes of releases, with a docker that only answers. */
@Tag("unit")
@Timeout(120)
class ReleaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path FAKES = Path.of("src/test/resources").toAbsolutePath();
    private static final String DEPLOY = "exec \"$HOME/host/deploy\" \"$RELEASE\" <<<\"$SECRETS\"";

    @TempDir
    private Path home;

    /** The scripts want to be root, which the one who tests needn't be. */
    @BeforeEach
    void root() throws IOException {
        write("bin/chown", "#!/bin/sh\n", true);
        write("bin/id", "#!/bin/sh\necho 0\n", true);
    }

    @Test
    void aLostConnectionPutsBackWhatRan() throws IOException {
        succeeds(run(DEPLOY, release(1)));
        var before = current();
        Files.delete(home.resolve("calls"));

        var lost = run("set -o pipefail; (" + DEPLOY + ") 2>&1 | :", release(2));

        assertThat(lost.succeeded()).isFalse();
        assertThat(current()).isEqualTo(before);
        assertThat(calls().stream().filter(call -> call.contains("releases/" + before + "/compose.yaml")))
                .anyMatch(call -> call.endsWith(" up --detach --no-deps --no-build --pull never api-b"))
                .anyMatch(call -> call.endsWith(" up --detach --no-deps --no-build --pull never api-a"))
                .anyMatch(call -> call.endsWith(" up --detach --no-deps --no-build --pull never caddy"));
        assertThat(calls()).last().asString().startsWith("exec freshtrack-sample-caddy caddy reload ");
        assertThat(home.resolve("put-back.log")).content().contains("freshtrack-sample-api-a is ready");
    }

    @Test
    void anImageGoesWithTheLastReleaseThatNamesIt() throws IOException {
        for (var number = 1; number <= 4; number++) {
            succeeds(run(DEPLOY, release(number)));
        }

        assertThat(Files.readAllLines(home.resolve("images")))
                .doesNotContain(image(1))
                .contains(image(2), image(3), image(4), "postgres:15-alpine");
    }

    @Test
    void pullsWithTheStacksLogin() throws IOException {
        succeeds(run(DEPLOY, copy(Bundles.droplet("privateRegistry", "ghcr.io", "registryLogin", "ops:hunter2"))));

        assertThat(calls()).contains("--config secrets/deploy.1 pull postgres:15-alpine");
        assertThat(home.resolve("secrets/deploy.1/config.json"))
                .content()
                .isEqualTo("{\"auths\":{\"ghcr.io\":{\"auth\":\"value\"}}}\n");
    }

    /** The connection was cut, or the secrets are those of another copy. */
    @Test
    void otherSecretsThanThoseThatWereAskedForChangeNothing() throws IOException {
        succeeds(run(DEPLOY, release(1)));
        var before = current();
        var next = release(2);
        var secrets = home.resolve("incoming/secrets");
        var whole = Files.readString(secrets);
        var asked = Fingerprint.sha256(whole);
        Files.writeString(secrets, whole.substring(0, whole.length() / 2));

        for (var input : List.of("<<<'" + asked + "'", "<<<'incoming/secrets'", "</dev/null")) {
            Files.delete(home.resolve("calls"));
            Files.createFile(home.resolve("calls"));

            var refused = run("exec \"$HOME/host/deploy\" \"$RELEASE\" " + input, next);

            assertThat(refused.succeeded()).isFalse();
            assertThat(refused.output())
                    .contains(
                            input.equals("</dev/null")
                                    ? "standard input is empty"
                                    : "incoming/secrets isn't what was asked for");
            assertThat(calls()).isEmpty();
            assertThat(current()).isEqualTo(before);
        }
    }

    private static String image(int number) {
        return "registry.example.com/freshtrack/api@sha256:"
                + String.valueOf(number).repeat(64);
    }

    /** What a copy of a release leaves in the stack's folder. */
    private Bundle release(int number) throws IOException {
        return copy(Bundles.config("observability", "false", "alertWebhookUrl", "", "apiImage", image(number)));
    }

    private Bundle copy(StackConfig config) throws IOException {
        var bundle = Bundles.of(config);
        for (var file : bundle.files().values()) {
            write(file.path(), file.text(), file.executable());
        }
        write(
                "incoming/secrets",
                bundle.secretFiles().stream().map(ReleaseTest::line).collect(Collectors.joining()),
                false);
        return bundle;
    }

    private static String line(SecretFile secret) {
        var values = secret.file().secrets().stream().collect(Collectors.toMap(name -> name, name -> "value"));
        var text = secret.file().render(values).getBytes(StandardCharsets.UTF_8);
        return secret.reader() + " " + secret.name() + " " + Base64.getEncoder().encodeToString(text) + "\n";
    }

    private Shell.Result run(String script, Bundle bundle) throws IOException {
        return Shell.run(
                LIMIT,
                "",
                List.of("bash", "-c", script),
                Map.of(
                        "FAKE_DOCKER", home.toString(),
                        "FAKE_VM", home.toString(),
                        "HOME", home.toString(),
                        "PATH",
                                home.resolve("bin") + ":" + FAKES.resolve("fake-docker") + ":"
                                        + FAKES.resolve("fake-vm") + ":" + System.getenv("PATH"),
                        "RELEASE", bundle.fingerprint(),
                        "SECRETS", Fingerprint.sha256(Files.readString(home.resolve("incoming/secrets")))));
    }

    private String current() throws IOException {
        return Files.readSymbolicLink(home.resolve("current")).getFileName().toString();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(home.resolve("calls"));
    }

    private void write(String path, String text, boolean executable) throws IOException {
        var file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(executable)).isTrue();
    }

    private static void succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }
}
