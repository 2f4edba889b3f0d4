package com.freshtrack.infra.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A preview as a document: what is done to which resource with which inputs, in an order that doesn't depend on chance. */
final class PreviewText {
    /** What the engine sends in place of a value that is known at deploy time only. */
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private PreviewText() {}

    static String of(Outcome preview) {
        return preview.steps().stream()
                .sorted(Comparator.comparing((Outcome.Step step) -> step.type()).thenComparing(Outcome.Step::urn))
                .map(PreviewText::step)
                .collect(Collectors.joining("\n"));
    }

    private static String step(Outcome.Step step) {
        try {
            return "%s %s %s%n%s%n"
                    .formatted(
                            step.operation(),
                            step.type(),
                            step.name(),
                            JSON.writeValueAsString(shortened(step.inputs())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Scripts and files are shown by their first line: their texts are in the checkout. */
    private static Object shortened(Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, Object>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), shortened(inner)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PreviewText::shortened).toList();
        }
        if (value instanceof String text) {
            if (text.equals(UNKNOWN)) {
                return "(known at deploy time)";
            }
            var lines = text.lines().toList();
            return lines.size() < 3 ? text : lines.get(0) + " … (" + lines.size() + " lines)";
        }
        return value;
    }
}
