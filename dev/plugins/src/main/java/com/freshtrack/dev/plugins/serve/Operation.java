package com.freshtrack.dev.plugins.serve;

import com.freshtrack.dev.plugins.wire.Secret;
import java.util.Map;

/**
 * One request of the engine about one resource.
 *
 * @param urn the resource's URN
 * @param id the provider's own id, empty before the resource exists
 * @param inputs what the program asks for (for a deletion: what it asked for), without secret marks
 * @param olds what the state holds, without secret marks; empty for a creation
 * @param timeoutSeconds the program's custom timeout, 0 when it set none
 * @param redaction hides this request's secrets in texts
 * @param log the engine's log
 */
public record Operation(
        String urn,
        String id,
        Map<String, Object> inputs,
        Map<String, Object> olds,
        double timeoutSeconds,
        Redaction redaction,
        EngineLog log) {

    static Operation of(
            String urn,
            String id,
            Map<String, Object> inputs,
            Map<String, Object> olds,
            double timeoutSeconds,
            EngineLog log) {
        return new Operation(
                urn,
                id,
                Secret.stripMap(inputs),
                Secret.stripMap(olds),
                timeoutSeconds,
                Redaction.of(inputs, olds),
                log);
    }
}
