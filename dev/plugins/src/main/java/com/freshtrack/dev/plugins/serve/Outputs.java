package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.Map;
import java.util.TreeMap;

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
        boolean follows = resource.computedFollowSecretInputs() && Secret.isIn(inputs);
        Map<String, Object> outputs = new TreeMap<>(inputs);
        computed.forEach((name, value) -> {
            boolean input = declared.path("inputProperties").has(name);
            boolean secret = Secret.isIn(inputs.get(name)) || follows && !input;
            outputs.put(name, secret && !(value instanceof Secret) ? new Secret(value) : value);
        });
        outputs.replaceAll((name, value) -> isDeclaredSecret(name) && !(value instanceof Secret) ? new Secret(value) : value);
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

    /** The part of a state that the provider computed. */
    Map<String, Object> computedIn(Map<String, Object> state) {
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
