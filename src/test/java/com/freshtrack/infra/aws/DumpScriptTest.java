package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.RdsDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The nightly dump's script with an AWS CLI and a pg_dump that only answer. */
@Tag("unit")
@Timeout(30)
class DumpScriptTest {
    private static final Path FAKES = Path.of("src/test/resources/fake-aws").toAbsolutePath();

    @TempDir
    private Path answers;

    @BeforeEach
    void noDatabase() throws IOException {
        var dump = Files.writeString(answers.resolve("pg_dump"), "#!/bin/sh\n");
        assertThat(dump.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void countsADumpAndTellsTheAgeOfTheOldestSecret() throws Exception {
        var today = LocalDate.now(ZoneOffset.UTC);
        // As version 2 of the CLI says it, and as version 1 does.
        changed("new", today.minusDays(2) + "T21:12:33.123000+00:00");
        changed("old", today.minusDays(91).atStartOfDay().toEpochSecond(ZoneOffset.UTC) + ".123");

        assertThat(run("new", "old")).isZero();
        assertThat(metrics())
                .containsExactly(
                        "--metric-name DatabaseDumps --dimensions Stack=prod --value 1",
                        "--metric-name OldestSecretDays --dimensions Stack=prod --value 91");
        changed("old", today.minusDays(1) + "T00:00:00+00:00");
        assertThat(run("new", "old")).isZero();
        assertThat(metrics()).last().asString().endsWith("--value 2");
    }

    /** Its task then ends with a failure, which is told, and not with an age of nothing. */
    @Test
    void aSecretThatCannotBeSeenFailsTheTaskAfterTheDump() throws Exception {
        Files.writeString(answers.resolve("gone.error"), "ResourceNotFoundException\n");

        assertThat(run("gone")).isNotZero();
        assertThat(metrics()).singleElement().asString().contains("DatabaseDumps");
    }

    private void changed(String secret, String when) throws IOException {
        Files.writeString(answers.resolve(secret), when + "\n");
    }

    private List<String> metrics() throws IOException {
        return Files.readAllLines(answers.resolve("calls")).stream()
                .filter(call -> call.startsWith("cloudwatch put-metric-data --namespace FreshTrack "))
                .map(call -> call.replaceFirst(".*FreshTrack ", ""))
                .toList();
    }

    private int run(String... secrets) throws Exception {
        Files.deleteIfExists(answers.resolve("calls"));
        var process = RdsDump.of(Stacks.prod(), Addresses.onEcs("db", "internal", "not one"), "dumps", List.of(secrets))
                .process();
        var command = new ArrayList<>(process.entrypoint());
        command.addAll(process.command());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(process.environment());
        builder.environment().put("FAKE_AWS", answers.toString());
        builder.environment().put("PATH", answers + ":" + FAKES + ":" + System.getenv("PATH"));
        var running = builder.start();
        running.getInputStream().readAllBytes();
        return running.waitFor();
    }
}
