package com.freshtrack.dev.plugins.simulated.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A text file of the jar's directory {@code aws}: one row a line, fields between bars (the last may hold bars), comments after a hash. */
final class Table {

    private Table() {}

    /** The rows of a file; fails when one of them hasn't as many fields as asked for. */
    static List<List<String>> rows(String file, int fields) {
        try (InputStream stream = Table.class.getResourceAsStream("/aws/" + file)) {
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
