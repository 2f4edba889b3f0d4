package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Composes a resource's outputs: its inputs with their secret marks, and beside them what the provider computed. */
final class Outputs {

    private final JsonNode declared;
    private final ResourceType resource;

    Outputs(JsonNode declared, ResourceType resource) {
        this.declared = declared;
        this.resource = resource;
    }

    /** Computed values win over inputs of the same name, but stay secret where the input was. */
    Map<String, Object> of(Map<String, Object> inputs, Map<String, Object> computed) {
        boolean follows = inputs.entrySet().stream()
                .anyMatch(input -> resource.computedDependOn(input.getKey()) && Secret.isIn(input.getValue()));
        Map<String, Object> outputs = new TreeMap<>(inputs);
        computed.forEach((name, value) -> {
            boolean input = declared.path("inputProperties").has(name);
            boolean secret = Secret.isIn(inputs.get(name)) || follows && !input;
            outputs.put(name, secret && !(value instanceof Secret) ? new Secret(value) : value);
        });
        outputs.replaceAll(
                (name, value) -> isDeclaredSecret(name) && !(value instanceof Secret) ? new Secret(value) : value);
        return outputs;
    }

    /** The outputs of a preview: what the provider will compute isn't known. */
    Map<String, Object> unknownFor(Map<String, Object> inputs) {
        Map<String, Object> computed = new TreeMap<>();
        declared.path("properties").fieldNames().forEachRemaining(name -> {
            if (!declared.path("inputProperties").has(name)) {
                computed.put(name, Unknown.VALUE);
            }
        });
        declared.path("required").forEach(name -> {
            if (inputs.get(name.asText()) == null) {
                computed.put(name.asText(), Unknown.VALUE);
            }
        });
        return of(inputs, computed);
    }

    /** The outputs of a previewed update: what depends on a changed input isn't known. */
    Map<String, Object> previewOfUpdate(Map<String, Object> olds, Map<String, Object> news) {
        Map<String, Object> computed = computedIn(olds);
        for (JsonNode present : declared.path("required")) {
            String name = present.asText();
            if (news.get(name) == null && olds.get(name) != null) {
                computed.put(name, olds.get(name)); // an input that wasn't given: the provider chose it
            }
        }
        boolean again = Stream.concat(olds.keySet().stream(), news.keySet().stream())
                .filter(resource::computedDependOn)
                .filter(name -> declared.path("inputProperties").has(name))
                .anyMatch(name -> Unknown.isIn(news.get(name))
                        || !Objects.equals(Secret.strip(olds.get(name)), Secret.strip(news.get(name))));
        return again ? unknownFor(news) : of(news, computed);
    }

    /** The part of a state that the provider computed. */
    private Map<String, Object> computedIn(Map<String, Object> state) {
        Map<String, Object> computed = new TreeMap<>();
        state.forEach((name, value) -> {
            if (!declared.path("inputProperties").has(name) && !name.startsWith("__")) {
                computed.put(name, value);
            }
        });
        return computed;
    }

    private boolean isDeclaredSecret(String name) {
        return declared.path("properties").path(name).path("secret").asBoolean();
    }
}
