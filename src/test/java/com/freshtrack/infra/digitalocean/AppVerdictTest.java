package com.freshtrack.infra.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.services.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict's script with a curl that answers from files. */
@Tag("unit")
@Timeout(30)
class AppVerdictTest {
    private static final Path FAKES = Path.of("src/test/resources/fake-vm").toAbsolutePath();
    private static final String TOKEN = "dop_v1_for_tests_only";
    private static final String URL = "https://freshtrack.acme.io/ready";

    private record Ended(int code, String output) {}

    @TempDir
    private Path answers;

    @Test
    void passesWhenWhatWasAskedForRuns() throws Exception {
        newest("ACTIVE", AppStacks.DIGEST);

        var ended = run(TOKEN);

        assertThat(ended.output()).isEqualTo("verdict: " + URL + " answers, and what was asked for is what runs\n");
        assertThat(ended.code()).isZero();
        assertThat(Files.readString(answers.resolve("curl.calls")))
                .contains("/v2/apps/app-1/deployments?per_page=1", URL)
                .doesNotContain(TOKEN);
    }

    @Test
    void failsWithADeploymentThatFailed() throws Exception {
        newest("ERROR", AppStacks.DIGEST);

        assertFails(run(TOKEN), "the one before serves on");
    }

    /** The one before may be listed first for a while, whatever became of it. */
    @ParameterizedTest
    @ValueSource(strings = {"ACTIVE", "ERROR"})
    void failsWhenAnotherImageStaysTheNewest(String phase) throws Exception {
        newest(phase, "sha256:" + "f".repeat(64));

        assertFails(run(TOKEN), "is not active with the API's image " + AppStacks.DIGEST);
    }

    @Test
    void failsWhenADeploymentTakesTooLong() throws Exception {
        newest("DEPLOYING", AppStacks.DIGEST);

        assertFails(run(TOKEN), "after 0 s the newest deployment of the app is not active with");
    }

    @Test
    void failsWhenNobodyAnswers() throws Exception {
        newest("ACTIVE", AppStacks.DIGEST);
        Files.writeString(answers.resolve("status"), "503");

        assertFails(run(TOKEN), "for 0 s " + URL + " answers 503, not 200");
    }

    @Test
    void failsWithoutAToken() throws Exception {
        assertFails(run(""), "DIGITALOCEAN_TOKEN is not set");
    }

    private static void assertFails(Ended ended, String reason) {
        assertThat(ended.output()).contains(reason);
        assertThat(ended.code()).isEqualTo(1);
    }

    private void newest(String phase, String digest) throws IOException {
        Files.writeString(
                answers.resolve("deployments"),
                """
                {"deployments": [{"id": "d-2", "spec": {"services": [{"image": {"digest": "%s"}}]}, "phase": "%s"}]}
                """
                        .formatted(digest, phase));
    }

    private Ended run(String token) throws Exception {
        var shell = new ProcessBuilder("sh", "-c", ScriptFile.read(AppPlatformStack.class, "verdict.sh"));
        shell.environment()
                .putAll(Map.of(
                        "APP",
                        "app-1",
                        "DEPLOYMENT_SECONDS",
                        "0",
                        "DIGEST",
                        AppStacks.DIGEST,
                        "DIGITALOCEAN_TOKEN",
                        token,
                        "FAKE_VM",
                        answers.toString(),
                        "PATH",
                        FAKES + ":" + System.getenv("PATH"),
                        "TIMEOUT_SECONDS",
                        "0",
                        "URL",
                        URL));
        var process = shell.redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), output);
    }
}
