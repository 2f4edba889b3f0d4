package com.freshtrack.dev.plugins.simulated.aws;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of {@code aws/outputs.txt}, which explains the braces. */
record Template(String type, String output, String text) {

    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)(?:([ :<>])([^}]*))?}");
    private static final int BYTE_VALUES = 254;

    /** Whether the value has digits that an update must not make again. */
    boolean isMadeUp() {
        return BRACES.matcher(text).results().anyMatch(brace -> switch (brace.group(1)) {
            case "hex", "digits", "capitals", "uuid", "byte" -> true;
            default -> AwsWords.isWord(brace.group(1));
        });
    }

    String fill(AwsWords words, MadeUp madeUp, Place place, Map<String, Object> properties) {
        return BRACES.matcher(text)
                .replaceAll(brace -> Matcher.quoteReplacement(
                        switch (brace.group(1)) {
                            case "account" -> Place.ACCOUNT;
                            case "region" -> place.region();
                            case "hex" -> madeUp.hex(length(brace.group(3)), salt(brace.group(3)));
                            case "digits" -> madeUp.digits(length(brace.group(3)), salt(brace.group(3)));
                            case "capitals" -> madeUp.capitals(length(brace.group(3)), salt(brace.group(3)));
                            case "regional" -> new MadeUp(place.region(), "").hex(length(brace.group(3)), "");
                            case "uuid" -> madeUp.uuid("");
                            case "byte" -> String.valueOf(Integer.parseInt(madeUp.hex(6, ""), 16) % BYTE_VALUES + 1);
                            default -> AwsWords.isWord(brace.group(1))
                                    ? words.value(brace.group(1), madeUp, properties)
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
