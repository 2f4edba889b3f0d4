package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.dev.plugins.wire.Secret;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a provider's configuration, whose values other than texts arrive as JSON in a string. */
final class ProviderConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keys that belong to the engine, not to the provider. */
    private static final Set<String> ENGINE_KEYS = Set.of("version", "pluginDownloadURL");

    private ProviderConfig() {}

    static Map<String, Object> decode(JsonNode provider, Map<String, Object> raw) {
        Map<String, Object> config = new TreeMap<>();
        raw.forEach((name, value) -> {
            String type =
                    provider.path("inputProperties").path(name).path("type").asText();
            if (!ENGINE_KEYS.contains(name)) {
                config.put(name, type.equals("string") ? value : parsed(value));
            }
        });
        return config;
    }

    private static Object parsed(Object value) {
        if (value instanceof Secret secret) {
            return new Secret(parsed(secret.value()));
        }
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return text; // the check says which type it should have had
        }
    }
}
