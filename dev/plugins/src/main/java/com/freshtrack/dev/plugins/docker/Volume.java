package com.freshtrack.dev.plugins.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A Docker volume, as internal/provider/resource_docker_volume.go makes it: one of that name that exists is taken as it is. */
final class Volume implements ResourceType {

    private static final long PATIENCE_MILLISECONDS = 20_000;
    private static final long POLL_MILLISECONDS = 500;

    private final DockerCli docker;

    Volume(DockerCli docker) {
        this.docker = docker;
    }

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        return inputs.containsKey("cluster")
                ? List.of(
                        "property \"cluster\" isn't acted on by the bundled docker plugin; remove it, or use the official one")
                : List.of();
    }

    @Override
    public Set<String> unorderedLists() {
        return Set.of("labels");
    }

    static List<String> arguments(Inputs inputs) {
        List<String> command = new ArrayList<>(List.of("volume", "create"));
        inputs.text("driver").ifPresent(driver -> command.addAll(List.of("--driver", driver)));
        inputs.map("driverOpts").forEach((key, value) -> command.addAll(List.of("--opt", key + "=" + value)));
        inputs.objects("labels")
                .forEach(label -> command.addAll(List.of(
                        "--label",
                        label.text("label").orElse("") + "="
                                + label.text("value").orElse(""))));
        inputs.text("name").ifPresent(command::add);
        return command;
    }

    @Override
    public Created create(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        String name = docker.run(operation, arguments(inputs), Map.of(), new byte[0]);
        JsonNode volume =
                docker.inspect(operation, "volume", name).orElseThrow(() -> new ResourceFailure("the volume is gone"));
        return new Created(name, computed(inputs, volume));
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure {
        throw new ResourceFailure("a volume can't be changed in place");
    }

    @Override
    public Optional<Found> read(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        return docker.inspect(operation, "volume", operation.id())
                .map(volume -> new Found(Map.of(), computed(inputs, volume)));
    }

    /** resourceDockerVolumeDelete tries for a while when the volume is in use. */
    @Override
    public void delete(Operation operation) throws ResourceFailure, InterruptedException {
        Removal.untilFree(
                docker,
                operation,
                List.of("volume", "rm", operation.id()),
                "volume is in use",
                PATIENCE_MILLISECONDS,
                POLL_MILLISECONDS);
    }

    private static Map<String, Object> computed(Inputs inputs, JsonNode volume) {
        Map<String, Object> computed = new TreeMap<>();
        computed.put("mountpoint", volume.path("Mountpoint").asText());
        if (!inputs.has("driver")) {
            computed.put("driver", volume.path("Driver").asText());
        }
        if (!inputs.has("name")) {
            computed.put("name", volume.path("Name").asText());
        }
        return computed;
    }
}
