package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.serve.Plugin;
import com.freshtrack.dev.plugins.simulated.SimulatedPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulated {@code digitalocean} provider as the engine sees it, and its types with nested ones inlined. */
final class DigitalOceanEngine {

    private static final JsonNode SCHEMA = schema();

    private final Plugin plugin = SimulatedPlugin.of("digitalocean", Map.of());

    /** One resource of that provider; several share what the plugin remembers. */
    EngineSide resource(String type, String name) {
        return new EngineSide(plugin, type, name);
    }

    static List<String> types() {
        List<String> types = new ArrayList<>();
        SCHEMA.path("resources").fieldNames().forEachRemaining(types::add);
        return types;
    }

    static JsonNode declared(String type) {
        return inlined(SCHEMA.path("resources").path(type));
    }

    private static JsonNode schema() {
        try {
            return new ObjectMapper()
                    .readTree(PackageSchema.load("digitalocean").text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode inlined(JsonNode node) {
        if (node.has("$ref")) {
            return inlined(SCHEMA.path("types").path(node.get("$ref").asText().replace("#/types/", "")));
        }
        if (node.has("oneOf")) {
            return kept(node, (ObjectNode) inlined(node.get("oneOf").get(0)));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.fields().forEachRemaining(field -> copy.set(field.getKey(), inlined(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(inlined(item)));
            return copy;
        }
        return node;
    }

    private static JsonNode kept(JsonNode from, ObjectNode to) {
        if (from.has("willReplaceOnChanges")) {
            to.set("willReplaceOnChanges", from.get("willReplaceOnChanges"));
        }
        return to;
    }
}
