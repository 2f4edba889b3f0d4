package com.freshtrack.dev.plugins.simulated.aws;

import com.freshtrack.dev.plugins.simulated.MadeUp;
import com.freshtrack.dev.plugins.simulated.Table;
import com.freshtrack.dev.plugins.wire.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the resources of one type are named that the program gives no name: a line of {@code aws/names.txt}. A name is kept as
 * long as its resource lives, and whether it was chosen here stands under {@code __defaults}.
 */
record Naming(
        String type,
        String property,
        String prefix,
        String separator,
        int longest,
        boolean lowerCase,
        String givenInstead,
        String ending,
        String endingFlag) {

    private static final String DEFAULTS = "__defaults";
    private static final int SUFFIX_DIGITS = 7;

    static Map<String, Naming> load() {
        return Table.rows("aws/names.txt", 8).stream()
                .map(Naming::of)
                .collect(Collectors.toMap(Naming::type, Function.identity()));
    }

    private static Naming of(List<String> row) {
        String[] ending = (row.get(7) + " ").split(" ", 2);
        return new Naming(
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3),
                Integer.parseInt(row.get(4)),
                row.get(5).equals("lower"),
                row.get(6),
                ending[0],
                ending[1].strip());
    }

    /** Puts the name in, the old one where it was chosen here already. */
    void fill(String logicalName, MadeUp madeUp, Map<String, Object> olds, Map<String, Object> news) {
        if (news.get(property) != null || news.get(givenInstead) != null) {
            return;
        }
        String base = lowerCase ? logicalName.toLowerCase(Locale.ROOT) : logicalName;
        String end = Boolean.TRUE.equals(Secret.strip(news.get(endingFlag))) ? ending : "";
        news.put(
                property,
                isChosen(olds) && olds.get(property) != null
                        ? olds.get(property)
                        : prefix + base + separator + madeUp.hex(SUFFIX_DIGITS, "name") + end);
        markChosen(news, property);
    }

    /** A chosen name that is too long, as the bridge refuses it. */
    Optional<String> problem(Map<String, Object> inputs) {
        return isChosen(inputs) && inputs.get(property) instanceof String name && name.length() > longest
                ? Optional.of("property \"" + property + "\" would be longer than " + longest + " characters: got "
                        + name + "; allowed is a shorter logical name, or " + property + " itself")
                : Optional.empty();
    }

    boolean isChosen(Map<String, Object> inputs) {
        return inputs.get(DEFAULTS) instanceof List<?> names && names.contains(property);
    }

    /** A name that the program gave can't be had twice at once. */
    boolean isGiven(Map<String, Object> inputs) {
        return inputs.get(property) != null && !isChosen(inputs);
    }

    /** Records that a property's value is a default, not the program's. */
    static void markChosen(Map<String, Object> inputs, String property) {
        List<Object> names = new ArrayList<>(inputs.get(DEFAULTS) instanceof List<?> given ? given : List.of());
        names.add(property);
        inputs.put(DEFAULTS, names);
    }
}
