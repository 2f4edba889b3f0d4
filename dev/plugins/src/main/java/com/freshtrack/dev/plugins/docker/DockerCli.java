package com.freshtrack.dev.plugins.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs the {@code docker} command against the configured engine. Failures carry docker's own message, without secrets. */
final class DockerCli {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};

    private final Subprocesses processes;
    private volatile List<String> docker = List.of("docker");
    private volatile Map<String, String> path = Map.of();
    private volatile boolean connectable = true;
    private final Object asking = new Object();
    private Subprocesses.Result answer; // guarded by asking

    DockerCli(Subprocesses processes) {
        this.processes = processes;
    }

    /**
     * Takes the provider's {@code host} or {@code context}; without them docker's own environment decides. The {@code sshOpts}
     * become the first arguments of the {@code ssh} that the docker command runs for an {@code ssh://} host.
     */
    void connectTo(Object host, Object context, Object sshOpts) throws ResourceFailure {
        List<String> options = new ArrayList<>(List.of("docker"));
        if (host instanceof String text && !text.isEmpty()) {
            options.addAll(List.of("--host", text));
        } else if (context instanceof String text && !text.isEmpty()) {
            options.addAll(List.of("--context", text));
        }
        connectable = host != Unknown.VALUE && context != Unknown.VALUE;
        docker = options;
        path = sshOpts instanceof List<?> texts && !texts.isEmpty() && !texts.contains(Unknown.VALUE)
                ? SshWrapper.withOptions(texts.stream().map(String::valueOf).toList())
                : Map.of();
        synchronized (asking) {
            answer = null;
        }
    }

    Subprocesses processes() {
        return processes;
    }

    /** Runs docker and returns its trimmed standard output. */
    String run(Operation operation, String... arguments) throws ResourceFailure, InterruptedException {
        return run(operation, Arrays.asList(arguments), Map.of(), NOTHING);
    }

    String run(Operation operation, List<String> arguments, Map<String, String> variables, byte[] stdin)
            throws ResourceFailure, InterruptedException {
        Subprocesses.Result result = execute(arguments, variables, stdin);
        if (result.exitCode() != 0) {
            throw new ResourceFailure("docker " + arguments.get(0) + " failed: "
                    + operation.redaction().apply(result.stderr().strip()));
        }
        return result.stdout().strip();
    }

    /** What {@code docker KIND inspect} says of an object; empty when there is none. */
    Optional<JsonNode> inspect(Operation operation, String kind, String name)
            throws ResourceFailure, InterruptedException {
        Subprocesses.Result result = execute(List.of(kind, "inspect", name), Map.of(), NOTHING);
        if (result.exitCode() == 0) {
            try {
                return Optional.of(JSON.readTree(result.stdout()).get(0));
            } catch (JsonProcessingException e) {
                throw new ResourceFailure("docker " + kind + " inspect answered something that isn't JSON");
            }
        }
        String message = result.stderr().toLowerCase(java.util.Locale.ROOT);
        if (message.contains("no such") || message.contains("not found")) {
            return Optional.empty();
        }
        throw new ResourceFailure("docker " + kind + " inspect failed: "
                + operation.redaction().apply(result.stderr().strip()));
    }

    Subprocesses.Result execute(List<String> arguments, Map<String, String> variables, byte[] stdin)
            throws ResourceFailure, InterruptedException {
        if (!connectable) {
            throw new ResourceFailure("the docker host isn't known yet");
        }
        requireAnswer();
        return command(arguments, variables, stdin);
    }

    /**
     * One command asks whether the engine answers before many do: to a client that it refused a few times, sshd soon doesn't
     * say why any more (PerSourcePenalties of https://man.openbsd.org/sshd_config ). What it says holds until the provider is
     * configured again. The official provider asks with a ping (https://github.com/pulumi/pulumi-docker/issues/1293 ).
     */
    private void requireAnswer() throws ResourceFailure, InterruptedException {
        synchronized (asking) {
            // One that a cancel ended has no answer.
            if (answer == null || answer.exitCode() < 0) {
                answer = command(List.of("version", "--format", "{{.Server.Version}}"), Map.of(), NOTHING);
            }
            if (answer.exitCode() != 0) {
                throw new ResourceFailure(
                        "the Docker Engine does not answer: " + answer.stderr().strip());
            }
        }
    }

    private Subprocesses.Result command(List<String> arguments, Map<String, String> variables, byte[] stdin)
            throws ResourceFailure, InterruptedException {
        List<String> command = new ArrayList<>(docker);
        command.addAll(arguments);
        Map<String, String> environment = new TreeMap<>(variables);
        environment.putAll(path);
        return processes.run(command, environment, null, stdin, 0, Subprocesses.Listener.SILENT);
    }
}
