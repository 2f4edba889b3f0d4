package com.freshtrack.infra.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start script, run by a real shell. */
@Tag("unit")
@Timeout(20)
class ContainerFilesTest {
    private static final String NASTY = "a$b`c\\d\"e'f${g}%s\n-n";

    @TempDir
    private Path folder;

    @Test
    void writesFilesExactlyAndTakesTheSecretsAway() throws Exception {
        var plain = FileSpec.text("/etc/x/plain", NASTY + "\n");
        var mixed = FileSpec.text("/etc/x/mixed", NASTY + FileSpec.placeholder("key") + NASTY);
        var files = new ContainerFiles(spec("SIGTERM", plain, mixed, FileSpec.secret("key")));

        var shell = start(files, List.of("sh", "-c", "env; echo \"$1\"", "x", "an argument"), NASTY);

        var said = new String(shell.getInputStream().readAllBytes());
        assertThat(shell.waitFor()).as(said).isZero();
        assertThat(said).contains("an argument").doesNotContain(ContainerFiles.variable("key"));
        assertThat(folder.resolve("etc/x/plain")).hasContent(NASTY + "\n");
        assertThat(Files.readString(folder.resolve("etc/x/mixed"))).isEqualTo(NASTY + NASTY + NASTY);
        assertThat(Files.readString(folder.resolve("run/secrets/key"))).isEqualTo(NASTY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run/secrets/key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void movesThePathsOfItsFilesAndNoOthers() {
        var files = new ContainerFiles(
                spec("SIGTERM", FileSpec.text("/run/secrets/key", ""), FileSpec.text("/run/secrets/key_id", "")));

        assertThat(files.moved("cat /run/secrets/key /run/secrets/key_id /run/secrets/keys /var/run/secrets/key"))
                .isEqualTo("cat /tmp/freshtrack/run/secrets/key /tmp/freshtrack/run/secrets/key_id"
                        + " /run/secrets/keys /var/run/secrets/key");
    }

    /** A signal that the shell ignores for its children stays ignored in a shell, so the child is a Perl. */
    @Test
    void handsSigtermOnAsTheServicesOwnSignalAndEndsAsItEnds() throws Exception {
        var files = new ContainerFiles(spec("SIGINT", FileSpec.text("/etc/x/plain", "")));
        var child = "$| = 1; $SIG{INT} = sub { select(undef, undef, undef, 0.3); print qq(drained\\n); exit 7 };"
                + " print qq(ready\\n); sleep 1 while 1";

        var shell = start(files, List.of("perl", "-e", child), "");
        var lines = shell.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
        shell.toHandle().destroy();

        assertThat(lines.readLine()).isEqualTo("drained");
        assertThat(shell.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isEqualTo(7);
    }

    private Process start(ContainerFiles files, List<String> command, String secret) throws IOException {
        var words = new ArrayList<>(
                List.of("/bin/sh", "-c", files.script().replace("/tmp/freshtrack", folder.toString()), "sh"));
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put(ContainerFiles.variable("key"), secret);
        return builder.start();
    }

    private static ServiceSpec spec(String stopSignal, FileSpec... files) {
        return new ServiceSpec(
                "x",
                Lifecycle.PERMANENT,
                "x:1",
                new ProcessSpec(List.of("x"), List.of(), "", new TreeMap<>(), stopSignal, 10),
                List.of(files),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new Resources(1, 64),
                Isolation.NONE);
    }
}
