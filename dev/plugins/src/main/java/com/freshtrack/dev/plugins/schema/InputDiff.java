package com.freshtrack.dev.plugins.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What changed between two sets of inputs, property by property, with the schema's own replace rules. A value that isn't
 * known yet counts as changed; that a value is secret doesn't.
 */
public final class InputDiff {

    /** What happened to one property. */
    public enum Kind {
        ADD,
        DELETE,
        UPDATE
    }

    /** One changed property; {@code replaces} says that the resource can't be updated in place. */
    public record Change(String path, Kind kind, boolean replaces) {}

    private static final JsonNode NO_SCHEMA = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();

    private final PackageSchema schema;
    private final Set<String> unordered;
    private final List<Change> changes = new ArrayList<>();

    private InputDiff(PackageSchema schema, Set<String> unordered) {
        this.schema = schema;
        this.unordered = unordered;
    }

    /**
     * Compares two property maps.
     *
     * @param properties the declared properties
     * @param unordered names of lists whose order means nothing to the official provider
     */
    public static List<Change> changes(
            PackageSchema schema,
            JsonNode properties,
            Set<String> unordered,
            Map<String, Object> olds,
            Map<String, Object> news) {
        InputDiff diff = new InputDiff(schema, unordered);
        diff.object("", properties, Secret.stripMap(olds), Secret.stripMap(news), false);
        return diff.changes;
    }

    /** The changes that aren't at one of these paths or below it: the engine has put the old inputs there, which may be read back otherwise. */
    public static List<Change> without(List<Change> changes, List<String> paths) {
        return changes.stream()
                .filter(change -> paths.stream().noneMatch(path -> isAtOrBelow(change.path(), path)))
                .toList();
    }

    private static boolean isAtOrBelow(String change, String path) {
        return change.startsWith(path)
                && (change.length() == path.length() || ".[".indexOf(change.charAt(path.length())) >= 0);
    }

    private void object(String path, JsonNode properties, Map<?, ?> olds, Map<?, ?> news, boolean replaces) {
        Set<String> names = new TreeSet<>();
        olds.keySet().forEach(key -> names.add((String) key));
        news.keySet().forEach(key -> names.add((String) key));
        for (String name : names) {
            if (!name.startsWith("__")) {
                value(
                        PropertyPath.child(path, name),
                        properties.path(name),
                        olds.get(name),
                        news.get(name),
                        replaces,
                        name);
            }
        }
    }

    private void value(String path, JsonNode declared, Object before, Object after, boolean inherited, String name) {
        boolean replaces = inherited || declared.path("willReplaceOnChanges").asBoolean();
        JsonNode property = schema.resolve(declared);
        if (Objects.equals(before, after) && !Unknown.isIn(after) || sameItems(name, before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> olds && after instanceof Map<?, ?> news) {
            if (property.has("properties")) {
                object(path, property.get("properties"), olds, news, replaces);
            } else {
                map(path, property.path("additionalProperties"), olds, news, replaces);
            }
        } else if (before instanceof List<?> olds && after instanceof List<?> news) {
            for (int i = 0; i < Math.max(olds.size(), news.size()); i++) {
                Object oldItem = i < olds.size() ? olds.get(i) : null;
                Object newItem = i < news.size() ? news.get(i) : null;
                value(PropertyPath.item(path, i), property.path("items"), oldItem, newItem, replaces, "");
            }
        } else {
            Kind kind = before == null ? Kind.ADD : after == null ? Kind.DELETE : Kind.UPDATE;
            changes.add(new Change(path, kind, replaces || replacesWithin(property)));
        }
    }

    private void map(String path, JsonNode items, Map<?, ?> olds, Map<?, ?> news, boolean replaces) {
        Set<String> keys = new TreeSet<>();
        olds.keySet().forEach(key -> keys.add((String) key));
        news.keySet().forEach(key -> keys.add((String) key));
        for (String key : keys) {
            value(PropertyPath.child(path, key), items, olds.get(key), news.get(key), replaces, "");
        }
    }

    /** A whole object that appears or goes takes its replacing properties with it. */
    private boolean replacesWithin(JsonNode property) {
        JsonNode element = schema.resolve(property.has("items") ? property.get("items") : property);
        for (JsonNode nested : element.has("properties") ? element.get("properties") : NO_SCHEMA) {
            if (nested.path("willReplaceOnChanges").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private boolean sameItems(String name, Object before, Object after) {
        if (!unordered.contains(name) || Unknown.isIn(after)) {
            return false;
        }
        if (!(before instanceof List<?> olds) || !(after instanceof List<?> news) || olds.size() != news.size()) {
            return false;
        }
        List<Object> remaining = new ArrayList<>(olds);
        return news.stream().allMatch(remaining::remove);
    }
}
