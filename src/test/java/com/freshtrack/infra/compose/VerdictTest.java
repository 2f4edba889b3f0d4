package com.freshtrack.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code host/steps/verdict.sh} makes of what the engine says of a unit, with a docker and a curl that only answer. */
@Tag("unit")
@Timeout(60)
class VerdictTest {
    private static final String FAKES = Checkout.file("src/test/resources").toString();

    @TempDir
    private Path answers;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthy, restarted 0 times, with 1 answers",
                "healthy, restarted 3 times, with 5 answers",
                "starting, restarted 0 times, with 0 answers"
            })
    void takesAUnitThatIsHealthyOrWasNotAskedYet(String health) throws IOException {
        assertThat(verdict(health))
                .isEqualTo(new Shell.Result(
                        0, "verdict: https://localhost/ready answers, and what was asked for is what runs\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "starting, restarted 0 times, with 1 answers",
                "starting, restarted 1 times, with 0 answers",
                "unhealthy, restarted 0 times, with 5 answers"
            })
    void failsWithAnyOther(String health) throws IOException {
        assertThat(verdict(health))
                .isEqualTo(new Shell.Result(
                        1, "verdict: for 1 s: api-a is " + health + " to the engine's health check\n"));
    }

    private Shell.Result verdict(String health) throws IOException {
        Files.writeString(answers.resolve("health"), health + "\n");
        return Shell.run(
                Duration.ofSeconds(30),
                "",
                List.of("sh", Checkout.file("host/steps/verdict.sh").toString()),
                Map.ofEntries(
                        Map.entry("ADDRESS", ""),
                        Map.entry("AUTHORITY", "public"),
                        Map.entry("CADDY", "caddy"),
                        Map.entry("FAKE_DOCKER", answers.toString()),
                        Map.entry("FAKE_VM", answers.toString()),
                        Map.entry("IMAGE", "sha256:1"),
                        Map.entry("MAX_CONNECTIONS", "100"),
                        Map.entry("PATH", FAKES + "/fake-docker:" + FAKES + "/fake-vm:" + System.getenv("PATH")),
                        Map.entry("POSTGRES", "postgres"),
                        Map.entry("TIMEOUT_SECONDS", "1"),
                        Map.entry("UNITS", "api-a"),
                        Map.entry("URL", "https://localhost/ready")));
    }
}
