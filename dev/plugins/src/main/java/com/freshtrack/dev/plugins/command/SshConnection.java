package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One use of the system's ssh client. Key, known hosts and variables live in a directory that only this user can read, and only
 * as long as the connection; nothing of them is on a command line.
 */
final class SshConnection implements AutoCloseable {

    /** Connection properties that the ssh client isn't told. */
    private static final List<String> NOT_ACTED_ON = List.of("password", "privateKeyPassword", "proxy");

    private static final int SSH_FAILED = 255;

    private final Subprocesses processes;
    private final Path directory;

    private SshConnection(Subprocesses processes, Path directory) {
        this.processes = processes;
        this.directory = directory;
    }

    static List<String> problems(Map<String, Object> inputs) {
        if (!(inputs.get("connection") instanceof Map<?, ?> connection)) {
            return List.of();
        }
        return Stream.concat(
                        NOT_ACTED_ON.stream()
                                .filter(name -> connection.get(name) != null)
                                .map(name -> "property \"connection." + name
                                        + "\" isn't acted on by the bundled command plugin;"
                                        + " use a privateKey without a passphrase, or the official plugin"),
                        Stream.of("host", "user", "hostKey", "agentSocketPath")
                                .filter(name -> connection.get(name) instanceof String text
                                        && text.strip().contains("\n"))
                                .map(name -> "property \"connection." + name + "\" must be a single line"))
                .toList();
    }

    static SshConnection open(Subprocesses processes, Map<?, ?> connection, Map<String, String> variables)
            throws ResourceFailure {
        try {
            Path directory = Files.createTempDirectory("freshtrack-ssh-");
            SshConnection ssh = new SshConnection(processes, directory);
            ssh.write(connection, variables);
            return ssh;
        } catch (IOException e) {
            throw new ResourceFailure(
                    "can't prepare the ssh connection: " + e.getClass().getSimpleName());
        }
    }

    private void write(Map<?, ?> connection, Map<String, String> variables) throws IOException {
        List<String> config = new ArrayList<>();
        config.add("Host target");
        config.add("HostName " + quoted(connection.get("host")));
        config.add("Port " + number(connection.get("port"), 22));
        config.add("User " + quoted(connection.get("user") == null ? "root" : connection.get("user")));
        config.add("BatchMode yes");
        config.add("ConnectTimeout " + number(connection.get("perDialTimeout"), 15));
        config.add("ServerAliveInterval 15");
        config.add("GlobalKnownHostsFile /dev/null");
        if (connection.get("hostKey") instanceof String key && !key.isBlank()) {
            Path known = Files.writeString(directory.resolve("known_hosts"), "target " + key.strip() + "\n");
            config.add("UserKnownHostsFile " + quoted(known));
            config.add("HostKeyAlias target");
            config.add("StrictHostKeyChecking yes");
        } else {
            // the official provider doesn't verify a host whose key it isn't given
            config.add("UserKnownHostsFile /dev/null");
            config.add("StrictHostKeyChecking no");
            config.add("LogLevel ERROR");
        }
        if (connection.get("privateKey") instanceof String key && !key.isBlank()) {
            Path file = Files.createFile(
                    directory.resolve("key"),
                    java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, key.strip() + "\n");
            config.add("IdentityFile " + quoted(file));
            config.add("IdentitiesOnly yes");
        }
        if (connection.get("agentSocketPath") instanceof String socket && !socket.isBlank()) {
            config.add("IdentityAgent " + quoted(socket));
        }
        if (!variables.isEmpty()) {
            config.add("SetEnv "
                    + String.join(
                            " ",
                            variables.entrySet().stream()
                                    .map(variable -> quoted(variable.getKey() + "=" + variable.getValue()))
                                    .toList()));
        }
        Files.write(directory.resolve("config"), config);
    }

    /** Runs a command on the host; an unreachable host is tried {@code dialErrorLimit} times. */
    Subprocesses.Result run(
            Operation operation, Map<?, ?> connection, String command, byte[] stdin, Subprocesses.Listener listener)
            throws ResourceFailure, InterruptedException {
        List<String> line = List.of("ssh", "-F", directory.resolve("config").toString(), "target", command);
        int attempts = Math.max(1, number(connection.get("dialErrorLimit"), 10));
        for (int attempt = 1; ; attempt++) {
            Subprocesses.Result result =
                    processes.run(line, Map.of(), null, stdin, operation.timeoutSeconds(), listener);
            if (result.exitCode() != SSH_FAILED || attempt >= attempts || !isDialError(result.stderr())) {
                return result;
            }
            processes.pause(1000);
        }
    }

    private static boolean isDialError(String stderr) {
        return Stream.of(
                        "Connection refused",
                        "timed out",
                        "No route to host",
                        "Connection reset",
                        "Connection closed",
                        "kex_exchange_identification",
                        "Could not resolve hostname")
                .anyMatch(stderr::contains);
    }

    private static int number(Object value, int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    private static String quoted(Object value) {
        return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public void close() throws ResourceFailure {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new ResourceFailure("can't remove " + directory);
        }
    }
}
