package com.freshtrack.dev.plugins.docker;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Typed access to inputs that have passed the schema. Numbers are whole numbers, as the schema has them. */
record Inputs(Map<String, Object> values) {

    boolean has(String name) {
        return values.get(name) != null;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name)).filter(text -> !text.isEmpty());
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable((Number) values.get(name)).map(Number::longValue);
    }

    boolean flag(String name, boolean otherwise) {
        return values.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    List<String> texts(String name) {
        return list(name).stream()
                .filter(Objects::nonNull)
                .map(String.class::cast)
                .toList();
    }

    @SuppressWarnings("unchecked")
    List<Inputs> objects(String name) {
        return list(name).stream()
                .filter(Objects::nonNull)
                .map(item -> new Inputs((Map<String, Object>) item))
                .toList();
    }

    @SuppressWarnings("unchecked")
    Optional<Inputs> object(String name) {
        return Optional.ofNullable((Map<String, Object>) values.get(name)).map(Inputs::new);
    }

    /** A map of texts, sorted by key so that a command line never changes without reason. */
    Map<String, String> map(String name) {
        Map<String, String> sorted = new TreeMap<>();
        if (values.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> sorted.put((String) key, value == null ? "" : (String) value));
        }
        return sorted;
    }

    private List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }
}
