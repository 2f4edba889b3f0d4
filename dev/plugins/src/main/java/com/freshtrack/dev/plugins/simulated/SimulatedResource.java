package com.freshtrack.dev.plugins.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A resource that exists in the throw-away state alone; its outputs are made up from its URN, the same in every run. */
final class SimulatedResource implements ResourceType {

    private final JsonNode declared;

    SimulatedResource(JsonNode declared) {
        this.declared = declared;
    }

    @Override
    public Created create(Operation operation) {
        String id = "simulated-" + UUID.nameUUIDFromBytes(operation.urn().getBytes(StandardCharsets.UTF_8));
        return new Created(id, computed(operation.inputs(), id));
    }

    @Override
    public Map<String, Object> update(Operation operation) {
        return computed(operation.inputs(), operation.id());
    }

    @Override
    public Optional<Found> read(Operation operation) {
        return Optional.of(new Found(Map.of(), computed(operation.inputs(), operation.id())));
    }

    @Override
    public void delete(Operation operation) {
        // exists in the state alone
    }

    private Map<String, Object> computed(Map<String, Object> inputs, String id) {
        Map<String, Object> computed = new TreeMap<>();
        for (JsonNode present : declared.path("required")) {
            String name = present.asText();
            if (inputs.get(name) == null) {
                computed.put(name, madeUp(declared.path("properties").path(name), name + "-" + id));
            }
        }
        return computed;
    }

    private static Object madeUp(JsonNode property, String text) {
        return switch (property.path("type").asText()) {
            case "boolean" -> false;
            case "integer", "number" -> 0.0;
            case "array" -> List.of();
            case "object" -> Map.of();
            default -> property.has("$ref") ? Map.of() : text;
        };
    }
}
