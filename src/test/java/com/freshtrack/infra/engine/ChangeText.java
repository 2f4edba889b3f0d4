package com.freshtrack.infra.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A preview of a change as a document: each resource that is touched, and each input that differs, by its path. A text that
 * holds JSON is compared by what it says, one of many lines by its lines.
 */
final class ChangeText {
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    private static final Set<String> WITHOUT_INPUTS = Set.of("same", "replace", "delete-replaced");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> lines = new ArrayList<>();

    private ChangeText() {}

    static String of(Outcome preview) {
        return preview.steps().stream()
                .filter(step -> !WITHOUT_INPUTS.contains(step.operation()))
                .sorted(Comparator.comparing(Outcome.Step::type).thenComparing(Outcome.Step::urn))
                .map(ChangeText::step)
                .collect(Collectors.joining());
    }

    private static String step(Outcome.Step step) {
        var text = new ChangeText();
        text.lines.add("%s %s %s".formatted(step.operation(), step.type(), step.name()));
        if (!step.operation().equals("create") && !step.operation().equals("delete")) {
            text.compare("", JSON.valueToTree(step.olds()), JSON.valueToTree(step.inputs()));
        }
        return String.join("\n  ", text.lines) + "\n";
    }

    private void compare(String path, JsonNode old, JsonNode now) {
        if (old.equals(now) || path.equals("__defaults")) {
            return;
        }
        if (old.isObject() && now.isObject()) {
            var names = new TreeSet<String>();
            old.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path.isEmpty() ? name : path + "." + name, old.path(name), now.path(name)));
        } else if (isByName(old) && isByName(now)) {
            compare(path, byName(old), byName(now));
        } else if (old.isArray() && now.isArray()) {
            IntStream.range(0, Math.max(old.size(), now.size()))
                    .forEach(index -> compare(path + "[" + index + "]", old.path(index), now.path(index)));
        } else if (isDocument(old) && isDocument(now)) {
            compare(path, parsed(old), parsed(now));
        } else if (hasLines(old) && hasLines(now)) {
            compareLines(
                    path, old.asText().lines().toList(), now.asText().lines().toList());
        } else {
            lines.add(path + ": " + shown(old) + " => " + shown(now));
        }
    }

    private void compareLines(String path, List<String> old, List<String> now) {
        old.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add(path + ": - " + line.strip()));
        now.stream().filter(line -> !old.contains(line)).forEach(line -> lines.add(path + ": + " + line.strip()));
    }

    /** Whether it is a list of which each element has a name, so that one more doesn't look like a change of all. */
    private static boolean isByName(JsonNode node) {
        return node.isArray()
                && !node.isEmpty()
                && IntStream.range(0, node.size())
                        .allMatch(index -> node.path(index).has("name"));
    }

    private static JsonNode byName(JsonNode list) {
        var object = JSON.createObjectNode();
        list.forEach(element -> object.set(element.path("name").asText(), element));
        return object;
    }

    private static boolean isDocument(JsonNode node) {
        return node.isTextual()
                && (node.asText().startsWith("{") || node.asText().startsWith("[{"));
    }

    private static boolean hasLines(JsonNode node) {
        return node.isTextual() && node.asText().contains("\n");
    }

    private static JsonNode parsed(JsonNode text) {
        try {
            return JSON.readTree(text.asText());
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "(none)";
        }
        return node.asText().equals(UNKNOWN) ? "(known at deploy time)" : node.toString();
    }
}
