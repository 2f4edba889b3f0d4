package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A command on this machine, run by {@code /bin/sh -c} unless an interpreter is given. */
final class LocalCommand implements ResourceType {

    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private final Subprocesses processes;
    private final CommandLife life = new CommandLife(this::run);

    LocalCommand(Subprocesses processes) {
        this.processes = processes;
    }

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        return Stream.of("archivePaths", "assetPaths")
                .filter(inputs::containsKey)
                .map(name -> "property \"" + name + "\" isn't acted on by the bundled command plugin;"
                        + " remove it, or use the official one")
                .toList();
    }

    /** Every input, as the official provider leaves it to its default (local/commandController.go, WireDependencies). */
    @Override
    public boolean computedDependOn(String input) {
        return true;
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
        List<String> line = new ArrayList<>(interpreter(operation));
        line.add(command);
        Path directory = operation.inputs().get("dir") instanceof String dir && !dir.isEmpty() ? Path.of(dir) : null;
        String stdin = operation.inputs().get("stdin") instanceof String text ? text : "";
        return processes.run(
                line,
                variables,
                directory,
                stdin.getBytes(StandardCharsets.UTF_8),
                operation.timeoutSeconds(),
                listener);
    }

    private static List<String> interpreter(Operation operation) {
        if (operation.inputs().get("interpreter") instanceof List<?> words && !words.isEmpty()) {
            return words.stream().map(String.class::cast).toList();
        }
        return SHELL;
    }
}
