package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freshtrack.dev.plugins.schema.PropertyPath;
import com.freshtrack.dev.plugins.simulated.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table {@code aws/replace-rules.txt}, which explains itself: what replaces a resource, when, and how that is known. */
final class ReplaceRules {

    private static final String ALWAYS = "always";
    private static final String NEVER = "never";
    private static final String DELETES_FIRST = "deletes-first";

    /** One line of the table. */
    record Rule(String type, String property, String when, String basis, String source) {

        boolean isAlways() {
            return when.equals(ALWAYS);
        }

        boolean isConditional() {
            return !isAlways() && !when.equals(NEVER) && !when.equals(DELETES_FIRST);
        }

        private static Rule of(List<String> fields) {
            return new Rule(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
        }
    }

    private final Map<String, List<Rule>> byType;

    private ReplaceRules(Map<String, List<Rule>> byType) {
        this.byType = byType;
    }

    static ReplaceRules load() {
        return new ReplaceRules(Table.rows("aws/replace-rules.txt", 5).stream()
                .map(Rule::of)
                .collect(Collectors.groupingBy(Rule::type, LinkedHashMap::new, Collectors.toList())));
    }

    Set<String> types() {
        return byType.keySet();
    }

    List<Rule> of(String type) {
        return byType.getOrDefault(type, List.of());
    }

    boolean deletesFirst(String type) {
        return of(type).stream().anyMatch(rule -> rule.when().equals(DELETES_FIRST));
    }

    /** Marks the properties of a declared resource that always replace it. */
    void mark(String type, ObjectNode declared) {
        for (Rule rule : of(type)) {
            if (rule.isAlways()) {
                ((ObjectNode) property(declared, rule)).put("willReplaceOnChanges", true);
            } else if (rule.isConditional()) {
                property(declared, rule);
            }
        }
    }

    private static JsonNode property(ObjectNode declared, Rule rule) {
        JsonNode within = declared.path("inputProperties");
        JsonNode property = null;
        for (String step : rule.property().split("\\.")) {
            String name = PropertyPath.root(step);
            property = within.get(name);
            if (property == null) {
                throw new IllegalStateException(rule.type() + " has no input " + rule.property());
            }
            within = (step.endsWith("[]") ? property.path("items") : property).path("properties");
        }
        return property;
    }
}
