package com.freshtrack.infra.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Map;
import java.util.function.Consumer;

/** Parses JSON that may hold secrets: what is wrong with it is told by position, never in its own words. */
final class JsonText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /**
     * The JSON value, or an empty one of its type where it is malformed or of another type.
     *
     * @param malformed told where the text stops being JSON, or that it is of another type
     */
    static JsonNode parse(String text, JsonNodeType type, Consumer<String> malformed) {
        var empty = type == JsonNodeType.ARRAY ? JSON.createArrayNode() : JSON.createObjectNode();
        try {
            var node = JSON.readTree(text);
            if (node.getNodeType() == type) {
                return node;
            }
            malformed.accept(text.isBlank() ? "it is empty" : "it is JSON of another type");
        } catch (JsonProcessingException problem) {
            var location = problem.getLocation();
            malformed.accept(
                    location == null
                            ? "it is not JSON"
                            : "it stops being JSON, or repeats a name, at line " + location.getLineNr() + ", column "
                                    + location.getColumnNr());
        }
        return empty;
    }

    static String render(Map<String, String> object) {
        return JSON.valueToTree(object).toString();
    }
}
