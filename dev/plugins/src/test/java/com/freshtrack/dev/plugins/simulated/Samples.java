package com.freshtrack.dev.plugins.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Inputs that a declared type takes: what it requires, and one property in one of two variants. */
public final class Samples {

    private Samples() {}

    /** What the type requires and nothing else. */
    public static Map<String, Object> required(JsonNode resource) {
        return object(resource.path("inputProperties"), resource.path("requiredInputs"), 0);
    }

    /** The required inputs with the property at a path in a variant. */
    public static Map<String, Object> with(JsonNode resource, String path, int variant) {
        Map<String, Object> inputs = required(resource);
        put(inputs, resource.path("inputProperties"), List.of(path.split("\\.")), variant);
        return inputs;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> into, JsonNode properties, List<String> path, int variant) {
        String name = PropertyPath.root(path.get(0));
        JsonNode property = properties.path(name);
        if (path.size() == 1) {
            into.put(name, value(property, variant));
            return;
        }
        boolean list = path.get(0).endsWith("[]");
        Object given = into.computeIfAbsent(name, absent -> value(property, 0));
        Map<String, Object> child = (Map<String, Object>) (list ? ((List<Object>) given).get(0) : given);
        put(
                child,
                (list ? property.path("items") : property).path("properties"),
                path.subList(1, path.size()),
                variant);
    }

    public static Object value(JsonNode property, int variant) {
        return switch (property.path("type").asText()) {
            case "string" -> "text" + variant;
            case "boolean" -> variant == 1;
            case "integer", "number" -> 1.0 + variant;
            case "array" -> new ArrayList<>(List.of(value(property.get("items"), variant)));
            case "object" -> property.has("properties")
                    ? filled(property, variant)
                    : new TreeMap<>(Map.of("key", value(property.get("additionalProperties"), variant)));
            default -> throw new AssertionError("no type: " + property);
        };
    }

    /** An object with what it requires, or with its first property, so that variants differ. */
    private static Map<String, Object> filled(JsonNode object, int variant) {
        Map<String, Object> values = object(object.get("properties"), object.path("required"), variant);
        if (values.isEmpty()) {
            String first = object.get("properties").fieldNames().next();
            values.put(first, value(object.get("properties").get(first), variant));
        }
        return values;
    }

    private static Map<String, Object> object(JsonNode properties, JsonNode required, int variant) {
        Map<String, Object> values = new TreeMap<>();
        for (JsonNode name : required) {
            values.put(name.asText(), value(properties.get(name.asText()), variant));
        }
        return values;
    }
}
