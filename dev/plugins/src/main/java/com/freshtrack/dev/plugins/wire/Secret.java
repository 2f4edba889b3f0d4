package com.freshtrack.dev.plugins.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A property value that the engine keeps encrypted; its text form never shows the value. */
public record Secret(Object value) {

    /** The value without any secret mark, at any depth. */
    public static Object strip(Object value) {
        if (value instanceof Secret secret) {
            return strip(secret.value());
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(strip(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, item) -> plain.put((String) key, strip(item)));
            return plain;
        }
        if (value instanceof Asset asset) {
            return new Asset(asset.archive(), stripMap(asset.fields()));
        }
        return value;
    }

    /** {@link #strip(Object)} for a whole property map. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> stripMap(Map<String, Object> properties) {
        return (Map<String, Object>) strip(properties);
    }

    /** Whether the value is secret or holds a secret, at any depth. */
    public static boolean isIn(Object value) {
        if (value instanceof Secret) {
            return true;
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Secret::isIn);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Secret::isIn);
        }
        return value instanceof Asset asset && isIn(asset.fields());
    }

    /** Every text inside a secret of the value, at any depth: what no message may hold. */
    public static List<String> textsIn(Object value) {
        List<String> texts = new ArrayList<>();
        collect(value, false, texts);
        return texts;
    }

    private static void collect(Object value, boolean secret, List<String> texts) {
        if (value instanceof Secret inner) {
            collect(inner.value(), true, texts);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, secret, texts));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, secret, texts));
        } else if (value instanceof Asset asset) {
            collect(asset.fields(), secret, texts);
        } else if (secret && value instanceof String text && !text.isEmpty()) {
            texts.add(text);
        }
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
