package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import com.freshtrack.dev.plugins.wire.Asset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Copies a file or a folder to a host. As seen with the official provider, a file arrives with mode 0644, and a folder lands
 * inside remotePath under its own name with its executable bits lost.
 */
final class CopyToRemote implements ResourceType {

    private static final int FILE_MODE = 0644;

    private final Subprocesses processes;

    CopyToRemote(Subprocesses processes) {
        this.processes = processes;
    }

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>(SshConnection.problems(inputs));
        if (inputs.get("source") instanceof Asset source
                && source.fields().get("path") == null
                && (source.archive() || source.fields().get("text") == null)) {
            problems.add("property \"source\" must be a text, a local file or a local folder;"
                    + " the bundled command plugin copies nothing else");
        }
        return problems;
    }

    @Override
    public Created create(Operation operation) throws ResourceFailure, InterruptedException {
        copy(operation);
        String urn = operation.urn();
        return new Created(urn.substring(urn.lastIndexOf("::") + 2), Map.of());
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException {
        copy(operation);
        return Map.of();
    }

    @Override
    public Optional<Found> read(Operation operation) {
        return Optional.of(new Found(Map.of(), Map.of()));
    }

    @Override
    public void delete(Operation operation) {
        // the official provider leaves the copy where it is
    }

    private void copy(Operation operation) throws ResourceFailure, InterruptedException {
        Map<?, ?> connection = (Map<?, ?>) operation.inputs().get("connection");
        Asset source = (Asset) operation.inputs().get("source");
        String target = (String) operation.inputs().get("remotePath");
        String command;
        byte[] content;
        try {
            Object path = source.fields().get("path");
            if (path == null) {
                content = ((String) source.fields().get("text")).getBytes(StandardCharsets.UTF_8);
                command = writeFile(target);
            } else if (Files.isDirectory(Path.of((String) path))) {
                content = folder(Path.of((String) path));
                command = "mkdir -p " + quote(target) + " && tar -x --no-same-owner -f - -C " + quote(target);
            } else {
                content = Files.readAllBytes(Path.of((String) path));
                command = writeFile(target);
            }
        } catch (IOException e) {
            throw new ResourceFailure("can't read the source: " + e.getClass().getSimpleName());
        }
        try (SshConnection ssh = SshConnection.open(processes, connection, Map.of())) {
            Subprocesses.Result result =
                    ssh.run(operation, connection, command, content, Subprocesses.Listener.SILENT);
            if (result.exitCode() != 0) {
                throw new ResourceFailure("can't copy to " + target + ": "
                        + operation.redaction().apply(result.stderr().strip()));
            }
        }
    }

    private static String writeFile(String target) {
        return "cat > " + quote(target) + " && chmod 0644 " + quote(target);
    }

    private static byte[] folder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
                Stream<Path> paths = Files.walk(folder.toAbsolutePath().normalize())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path path : paths.sorted().toList()) {
                TarArchiveEntry entry =
                        new TarArchiveEntry(path, parent.relativize(path).toString());
                if (Files.isRegularFile(path)) {
                    entry.setMode(FILE_MODE);
                }
                tar.putArchiveEntry(entry);
                if (Files.isRegularFile(path)) {
                    Files.copy(path, tar);
                }
                tar.closeArchiveEntry();
            }
            tar.finish();
        }
        return bytes.toByteArray();
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
