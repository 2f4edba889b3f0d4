package com.freshtrack.dev.plugins.simulated;

import com.freshtrack.dev.plugins.schema.PropertyPath;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One line of a provider's {@code refusals.txt}; that of aws explains the form. Unknown values are let through.
 *
 * @param platform who refuses, for messages
 */
public record PropertyRule(String platform, String type, String rule, String property, String argument) {

    /** The rules of a provider by type, from the directory of the jar that is named after it. */
    public static Map<String, List<PropertyRule>> load(String provider, String platform) {
        return Table.rows(provider + "/refusals.txt", 4).stream()
                .map(row -> new PropertyRule(platform, row.get(0), row.get(1), row.get(2), row.get(3)))
                .collect(Collectors.groupingBy(PropertyRule::type));
    }

    public List<String> problems(Map<String, Object> inputs) {
        return switch (rule) {
            case "exactly one" -> together(inputs, given(inputs) == 1 || isAnyUnknown(inputs), "exactly one");
            case "at most one" -> together(inputs, given(inputs) <= 1, "at most one");
            default -> eachValue(inputs);
        };
    }

    private List<String> eachValue(Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>();
        values("", inputs, List.of(property.split("\\.")), new TreeMap<>()).forEach((path, value) -> {
            if (value != Unknown.VALUE && !allows(value)) {
                problems.add("property \"" + path + "\" isn't accepted by " + platform + ": got " + got(value)
                        + "; allowed is " + allowed());
            }
        });
        return problems;
    }

    private boolean allows(Object value) {
        return switch (rule) {
            case "longest" -> text(value).length() <= Integer.parseInt(argument);
            case "matches" -> text(value).matches(argument.split(" :: ")[0]);
            case "one of" -> Arrays.asList(argument.split(" ")).contains(text(value));
            case "between" -> number(value) >= bound(0) && number(value) <= bound(1);
            default -> throw new IllegalStateException("no such rule: " + rule);
        };
    }

    /** A text that is too long may be a whole file, with secrets in it. */
    private String got(Object value) {
        return rule.equals("longest") ? text(value).length() + " characters" : text(value);
    }

    private String allowed() {
        return switch (rule) {
            case "longest" -> "at most " + argument + " characters";
            case "matches" -> argument.split(" :: ")[1];
            case "one of" -> argument.replace(" ", ", ");
            default -> argument.replace(" ", " to ");
        };
    }

    private List<String> together(Map<String, Object> inputs, boolean fits, String allowed) {
        List<String> present = names().stream().filter(inputs::containsKey).toList();
        return fits
                ? List.of()
                : List.of(platform + " takes " + allowed + " of " + String.join(", ", names()) + ": got "
                        + (present.isEmpty() ? "none" : String.join(", ", present)));
    }

    private long given(Map<String, Object> inputs) {
        return names().stream().map(inputs::get).filter(PropertyRule::isSaid).count();
    }

    /** An unknown list may turn out empty. */
    private boolean isAnyUnknown(Map<String, Object> inputs) {
        return names().stream().anyMatch(name -> inputs.get(name) == Unknown.VALUE);
    }

    private static boolean isSaid(Object value) {
        return value != null
                && value != Unknown.VALUE
                && !Boolean.FALSE.equals(value)
                && !(value instanceof List<?> list && list.isEmpty());
    }

    private List<String> names() {
        return List.of(property.split(" "));
    }

    private double bound(int index) {
        return Double.parseDouble(argument.split(" ")[index]);
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.parseDouble(text(value));
    }

    private static String text(Object value) {
        return value instanceof Number number && number.doubleValue() == number.longValue()
                ? String.valueOf(number.longValue())
                : String.valueOf(value);
    }

    private static Map<String, Object> values(
            String at, Map<?, ?> inputs, List<String> path, Map<String, Object> found) {
        String name = PropertyPath.root(path.get(0));
        String here = PropertyPath.child(at, name);
        Object value = inputs.get(name);
        boolean each = path.get(0).endsWith("[]") && value instanceof List<?>;
        List<?> items = each ? (List<?>) value : value == null ? List.of() : List.of(value);
        for (int i = 0; i < items.size(); i++) {
            String item = each ? PropertyPath.item(here, i) : here;
            if (path.size() == 1) {
                found.put(item, items.get(i));
            } else if (items.get(i) instanceof Map<?, ?> map) {
                values(item, map, path.subList(1, path.size()), found);
            }
        }
        return found;
    }
}
