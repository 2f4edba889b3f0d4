package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator types. What brings a product up or down has its tests elsewhere. */
@Tag("engine")
class ScriptsTest {
    @TempDir
    private Path answers;

    static Stream<Path> scripts() throws IOException {
        return Files.list(Checkout.file("scripts"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::getFileName)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptExplainsItself(Path script) {
        var help = run("scripts/" + script, "--help");
        assertThat(help.succeeded()).as(help.output()).isTrue();
        assertThat(help.output()).startsWith("usage: scripts/" + script);

        var wrong = run("scripts/" + script, "--no-such-option");
        assertThat(wrong.exitCode()).as(wrong.output()).isNotZero();
    }

    /** Nothing is at hand but the checkout: no image, no account at AWS, no certificates of its authorities. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dev  | freshtrack-caddy | freshtrack:apiImage is not set
                    prod | freshtrack-api   | freshtrack:databaseCaFile names rds-ca.pem, which can't be read here: this preview shows
                    """)
    void aTeamsStackIsPreviewedWithoutTouchingItsFile(String stack, String resource, String warning)
            throws IOException {
        var before = stackFiles();

        var preview = run("scripts/preview", stack);

        assertThat(preview.succeeded()).as(preview.output()).isTrue();
        assertThat(preview.output())
                .contains("previewing '" + stack + "' as a new stack", resource, warning, "to create");
        assertThat(stackFiles()).isEqualTo(before);
    }

    @Test
    void anOfficialPluginWithoutCredentialsIsNamedBeforeThePreview() throws IOException {
        Files.writeString(answers.resolve("identity.error"), "\nUnable to locate credentials\n");
        var official = Files.writeString(answers.resolve("pulumi-resource-aws"), "#!/bin/sh\nexit 1\n");
        assertThat(official.toFile().setExecutable(true)).isTrue();

        var refused = accountOf("prod");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("the official one", "AWS knows no credentials of yours: Unable to locate credentials")
                .contains("AWS_PROFILE");
        Files.delete(official);
        assertThat(accountOf("prod").output()).as("with the simulated plugin").isEmpty();
    }

    private Shell.Result accountOf(String stack) {
        var path =
                answers + ":" + Checkout.file("src/test/resources/fake-aws") + ":" + Checkout.pathWithSimulatedClouds();
        return Shell.run(
                Duration.ofMinutes(1),
                "",
                List.of("bash", "-c", "set -eu; . scripts/lib.sh; require_aws_account " + stack),
                Map.of("FAKE_AWS", answers.toString(), "PATH", path));
    }

    @Test
    void aStackThatIsNotThereIsNamedWithThoseThatAre() {
        var preview = run("scripts/preview", "nosuch");

        assertThat(preview.exitCode()).isEqualTo(1);
        assertThat(preview.output()).contains("there is no Pulumi.nosuch.yaml", "dev", "prod");
    }

    @Test
    void theDoctorSaysALineForEachThing() {
        var doctor = run("scripts/doctor");

        assertThat(doctor.output().lines().filter(line -> line.startsWith("ok    ")))
                .as(doctor.output())
                .anyMatch(line -> line.contains("JDK"))
                .anyMatch(line -> line.contains("Docker Engine"));
        assertThat(doctor.succeeded())
                .as(doctor.output())
                .isEqualTo(
                        doctor.output().endsWith("ready\n") && !doctor.output().contains("not ready"));
    }

    private static Map<String, String> stackFiles() throws IOException {
        try (var files = Files.list(Checkout.file(""))) {
            return files.filter(file -> file.getFileName().toString().startsWith("Pulumi."))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(),
                            file -> Checkout.text(file.getFileName().toString())));
        }
    }

    private static Shell.Result run(String... command) {
        return Shell.run(
                Duration.ofMinutes(3), "", List.of(command), Map.of("PATH", Checkout.pathWithSimulatedClouds()));
    }
}
