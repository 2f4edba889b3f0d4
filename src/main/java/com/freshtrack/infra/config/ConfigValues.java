package com.freshtrack.infra.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of one stack by key, and what was found wrong with them so far.
 *
 * <p>A getter whose value can't be used records the problem and answers a stand-in, so that reading goes on; a check across
 * keys asks {@link #usable} first. What was built from stand-ins is thrown away by the reader.
 */
final class ConfigValues {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");

    private record Found(int order, ConfigProblem problem) {}

    private final String stack;
    private final boolean preview;
    private final Map<ConfigKey, String> given = new EnumMap<>(ConfigKey.class);
    private final Set<ConfigKey> encrypted = EnumSet.noneOf(ConfigKey.class);
    private final Set<ConfigKey> bad = EnumSet.noneOf(ConfigKey.class);
    private final List<Found> found = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    ConfigValues(String stack, Map<ConfigKey, String> given, Set<ConfigKey> encrypted, boolean preview) {
        this.stack = stack;
        this.preview = preview;
        this.given.putAll(given);
        this.encrypted.addAll(encrypted);
    }

    boolean preview() {
        return preview;
    }

    /** The value, or its default where the stack says nothing. */
    String text(ConfigKey key) {
        return given.getOrDefault(key, key.defaultValue());
    }

    /** The value of an optional key; empty where it is empty. */
    Optional<String> optional(ConfigKey key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    /** The entries of a list with commas, sorted, each once; none where the key is empty. */
    List<String> sortedList(ConfigKey key) {
        return optional(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .distinct()
                .sorted()
                .toList();
    }

    boolean encrypted(ConfigKey key) {
        return encrypted.contains(key);
    }

    /** Whether nothing was found wrong with any of these keys. */
    boolean usable(ConfigKey... keys) {
        return Arrays.stream(keys).noneMatch(bad::contains);
    }

    String matching(ConfigKey key, Pattern pattern, String allowed, String suggestion) {
        var text = text(key);
        if (!pattern.matcher(text).matches()) {
            refuse(key, allowed, suggestion);
        }
        return text;
    }

    int integer(ConfigKey key, int least, int most) {
        var text = text(key);
        if (INTEGER.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        refuse(key, "a whole number from " + least + " to " + most);
        return least;
    }

    OptionalInt optionalInteger(ConfigKey key, int least, int most) {
        return optional(key).isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer(key, least, most));
    }

    /** A number of processors, such as {@code 0.5}; at most three decimals. */
    double processors(ConfigKey key, double most) {
        var text = text(key);
        if (DECIMAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (value >= 0.01 && value <= most) {
                return value;
            }
        }
        refuse(key, "processors as a decimal number from 0.01 to " + "%.0f".formatted(most) + ", such as 0.5");
        return most;
    }

    boolean flag(ConfigKey key) {
        var text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            refuse(key, "true or false");
        }
        return text.equals("true");
    }

    <T> T choice(ConfigKey key, T[] choices, Function<T, String> name, T standIn) {
        var text = text(key);
        var choice = Arrays.stream(choices)
                .filter(each -> name.apply(each).equals(text))
                .findFirst();
        if (choice.isEmpty()) {
            refuse(key, Arrays.stream(choices).map(name).collect(Collectors.joining(" or ")), name.apply(choices[0]));
        }
        return choice.orElse(standIn);
    }

    /** Refuses the value; the mend is to go back to the default. */
    void refuse(ConfigKey key, String allowed) {
        refuse(key, allowed, key.defaultValue());
    }

    /** Refuses the value; the mend is to set the suggestion, or to remove the key where the suggestion is empty. */
    void refuse(ConfigKey key, String allowed, String suggestion) {
        refuse(
                key,
                shown(key),
                allowed,
                suggestion.isEmpty() && !key.secret() ? remove(key.text()) : set(key, suggestion));
    }

    void refuse(ConfigKey key, String got, String allowed, String mend) {
        bad.add(key);
        found.add(new Found(key.ordinal(), new ConfigProblem(key.text(), got, allowed, mend)));
    }

    /** Records what belongs to no known key; these come last. */
    void refuseOther(ConfigProblem problem) {
        found.add(new Found(Integer.MAX_VALUE, problem));
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<ConfigProblem> problems() {
        return found.stream()
                .sorted(Comparator.comparingInt(Found::order))
                .map(Found::problem)
                .toList();
    }

    /** The value for a message: never a secret's. */
    String shown(ConfigKey key) {
        var text = text(key);
        if (text.isEmpty()) {
            return "(not set)";
        }
        if (key.secret() || encrypted(key)) {
            return SecretText.REDACTED;
        }
        return Shown.text(text) + (text.equals(key.defaultValue()) ? " (the default)" : "");
    }

    /** The command that sets a key; a secret's asks for the value, so that it gets into no shell's history. */
    String set(ConfigKey key, String value) {
        return "pulumi config set "
                + (key.secret()
                        ? "--secret freshtrack:" + key.text()
                        : "freshtrack:" + key.text() + " " + Shown.shellWord(value))
                + onStack();
    }

    /** The command that sets a key to a file's text, for a value of many lines. */
    String setFromFile(ConfigKey key, String file) {
        return "pulumi config set freshtrack:" + key.text() + onStack() + " <" + file;
    }

    /** The command that makes the stack's SSH keys. */
    String makeKeys() {
        return "scripts/setup keys " + Shown.shellWord(stack);
    }

    String remove(String key) {
        return "pulumi config rm " + Shown.shellWord("freshtrack:" + key) + onStack();
    }

    private String onStack() {
        return " --stack " + Shown.shellWord(stack);
    }
}
