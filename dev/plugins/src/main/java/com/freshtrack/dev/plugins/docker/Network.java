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

/** A Docker network, as internal/provider/resource_docker_network_funcs.go makes it. */
final class Network implements ResourceType {

    private static final long PATIENCE_MILLISECONDS = 30_000;
    private static final long POLL_MILLISECONDS = 500;

    private final DockerCli docker;

    Network(DockerCli docker) {
        this.docker = docker;
    }

    @Override
    public Set<String> unorderedLists() {
        return Set.of("labels", "ipamConfigs");
    }

    static List<String> arguments(Inputs inputs) {
        List<String> command = new ArrayList<>(List.of("network", "create"));
        for (String flag : List.of("attachable", "ingress", "internal", "ipv6")) {
            if (inputs.has(flag)) {
                command.add("--" + flag + "=" + inputs.flag(flag, false));
            }
        }
        inputs.text("driver").ifPresent(driver -> command.addAll(List.of("--driver", driver)));
        inputs.text("ipamDriver").ifPresent(driver -> command.addAll(List.of("--ipam-driver", driver)));
        inputs.map("ipamOptions").forEach((key, value) -> command.addAll(List.of("--ipam-opt", key + "=" + value)));
        for (Inputs config : inputs.objects("ipamConfigs")) {
            config.text("subnet").ifPresent(subnet -> command.addAll(List.of("--subnet", subnet)));
            config.text("gateway").ifPresent(gateway -> command.addAll(List.of("--gateway", gateway)));
            config.text("ipRange").ifPresent(range -> command.addAll(List.of("--ip-range", range)));
            config.map("auxAddress")
                    .forEach((key, value) -> command.addAll(List.of("--aux-address", key + "=" + value)));
        }
        inputs.objects("labels")
                .forEach(label -> command.addAll(List.of(
                        "--label",
                        label.text("label").orElse("") + "="
                                + label.text("value").orElse(""))));
        inputs.map("options").forEach((key, value) -> command.addAll(List.of("--opt", key + "=" + value)));
        inputs.text("name").ifPresent(command::add);
        return command;
    }

    @Override
    public Created create(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        String id = docker.run(operation, arguments(inputs), Map.of(), new byte[0]);
        JsonNode network =
                docker.inspect(operation, "network", id).orElseThrow(() -> new ResourceFailure("the network is gone"));
        return new Created(id, computed(inputs, network));
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure {
        throw new ResourceFailure("a network can't be changed in place");
    }

    @Override
    public Optional<Found> read(Operation operation) throws ResourceFailure, InterruptedException {
        Inputs inputs = new Inputs(operation.inputs());
        return docker.inspect(operation, "network", operation.id())
                .map(network -> new Found(Map.of(), computed(inputs, network)));
    }

    /** resourceDockerNetworkDelete tries for 30 seconds while containers are still leaving. */
    @Override
    public void delete(Operation operation) throws ResourceFailure, InterruptedException {
        Removal.untilFree(
                docker,
                operation,
                List.of("network", "rm", operation.id()),
                "has active endpoints",
                PATIENCE_MILLISECONDS,
                POLL_MILLISECONDS);
    }

    private static Map<String, Object> computed(Inputs inputs, JsonNode network) {
        Map<String, Object> computed = new TreeMap<>();
        computed.put("scope", network.path("Scope").asText());
        Map<String, Object> unlessGiven = new TreeMap<>();
        unlessGiven.put("name", network.path("Name").asText());
        unlessGiven.put("driver", network.path("Driver").asText());
        unlessGiven.put("internal", network.path("Internal").asBoolean());
        Map<String, Object> options = new TreeMap<>();
        network.path("Options")
                .fields()
                .forEachRemaining(
                        entry -> options.put(entry.getKey(), entry.getValue().asText()));
        unlessGiven.put("options", options);
        List<Object> configs = new ArrayList<>();
        for (JsonNode config : network.path("IPAM").path("Config")) {
            Map<String, Object> fields = new TreeMap<>();
            fields.put("subnet", config.path("Subnet").asText(""));
            fields.put("gateway", config.path("Gateway").asText(""));
            fields.put("ipRange", config.path("IPRange").asText(""));
            configs.add(fields);
        }
        unlessGiven.put("ipamConfigs", configs);
        unlessGiven.forEach((name, value) -> {
            if (!inputs.has(name)) {
                computed.put(name, value);
            }
        });
        return computed;
    }
}
