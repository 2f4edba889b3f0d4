package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.ResourceType.Created;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Outputs in AWS's shape, made up from a resource's URN: the same in every run, kept by updates. */
final class AwsOutputs {

    private final String type;
    private final JsonNode declared;
    private final Inventory inventory;
    private final Place place;

    AwsOutputs(String type, JsonNode declared, Inventory inventory, Place place) {
        this.type = type;
        this.declared = declared;
        this.inventory = inventory;
        this.place = place;
    }

    Created of(MadeUp madeUp, Map<String, Object> inputs) {
        Map<String, Object> computed = new TreeMap<>();
        for (JsonNode present : declared.path("required")) {
            String name = present.asText();
            if (inputs.get(name) == null) {
                computed.put(name, empty(declared.path("properties").path(name)));
            }
        }
        return new Created(madeUp.hex(17, ""), computed);
    }

    Map<String, Object> after(Map<String, Object> inputs, Map<String, Object> olds) {
        Map<String, Object> computed = new TreeMap<>();
        declared.path("properties").fieldNames().forEachRemaining(name -> {
            if (inputs.get(name) == null && olds.get(name) != null) {
                computed.put(name, olds.get(name));
            }
        });
        return computed;
    }

    private static Object empty(JsonNode property) {
        return switch (property.path("type").asText()) {
            case "boolean" -> false;
            case "integer", "number" -> 0.0;
            case "array" -> List.of();
            case "object" -> Map.of();
            default -> "";
        };
    }
}
