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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Copies a file or a folder to a host. As with the official provider, a new file has mode 0644, and a folder lands inside
 * remotePath under its own name, unless its path ends with a slash, and loses its executable bits (remote/copyController.go,
 * sftpCopy). The shell and tar of the host do it, not its sftp server.
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
        return new Created(CommandLife.suffix(), Map.of());
    }

    /** Another connection alone copies nothing: remote/copyController.go, Update. */
    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException {
        boolean changed = Stream.of("source", "remotePath")
                .anyMatch(name -> !Objects.equals(
                        operation.inputs().get(name), operation.olds().get(name)));
        if (changed) {
            copy(operation);
        }
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
            String path = (String) source.fields().get("path");
            if (path == null) {
                content = ((String) source.fields().get("text")).getBytes(StandardCharsets.UTF_8);
                command = "if [ -d " + quote(target)
                        + " ]; then echo 'remotePath is a directory; a text needs the path of a"
                        + " file' >&2; exit 1; fi; cat > " + quote(target);
            } else if (Files.isDirectory(Path.of(path))) {
                content = folder(Path.of(path), !path.endsWith("/"));
                command = "{ [ -d " + quote(target) + " ] || mkdir " + quote(target)
                        + "; } && tar -x --no-same-owner --no-overwrite-dir -f - -C " + quote(target);
            } else {
                content = Files.readAllBytes(Path.of(path));
                String inside = quote(target + "/" + Path.of(path).getFileName());
                command = "if [ -d " + quote(target) + " ]; then cat > " + inside + "; else cat > " + quote(target)
                        + "; fi";
            }
        } catch (IOException e) {
            throw new ResourceFailure("can't read the source: " + e.getClass().getSimpleName());
        }
        try (SshConnection ssh = SshConnection.open(processes, connection, Map.of())) {
            Subprocesses.Result result = ssh.run(operation, connection, command, content, Subprocesses.Listener.SILENT);
            if (result.exitCode() != 0) {
                throw new ResourceFailure("can't copy to " + target + ": "
                        + operation.redaction().apply(result.stderr().strip()));
            }
        }
    }

    private static byte[] folder(Path folder, boolean underItsName) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
                Stream<Path> paths = Files.walk(root)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path path : paths.sorted().toList()) {
                Path name = (underItsName ? root.getParent() : root).relativize(path);
                if (name.toString().isEmpty()) {
                    continue;
                }
                TarArchiveEntry entry = new TarArchiveEntry(path, name.toString());
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
