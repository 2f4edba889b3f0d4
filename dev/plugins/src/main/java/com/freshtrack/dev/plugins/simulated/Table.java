package com.freshtrack.dev.plugins.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A text file of a provider's directory in the jar: one row a line, fields between bars (the last may hold bars), comments after a hash. */
public final class Table {

    private Table() {}

    /** The rows of a file such as {@code aws/names.txt}; fails when one of them hasn't as many fields as asked for. */
    public static List<List<String>> rows(String file, int fields) {
        try (InputStream stream = Table.class.getResourceAsStream("/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> row(file, line, fields))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String file, String line, int fields) {
        List<String> row =
                Arrays.stream(line.split("\\|", fields)).map(String::strip).toList();
        if (row.size() != fields) {
            throw new IllegalStateException(file + ": expected " + fields + " fields in: " + line);
        }
        return row;
    }
}
