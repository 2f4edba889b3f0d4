package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.freshtrack.dev.plugins.wire.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The secrets of an app's spec as App Platform gives them back: encrypted, and anew each time, so that nothing compares them
 * (https://github.com/digitalocean/terraform-provider-digitalocean/issues/1603).
 */
final class EncryptedValues {

    private static final String CREDENTIALS = "registryCredentials";

    private EncryptedValues() {}

    /**
     * The spec as it is read back; what is secret stays marked. Where alerts go isn't read back:
     * https://github.com/digitalocean/terraform-provider-digitalocean/issues/1606.
     */
    static Object in(Object spec) {
        return withoutDestinations(each(spec, ignored -> new Secret("EV[1:" + UUID.randomUUID() + "]")));
    }

    private static Object withoutDestinations(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(EncryptedValues::withoutDestinations).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>();
            map.forEach((key, item) -> {
                if (!"destinations".equals(key)) {
                    copy.put((String) key, withoutDestinations(item));
                }
            });
            return copy;
        }
        return value;
    }

    /** The spec without its secrets, which a text of it would be another one with each time. */
    static Object without(Object spec) {
        return each(spec, ignored -> "");
    }

    private static Object each(Object value, UnaryOperator<Object> secret) {
        if (value instanceof Secret marked) {
            return new Secret(each(marked.value(), secret));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> each(item, secret)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>();
            map.forEach((key, item) -> copy.put((String) key, each(item, secret)));
            if ("SECRET".equals(Secret.strip(copy.get("type")))) {
                copy.computeIfPresent("value", (key, item) -> secret.apply(item));
            }
            copy.computeIfPresent(CREDENTIALS, (key, item) -> secret.apply(item));
            return copy;
        }
        return value;
    }
}
