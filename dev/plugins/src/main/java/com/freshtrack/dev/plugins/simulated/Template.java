package com.freshtrack.dev.plugins.simulated;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One line of a provider's {@code outputs.txt}; that of aws explains the braces. */
public record Template(String type, String output, String text) {

    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)(?:([ :<>])([^}]*))?}");

    /** The lines of a provider by type, from the directory of the jar that is named after it. */
    public static Map<String, List<Template>> load(String provider) {
        return Table.rows(provider + "/outputs.txt", 3).stream()
                .map(row -> new Template(row.get(0), row.get(1), row.get(2)))
                .collect(Collectors.groupingBy(Template::type));
    }

    /** Whether the value has digits, or a word, that an update with these inputs must not make again. */
    boolean isMadeUp(Words words, Map<String, Object> inputs) {
        return BRACES.matcher(text).results().anyMatch(brace -> switch (brace.group(1)) {
            case "hex", "digits", "capitals", "uuid", "byte" -> true;
            default -> words.stays(brace.group(1), inputs);
        });
    }

    String fill(Words words, MadeUp madeUp, Map<String, Object> properties) {
        return BRACES.matcher(text)
                .replaceAll(brace -> Matcher.quoteReplacement(
                        switch (brace.group(1)) {
                            case "hex" -> madeUp.hex(length(brace.group(3)), salt(brace.group(3)));
                            case "digits" -> madeUp.digits(length(brace.group(3)), salt(brace.group(3)));
                            case "capitals" -> madeUp.capitals(length(brace.group(3)), salt(brace.group(3)));
                            case "uuid" -> madeUp.uuid("");
                            case "byte" -> String.valueOf(madeUp.octet());
                            default -> words.has(brace.group(1))
                                    ? words.value(brace.group(1), brace.group(3), madeUp, properties)
                                    : property(properties.get(brace.group(1)), brace.group(2), brace.group(3));
                        }));
    }

    private static String property(Object value, String operator, String operand) {
        String text = value instanceof Double number ? String.valueOf(number.longValue()) : String.valueOf(value);
        if (value == null || text.isEmpty()) {
            return ":".equals(operator) ? operand : "";
        }
        int at = operator == null ? -1 : text.indexOf(operand);
        if (at >= 0 && operator.equals(">")) {
            return text.substring(at + operand.length());
        }
        return at >= 0 && operator.equals("<") ? text.substring(0, at) : text;
    }

    private static int length(String arguments) {
        return Integer.parseInt(arguments.split(" ", 2)[0]);
    }

    private static String salt(String arguments) {
        return arguments.contains(" ") ? arguments.split(" ", 2)[1] : "";
    }
}
