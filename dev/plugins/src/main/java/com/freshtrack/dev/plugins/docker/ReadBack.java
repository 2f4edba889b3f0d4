package com.freshtrack.dev.plugins.docker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How the engine gives back what it was told: capabilities with their prefix (moby normalises them when it makes a
 * container: https://github.com/moby/moby/pull/48551) and durations as Go writes them. The official provider keeps what it
 * reads in its state and compares inputs with that, so an input in another form is a change at every preview.
 */
final class ReadBack {
    private static final Pattern PART = Pattern.compile("([0-9]+)(h|ms|m|s)");
    private static final List<String> DURATIONS = List.of("interval", "timeout", "startPeriod", "startInterval");

    private ReadBack() {}

    /** A container's inputs in the form in which they come back. */
    static Map<String, Object> of(Map<String, Object> inputs) {
        Map<String, Object> back = new TreeMap<>(inputs);
        back.computeIfPresent(
                "capabilities", (name, value) -> value instanceof Map<?, ?> map ? capabilities(map) : value);
        back.computeIfPresent(
                "healthcheck", (name, value) -> value instanceof Map<?, ?> map ? healthcheck(map) : value);
        return back;
    }

    /** As {@code time.Duration.String()} writes it: {@code 60000} is {@code 1m0s}. */
    static String duration(long milliseconds) {
        if (milliseconds % 1000 != 0) {
            return milliseconds + "ms";
        }
        long seconds = milliseconds / 1000;
        String text = seconds % 60 + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
    }

    private static Object capabilities(Map<?, ?> capabilities) {
        Map<String, Object> back = new TreeMap<>();
        capabilities.forEach((name, value) -> back.put(
                (String) name,
                value instanceof List<?> list
                        ? list.stream().map(ReadBack::capability).toList()
                        : value));
        return back;
    }

    private static Object capability(Object capability) {
        return capability instanceof String text && !text.equals("ALL") && !text.startsWith("CAP_")
                ? "CAP_" + text
                : capability;
    }

    private static Object healthcheck(Map<?, ?> healthcheck) {
        Map<String, Object> back = new TreeMap<>();
        healthcheck.forEach((name, value) -> back.put(
                (String) name, DURATIONS.contains(name) && value instanceof String text ? normalised(text) : value));
        return back;
    }

    private static String normalised(String text) {
        var part = PART.matcher(text);
        long milliseconds = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            end = part.end();
            milliseconds += Long.parseLong(part.group(1)) * milliseconds(part.group(2));
        }
        return end == text.length() ? duration(milliseconds) : text;
    }

    private static long milliseconds(String unit) {
        return switch (unit) {
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1_000;
            default -> 1;
        };
    }
}
