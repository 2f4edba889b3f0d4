package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command on a host, by ssh. Variables reach it only as far as the host's {@code AcceptEnv} lets them, as with the official one. */
final class RemoteCommand implements ResourceType {

    private final Subprocesses processes;
    private final CommandLife life = new CommandLife(this::run);

    RemoteCommand(Subprocesses processes) {
        this.processes = processes;
    }

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>(SshConnection.problems(inputs));
        if (inputs.get("environment") instanceof Map<?, ?> environment
                && environment.values().stream()
                        .anyMatch(value -> value instanceof String text && text.contains("\n"))) {
            problems.add("property \"environment\" has a value of several lines, which the ssh client can't send;"
                    + " bring it by stdin");
        }
        return problems;
    }

    /** These two alone: remote/commandController.go, WireDependencies. */
    @Override
    public boolean computedDependOn(String input) {
        return input.equals("create") || input.equals("update");
    }

    @Override
    public Created create(Operation operation) throws ResourceFailure, InterruptedException {
        return life.create(operation);
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException {
        return life.update(operation);
    }

    @Override
    public Optional<Found> read(Operation operation) {
        return life.read(operation);
    }

    @Override
    public void delete(Operation operation) throws ResourceFailure, InterruptedException {
        life.delete(operation);
    }

    private Subprocesses.Result run(
            Operation operation, String command, Map<String, String> variables, Subprocesses.Listener listener)
            throws ResourceFailure, InterruptedException {
        Map<?, ?> connection = (Map<?, ?>) operation.inputs().get("connection");
        String stdin = operation.inputs().get("stdin") instanceof String text ? text : "";
        try (SshConnection ssh = SshConnection.open(processes, connection, variables)) {
            return ssh.run(operation, connection, command, stdin.getBytes(StandardCharsets.UTF_8), listener);
        }
    }
}
