package com.freshtrack.dev.plugins.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.EngineSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Goes through a table of refusals: which lines let their wrong value through.
 *
 * @param declared a type's declaration, nested types inlined
 * @param resource a resource of a type, as the engine sees it
 */
public record RefusalTable(Function<String, JsonNode> declared, Function<String, EngineSide> resource) {

    public List<String> survivors(List<PropertyRule> rules) {
        List<String> survivors = new ArrayList<>();
        for (PropertyRule rule : rules) {
            if (!refuses(rule)) {
                survivors.add(rule.toString());
            }
        }
        System.out.println("refusals: rows=" + rules.size() + " killed=" + (rules.size() - survivors.size()));
        return survivors;
    }

    /** Whether the wrong value is refused by this row, through the plugin and with a value that fits the schema. */
    private boolean refuses(PropertyRule rule) {
        JsonNode type = declared.apply(rule.type());
        return switch (rule.rule()) {
            case "exactly one", "at most one" -> {
                Map<String, Object> inputs = Samples.required(type);
                for (String name : rule.property().split(" ")) {
                    inputs.put(name, Samples.value(type.path("inputProperties").path(name), 1));
                }
                yield names(rule, inputs, rule.property().split(" ")[0]);
            }
            case "between" -> {
                double above = Double.parseDouble(rule.argument().split(" ")[1]) + 1;
                double below = Double.parseDouble(rule.argument().split(" ")[0]) - 1;
                yield names(rule, with(rule, above), "got " + (long) above)
                        && names(rule, with(rule, below), "got " + (long) below);
            }
            case "longest" -> {
                int length = Integer.parseInt(rule.argument()) + 1;
                yield names(rule, with(rule, "x".repeat(length)), "got " + length + " characters");
            }
            default -> names(rule, with(rule, "wrong§."), "allowed is");
        };
    }

    private boolean names(PropertyRule rule, Map<String, Object> inputs, String part) {
        return resource.apply(rule.type()).problems(inputs).stream().anyMatch(problem -> problem.contains(part));
    }

    private Map<String, Object> with(PropertyRule rule, Object value) {
        JsonNode type = declared.apply(rule.type());
        Map<String, Object> inputs = Samples.with(type, rule.property().replaceFirst("\\[]$", ""), 1);
        String[] path = rule.property().split("\\.");
        Map<String, Object> target = inputs;
        for (int i = 0; i < path.length - 1; i++) {
            target = child(target, path[i]);
        }
        String last = path[path.length - 1];
        boolean number = target.get(last) instanceof Number;
        Object fitting = number && value instanceof String ? (Object) 999_999.0 : value;
        boolean text = target.get(last) instanceof String && value instanceof Number;
        fitting = text ? String.valueOf(((Double) value).longValue()) : fitting;
        if (last.endsWith("[]")) {
            target.put(last.replace("[]", ""), List.of(fitting));
        } else {
            target.put(last, fitting);
        }
        return inputs;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String step) {
        Object child = parent.get(step.replace("[]", ""));
        return (Map<String, Object>) (child instanceof List<?> list ? list.get(0) : child);
    }
}
