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

/** An image on the Docker host, as internal/provider/resource_docker_image_funcs.go handles it: pulled when it isn't there. */
final class RemoteImage implements ResourceType {

    private final DockerCli docker;

    RemoteImage(DockerCli docker) {
        this.docker = docker;
    }

    @Override
    public List<String> problems(Map<String, Object> inputs) {
        return inputs.containsKey("build")
                ? List.of("property \"build\" isn't acted on by the bundled docker plugin; build the image beforehand")
                : List.of();
    }

    @Override
    public Set<String> unorderedLists() {
        return Set.of("pullTriggers");
    }

    /** findImage looks at the host first and asks a registry only then; the id is the image's followed by its name. */
    @Override
    public Created create(Operation operation) throws ResourceFailure, InterruptedException {
        JsonNode image = findOrPull(operation);
        return new Created(image.path("Id").asText() + name(operation), computed(operation, image));
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException {
        return computed(operation, findOrPull(operation));
    }

    @Override
    public Optional<Found> read(Operation operation) throws ResourceFailure, InterruptedException {
        return docker.inspect(operation, "image", name(operation))
                .map(image -> new Found(Map.of(), computed(operation, image)));
    }

    @Override
    public void delete(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        if (inputs.flag("keepLocally", false)
                || docker.inspect(operation, "image", name(operation)).isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("image", "rm"));
        if (inputs.flag("forceRemove", false)) {
            command.add("--force");
        }
        command.add(name(operation));
        docker.run(operation, command, Map.of(), new byte[0]);
    }

    private JsonNode findOrPull(Operation operation) throws ResourceFailure, InterruptedException {
        Optional<JsonNode> local = docker.inspect(operation, "image", name(operation));
        if (local.isPresent()) {
            return local.get();
        }
        List<String> command = new ArrayList<>(List.of("pull", "--quiet"));
        new Inputs(operation.inputs())
                .text("platform")
                .ifPresent(platform -> command.addAll(List.of("--platform", platform)));
        command.add(name(operation));
        docker.run(operation, command, Map.of(), new byte[0]);
        return docker.inspect(operation, "image", name(operation))
                .orElseThrow(() -> new ResourceFailure("unable to find or pull image " + name(operation)));
    }

    private static String name(Operation operation) {
        return new Inputs(operation.inputs()).text("name").orElse("");
    }

    /** determineRepoDigest: the digest of the repository that the name belongs to; a locally built image has none. */
    private static Map<String, Object> computed(Operation operation, JsonNode image) {
        String name = name(operation);
        String digest = "";
        for (JsonNode candidate : image.path("RepoDigests")) {
            String repository = candidate.asText().split("@", 2)[0];
            if (digest.isEmpty() || name.startsWith(repository)) {
                digest = candidate.asText();
            }
        }
        Map<String, Object> computed = new TreeMap<>();
        computed.put("imageId", image.path("Id").asText());
        computed.put("repoDigest", digest);
        return computed;
    }
}
