package com.freshtrack.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An event pattern of EventBridge, as far as the program writes one
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html): fields that must all match, values of which one must,
 * {@code $or}, {@code prefix}, {@code wildcard} and {@code anything-but}; in an array one element is enough.
 */
final class EventPattern {
    private final JsonNode pattern;

    EventPattern(String json) throws JsonProcessingException {
        this.pattern = new ObjectMapper().readTree(json);
    }

    boolean matches(JsonNode event) {
        return fields(pattern, event);
    }

    private static boolean fields(JsonNode pattern, JsonNode event) {
        return pattern.properties().stream().allMatch(field -> field(field, event));
    }

    private static boolean field(Map.Entry<String, JsonNode> field, JsonNode event) {
        if (field.getKey().equals("$or")) {
            return stream(field.getValue()).anyMatch(alternative -> fields(alternative, event));
        }
        var values = event.path(field.getKey());
        return (values.isArray() ? stream(values).toList() : List.of(values))
                .stream()
                        .anyMatch(value -> field.getValue().isObject()
                                ? fields(field.getValue(), value)
                                : stream(field.getValue()).anyMatch(wanted -> value(wanted, value)));
    }

    private static boolean value(JsonNode wanted, JsonNode value) {
        if (!wanted.isObject()) {
            return wanted.equals(value);
        }
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        var operator = wanted.fieldNames().next();
        var operand = wanted.get(operator);
        return switch (operator) {
            case "prefix" -> value.asText().startsWith(operand.asText());
            case "anything-but" -> stream(operand).noneMatch(value::equals);
            case "wildcard" -> Pattern.matches(
                    Pattern.quote(operand.asText()).replace("*", "\\E.*\\Q"), value.asText());
            default -> throw new IllegalArgumentException("unknown operator " + operator);
        };
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
