package com.freshtrack.dev.plugins.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A container's life. Function names in the comments are those of the official provider's internal/provider/
 * resource_docker_container_funcs.go.
 */
final class Container implements ResourceType {

    private static final Set<String> SETS = Set.of(
            "envs",
            "dns",
            "dnsOpts",
            "dnsSearches",
            "securityOpts",
            "groupAdds",
            "adds",
            "drops",
            "hosts",
            "labels",
            "mounts",
            "networksAdvanced",
            "aliases",
            "uploads",
            "ulimits",
            "volumes",
            "devices");

    /** resourceDockerContainerUpdate sends these to the engine, and nothing else: an edited health check only shows. */
    private static final Set<String> UPDATABLE =
            Set.of("restart", "maxRetryCount", "cpuShares", "memory", "cpuSet", "memorySwap");

    private static final long DEFAULT_WAIT_SECONDS = 60;
    private static final long DEFAULT_START_MILLISECONDS = 15_000;
    private static final long REMOVAL_SECONDS = 60;
    private static final long POLL_MILLISECONDS = 250;

    private final DockerCli docker;

    Container(DockerCli docker) {
        this.docker = docker;
    }

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        return ContainerCheck.problems(inputs);
    }

    @Override
    public Map<String, Object> readBack(Map<String, Object> inputs) {
        return ReadBack.of(inputs);
    }

    @Override
    public Set<String> unorderedLists() {
        return SETS;
    }

    @Override
    public Created create(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        String id = createStopped(operation, inputs);
        String logs;
        try {
            for (List<String> connection : ContainerArguments.connections(inputs, id)) {
                docker.run(operation, connection, Map.of(), new byte[0]);
            }
            upload(operation, inputs, id);
            if (inputs.flag("start", true)) {
                docker.run(operation, "start", id);
                waitUntilHealthy(operation, inputs, id);
            }
            logs = attach(operation, inputs, id);
        } catch (ResourceFailure failure) {
            throw ResourceFailure.afterCreation(failure.getMessage(), id, computedIfThere(operation, inputs, id));
        }
        JsonNode container = waitUntilRunning(operation, inputs, id);
        return new Created(id, ContainerState.computed(inputs, container, logs));
    }

    private String createStopped(Operation operation, Inputs inputs) throws ResourceFailure, InterruptedException {
        ContainerEnvironment environment = ContainerEnvironment.of(inputs.texts("envs"));
        String output = docker.run(
                operation,
                ContainerArguments.create(inputs, environment.options()),
                environment.variables(),
                environment.stdin());
        return output.substring(output.lastIndexOf('\n') + 1);
    }

    private void upload(Operation operation, Inputs inputs, String id) throws ResourceFailure, InterruptedException {
        List<Inputs> uploads = inputs.objects("uploads");
        if (!uploads.isEmpty()) {
            docker.run(operation, List.of("cp", "-", id + ":/"), Map.of(), UploadArchive.of(uploads));
        }
    }

    /** waitForHealthyState: a container that has died is waited for as long as one that is starting. */
    private void waitUntilHealthy(Operation operation, Inputs inputs, String id)
            throws ResourceFailure, InterruptedException {
        if (!inputs.flag("wait", false)) {
            return;
        }
        long deadline = System.nanoTime() + inputs.number("waitTimeout").orElse(DEFAULT_WAIT_SECONDS) * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            JsonNode container = inspect(operation, id);
            String health = ContainerState.health(container);
            if (health.equals("healthy")) {
                return;
            }
            if (health.isEmpty() && ContainerState.running(container)) {
                throw new ResourceFailure("property \"wait\" needs a health check, and the container has none;"
                        + " give it a healthcheck, or leave wait out");
            }
            docker.processes().pause(POLL_MILLISECONDS);
        }
        throw new ResourceFailure("container failed to be in healthy state");
    }

    private String attach(Operation operation, Inputs inputs, String id) throws ResourceFailure, InterruptedException {
        if (!inputs.flag("attach", false)) {
            return "";
        }
        docker.run(operation, "wait", id);
        if (!inputs.flag("logs", false)) {
            return "";
        }
        Subprocesses.Result logs = docker.execute(List.of("logs", id), Map.of(), new byte[0]);
        return logs.stdout() + logs.stderr();
    }

    /** resourceDockerContainerRead after a creation: one that must run and doesn't is removed, and the creation fails. */
    private JsonNode waitUntilRunning(Operation operation, Inputs inputs, String id)
            throws ResourceFailure, InterruptedException {
        boolean mustRun = inputs.flag("mustRun", true);
        long patience = inputs.number("containerReadRefreshTimeoutMilliseconds")
                .filter(milliseconds -> milliseconds > 0)
                .orElse(DEFAULT_START_MILLISECONDS);
        long deadline = System.nanoTime() + patience * 1_000_000L;
        while (true) {
            Optional<JsonNode> found = docker.inspect(operation, "container", id);
            if (found.isEmpty()) {
                throw new ResourceFailure("container exited immediately");
            }
            JsonNode container = found.get();
            if (ContainerState.running(container) || !mustRun) {
                return container;
            }
            boolean exited = container.path("State").path("Status").asText().equals("exited");
            if (exited || !inputs.flag("start", true) || System.nanoTime() > deadline) {
                remove(operation, inputs, id);
                throw new ResourceFailure(
                        exited ? "container exited immediately" : "container failed to be in running state");
            }
            docker.processes().pause(POLL_MILLISECONDS);
        }
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        boolean changed = UPDATABLE.stream()
                .anyMatch(name -> !Objects.equals(
                        operation.inputs().get(name), operation.olds().get(name)));
        if (changed) {
            List<String> command = new ArrayList<>(List.of("update"));
            if (inputs.has("restart") || operation.olds().get("restart") != null) {
                String policy = inputs.text("restart").orElse("no");
                command.addAll(List.of("--restart", ContainerArguments.restart(inputs, policy)));
            }
            inputs.number("cpuShares").ifPresent(shares -> command.addAll(List.of("--cpu-shares", shares.toString())));
            inputs.text("cpuSet").ifPresent(set -> command.addAll(List.of("--cpuset-cpus", set)));
            inputs.number("memory").ifPresent(mebibytes -> command.addAll(List.of("--memory", mebibytes + "m")));
            inputs.number("memorySwap")
                    .ifPresent(
                            mebibytes -> command.addAll(List.of("--memory-swap", ContainerArguments.swap(mebibytes))));
            if (command.size() > 1) {
                command.add(operation.id());
                docker.run(operation, command, Map.of(), new byte[0]);
            }
        }
        String logs = operation.olds().get("containerLogs") instanceof String text ? text : "";
        return computed(operation, inputs, operation.id(), logs);
    }

    /** resourceDockerContainerRead: one that must run and doesn't is removed, so that the next update makes it anew. */
    @Override
    public Optional<Found> read(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        Optional<JsonNode> container = docker.inspect(operation, "container", operation.id());
        if (container.isEmpty()) {
            return Optional.empty();
        }
        if (!ContainerState.running(container.get()) && inputs.flag("mustRun", true)) {
            remove(operation, inputs, operation.id());
            return Optional.empty();
        }
        String logs = operation.olds().get("containerLogs") instanceof String text ? text : "";
        return Optional.of(new Found(
                ContainerState.drifted(inputs, container.get()),
                ContainerState.computed(inputs, container.get(), logs)));
    }

    @Override
    public void delete(Operation operation) throws ResourceFailure, InterruptedException {
        remove(operation, new Inputs(operation.inputs()), operation.id());
    }

    /** resourceDockerContainerDelete: stopped within destroyGraceSeconds, which is 0 unless set; stopTimeout isn't consulted. */
    private void remove(Operation operation, Inputs inputs, String id) throws ResourceFailure, InterruptedException {
        if (docker.inspect(operation, "container", id).isEmpty()) {
            return;
        }
        List<String> remove = new ArrayList<>(List.of("rm", "--force"));
        if (inputs.flag("removeVolumes", true)) {
            remove.add("--volumes");
        }
        remove.add(id);
        try {
            if (!inputs.flag("attach", false)) {
                String grace = inputs.number("destroyGraceSeconds").orElse(0L).toString();
                docker.run(operation, "stop", "-t", grace, id);
            }
            docker.run(operation, remove, Map.of(), new byte[0]);
        } catch (ResourceFailure failure) {
            if (!isGoing(failure.getMessage())) {
                throw failure;
            }
        }
        long deadline = System.nanoTime() + REMOVAL_SECONDS * 1_000_000_000L;
        while (docker.inspect(operation, "container", id).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new ResourceFailure("the container is still there " + REMOVAL_SECONDS + " s after its removal");
            }
            docker.processes().pause(POLL_MILLISECONDS);
        }
    }

    /** A container with {@code rm} removes itself while it is stopped. */
    private static boolean isGoing(String message) {
        return message.contains("No such container") || message.contains("already in progress");
    }

    private JsonNode inspect(Operation operation, String id) throws ResourceFailure, InterruptedException {
        return docker.inspect(operation, "container", id)
                .orElseThrow(() -> new ResourceFailure("the container is gone"));
    }

    private Map<String, Object> computed(Operation operation, Inputs inputs, String id, String logs)
            throws ResourceFailure, InterruptedException {
        return ContainerState.computed(inputs, inspect(operation, id), logs);
    }

    private Map<String, Object> computedIfThere(Operation operation, Inputs inputs, String id)
            throws InterruptedException {
        try {
            return computed(operation, inputs, id, "");
        } catch (ResourceFailure gone) {
            return Map.of();
        }
    }
}
