package com.freshtrack.dev.plugins.docker;

import com.freshtrack.dev.plugins.serve.ResourceFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options for the {@code ssh} of the docker command, which has no setting for them and takes the first {@code ssh} on its
 * PATH. The official provider gives them to docker's library, which puts them first as well
 * (https://github.com/docker/cli/blob/master/cli/connhelper/connhelper.go ).
 */
final class SshWrapper {

    private SshWrapper() {}

    /** The PATH under which docker finds an ssh with these options. */
    static Map<String, String> withOptions(List<String> options) throws ResourceFailure {
        String path = System.getenv("PATH");
        Path ssh = Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, "ssh"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new ResourceFailure("can't run ssh: is it installed and on PATH?"));
        String words = Stream.concat(Stream.of(ssh.toString()), options.stream())
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        String script = "#!/bin/sh\nexec " + words + " \"$@\"\n";
        try {
            // The engine kills its plugins, so nothing can be removed at the end: one place for each text.
            Path directory = Files.createDirectories(home().resolve("freshtrack-ssh")
                    .resolve(UUID.nameUUIDFromBytes(script.getBytes(StandardCharsets.UTF_8))
                            .toString()));
            Path next = Files.createTempFile(directory, "ssh", ".next");
            Files.writeString(next, script);
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
            Files.move(next, directory.resolve("ssh"), StandardCopyOption.ATOMIC_MOVE);
            return Map.of("PATH", directory + File.pathSeparator + path);
        } catch (IOException e) {
            throw new ResourceFailure("can't write ssh's options below " + home() + ": " + e.getMessage());
        }
    }

    /** Where the engine keeps what is its user's own. */
    private static Path home() {
        return Optional.ofNullable(System.getenv("PULUMI_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".pulumi"));
    }
}
