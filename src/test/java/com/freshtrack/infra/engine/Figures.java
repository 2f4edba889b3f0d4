package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A table of measured figures, printed and kept in {@code target/benchmarks.md} beside those of the same run. */
public final class Figures {
    private final StringBuilder text = new StringBuilder();

    /** Begins a table with this heading and these columns. */
    public Figures(String heading, String... columns) {
        text.append("\n## ").append(heading).append("\n\n");
        row(List.of(columns));
        row(List.of(columns).stream().map(column -> "---").toList());
    }

    /** The middle one of some figures; of an even number the lower of the two in the middle. */
    public static double median(Collection<Double> figures) {
        return figures.stream()
                .sorted()
                .skip((figures.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    /** A figure with one decimal. */
    public static String one(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }

    /** A figure over another one, as a ratio. */
    public static String ratio(double figure, double base) {
        return String.format(Locale.ROOT, "%.2f×", figure / base);
    }

    public void row(String... cells) {
        row(List.of(cells));
    }

    /** Prints the table, and appends it to the file of this run. */
    public void print() {
        System.out.println(text);
        try {
            Files.writeString(
                    Checkout.file("target/benchmarks.md"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
