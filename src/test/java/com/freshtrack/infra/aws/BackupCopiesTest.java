package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the machine runs each hour, with stand-ins for {@code docker} and {@code logger} that write down what they are told. */
@Tag("unit")
class BackupCopiesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0, ''", "1, copying the backups to the-bucket failed"})
    void copiesWhatIsNewAndSaysWhenItFails(int status, String said) throws IOException, InterruptedException {
        command("docker", "echo \"$*\" >>docker.calls; exit " + status);
        command("logger", "echo \"$*\" >>logger.calls");
        var script = Files.writeString(folder.resolve("script"), BackupCopies.script(Stacks.ec2(), "the-bucket"));

        var process = new ProcessBuilder("sh", script.toString()).directory(folder.toFile());
        process.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        assertThat(process.start().waitFor()).isZero();

        assertThat(folder.resolve("docker.calls"))
                .content()
                .contains(
                        "--network host",
                        "--env AWS_DEFAULT_REGION=eu-central-1",
                        "--volume freshtrack-prod-backups:/backups:ro",
                        "s3 sync /backups s3://the-bucket/prod --exclude .* --exclude *.partial/*")
                .doesNotContain("--delete");
        if (said.isEmpty()) {
            assertThat(folder.resolve("logger.calls")).doesNotExist();
        } else {
            assertThat(folder.resolve("logger.calls")).content().contains(said);
        }
    }

    private void command(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
