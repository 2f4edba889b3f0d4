package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code scripts/doctor} makes of a server, for which a stand-in for {@code ssh} speaks, and of an old engine here. */
@Tag("engine")
class DoctorTest {
    @TempDir
    private Path commands;

    @Test
    void aServerAsRecommendedIsReady() throws IOException {
        var doctor = doctor(Map.of());

        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output()).doesNotContain("warn", "FAIL").endsWith("ready\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    docker   | 23.0.6        | FAIL  Docker Engine    23.0.6 is older than 24
                    docker   | ''            | FAIL  Docker Engine    none answers
                    denied   | docker.sock   | FAIL  Docker Engine    root may not use it
                    cpus     | 1             | FAIL  processors       1
                    cpus     | 2             | warn  processors       2
                    memory   | 2048          | FAIL  memory           2048 MiB
                    memory   | 4096          | warn  memory           4096 MiB
                    disk     | 20000         | FAIL  disk             20000 MB
                    disk     | 60000         | warn  disk             60000 MB
                    free     | 500           | FAIL  free disk        500 MiB
                    compose  | ''            | warn  Compose          no Compose v2 there
                    epoch    | 1             | FAIL  clock
                    taken-80 | ''            | FAIL  port 80          something that is no container has it
                    ports    | unknown       | warn  ports            nobody knows whether they are free
                    """)
    void whatIsLessIsRefusedOrWarnedOf(String name, String value, String line) throws IOException {
        var doctor = doctor(Map.of(name, value));

        assertThat(doctor.output()).contains(line);
        assertThat(doctor.exitCode()).as(doctor.output()).isEqualTo(line.startsWith("FAIL") ? 1 : 0);
    }

    /** Good enough to try things, not to serve. */
    @ParameterizedTest
    @CsvSource({"23.0.6, true", "28.1.0, false"})
    void anOldEngineOfThisMachineIsOnlyWarnedOf(String version, boolean warned) throws IOException {
        write("docker", "echo " + version);
        var doctor = run("scripts/doctor");

        assertThat(doctor.output()).contains("ok    Docker Engine    " + version);
        assertThat(doctor.output().contains("warn  Docker Engine    releases before 24"))
                .as(doctor.output())
                .isEqualTo(warned);
    }

    private Shell.Result doctor(Map<String, String> different) throws IOException {
        var says = new TreeMap<>(Map.of(
                "epoch", String.valueOf(Instant.now().getEpochSecond()),
                "cpus", "4",
                "memory", "8192",
                "disk", "110000",
                "free", "90000",
                "docker", "28.1.0",
                "compose", "2.35.0",
                "synchronised", "yes"));
        says.putAll(different);
        var lines = says.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n", "", "\nend ok\n"));
        Files.writeString(commands.resolve("answer"), lines);
        write("ssh", "cat >/dev/null\ncat '" + commands.resolve("answer") + "'");
        return run("scripts/doctor", "--host", "ssh://root@203.0.113.7");
    }

    private void write(String command, String script) throws IOException {
        var file = Files.writeString(commands.resolve(command), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Shell.Result run(String... command) {
        return Shell.run(
                Duration.ofMinutes(1),
                "",
                List.of(command),
                Map.of("PATH", commands + ":" + Checkout.environment("PATH")));
    }
}
