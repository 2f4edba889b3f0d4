package com.freshtrack.dev.plugins.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.wire.Asset;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares inputs with a schema: unknown property, missing required one, wrong type. No message holds a value. */
public final class InputCheck {

    private final PackageSchema schema;
    private final List<String> problems = new ArrayList<>();

    private InputCheck(PackageSchema schema) {
        this.schema = schema;
    }

    /** Every problem of a resource's inputs, each naming its property. */
    public static List<String> problems(PackageSchema schema, JsonNode resource, Map<String, Object> inputs) {
        InputCheck check = new InputCheck(schema);
        check.object("", resource.path("inputProperties"), resource.path("requiredInputs"), inputs);
        return check.problems;
    }

    private void object(String path, JsonNode properties, JsonNode required, Map<?, ?> values) {
        for (Object key : new TreeSet<>(values.keySet())) {
            String name = (String) key;
            if (name.startsWith("__")) {
                continue;
            }
            String here = PropertyPath.child(path, name);
            if (!properties.has(name)) {
                problem(here, "is not a property here; correct its name or remove it");
            } else if (values.get(name) != null) {
                value(here, properties.get(name), values.get(name));
            }
        }
        for (JsonNode name : required) {
            if (values.get(name.asText()) == null) {
                problem(PropertyPath.child(path, name.asText()), "is required and missing");
            }
        }
    }

    private void value(String path, JsonNode declared, Object given) {
        Object value = Secret.strip(given);
        JsonNode property = schema.resolve(declared);
        if (value == Unknown.VALUE
                || property.has("oneOf")
                || property.path("$ref").asText().endsWith("/Any")) {
            return;
        }
        if (property.has("$ref")) {
            expect(path, value instanceof Asset, "an asset or archive", value);
        } else if (property.has("enum")) {
            enumerated(path, property.get("enum"), value);
        } else {
            switch (property.path("type").asText()) {
                case "string" -> expect(path, value instanceof String, "a string", value);
                case "boolean" -> expect(path, value instanceof Boolean, "true or false", value);
                case "number" -> expect(path, value instanceof Number, "a number", value);
                case "integer" -> expect(
                        path,
                        value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue()),
                        "a whole number",
                        value);
                case "array" -> array(path, property.get("items"), value);
                case "object" -> objectOrMap(path, property, value);
                default -> throw new IllegalStateException("schema of " + path + " has no type");
            }
        }
    }

    private void enumerated(String path, JsonNode allowed, Object value) {
        List<String> names = new ArrayList<>();
        allowed.forEach(item -> names.add(item.path("value").asText()));
        if (!(value instanceof String text) || !names.contains(text)) {
            problem(path, "must be one of " + String.join(", ", names));
        }
    }

    private void array(String path, JsonNode items, Object value) {
        if (!(value instanceof List<?> list)) {
            expect(path, false, "a list", value);
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) != null) {
                value(PropertyPath.item(path, i), items, list.get(i));
            }
        }
    }

    private void objectOrMap(String path, JsonNode property, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            expect(path, false, "an object", value);
        } else if (property.has("properties")) {
            object(path, property.get("properties"), property.path("required"), map);
        } else {
            map.forEach((key, item) -> {
                if (item != null) {
                    value(PropertyPath.child(path, (String) key), property.get("additionalProperties"), item);
                }
            });
        }
    }

    private void expect(String path, boolean fits, String allowed, Object value) {
        if (!fits) {
            problem(path, "must be " + allowed + ", got " + kind(value));
        }
    }

    private static String kind(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        return value instanceof Asset ? "an asset or archive" : "an object";
    }

    private void problem(String path, String text) {
        problems.add("property \"" + path + "\" " + text);
    }
}
