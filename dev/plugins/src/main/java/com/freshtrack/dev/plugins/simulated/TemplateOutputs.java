package com.freshtrack.dev.plugins.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.dev.plugins.serve.ResourceType.Created;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Outputs in a platform's shape, made up from a resource's URN: the same in every run, and most of them kept by updates. */
public final class TemplateOutputs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "id";

    private final JsonNode declared;
    private final List<Template> templates;
    private final Words words;

    public TemplateOutputs(JsonNode declared, List<Template> templates, Words words) {
        this.declared = declared;
        this.templates = templates;
        this.words = words;
    }

    Created created(MadeUp madeUp, Map<String, Object> inputs) {
        Map<String, Object> computed = computed(madeUp, inputs, Map.of());
        return new Created((String) computed.remove(ID), computed);
    }

    /** The outputs after an update, or as a read finds them. */
    Map<String, Object> updated(MadeUp madeUp, String id, Map<String, Object> inputs, Map<String, Object> olds) {
        Map<String, Object> kept = new TreeMap<>(olds);
        kept.put(ID, id);
        Map<String, Object> computed = computed(madeUp, inputs, kept);
        computed.remove(ID);
        return computed;
    }

    private Map<String, Object> computed(MadeUp madeUp, Map<String, Object> inputs, Map<String, Object> olds) {
        Map<String, Object> all = new TreeMap<>(inputs);
        Map<String, Object> computed = new TreeMap<>();
        for (Template template : templates) {
            String name = template.output();
            boolean keeps =
                    olds.get(name) != null && (name.equals(ID) || template.isMadeUp(words, inputs) || isInput(name));
            if (inputs.get(name) == null) {
                String text = keeps ? null : template.fill(words, madeUp, all);
                computed.put(
                        name,
                        keeps
                                ? olds.get(name)
                                : typed(declared.path("properties").path(name), text));
                all.put(name, computed.get(name));
            }
        }
        for (JsonNode present : declared.path("required")) {
            String name = present.asText();
            if (all.get(name) == null) {
                Object old = olds.get(name);
                computed.put(
                        name,
                        old != null ? old : empty(declared.path("properties").path(name)));
            }
        }
        return computed;
    }

    /** Whether the provider chose it because the program didn't; what was chosen stays. */
    private boolean isInput(String name) {
        return declared.path("inputProperties").has(name);
    }

    private static Object typed(JsonNode property, String text) {
        return switch (property.path("type").asText()) {
            case "boolean" -> Boolean.valueOf(text);
            case "integer", "number" -> Double.valueOf(text);
            case "array", "object" -> json(text);
            default -> text;
        };
    }

    private static Object json(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outputs.txt: not JSON", e);
        }
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
