package com.freshtrack.infra.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The product's own files that services get as they are, by their path in this repository, such as {@code caddy/Caddyfile}.
 *
 * @param texts the files' contents by path
 */
public record ProductFiles(SortedMap<String, String> texts) {
    /** Where they are in this repository. */
    public static final List<String> FOLDERS = List.of("caddy", "host", "observability");

    public ProductFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /** Reads them from a checkout, or from a copy of its {@link #FOLDERS}; a folder may be a link to another place. */
    public static ProductFiles read(Path checkout) {
        var texts = new TreeMap<String, String>();
        for (var folder : FOLDERS) {
            try (var files = Files.walk(checkout.resolve(folder), FileVisitOption.FOLLOW_LINKS)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(checkout.relativize(file).toString(), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the folder " + folder + " can't be read", e);
            }
        }
        return new ProductFiles(texts);
    }

    /** The texts of the files in a folder, by their path in it; the folder's name ends with a slash. */
    public SortedMap<String, String> under(String folder) {
        var found = new TreeMap<String, String>();
        texts.forEach((path, text) -> {
            if (path.startsWith(folder)) {
                found.put(path.substring(folder.length()), text);
            }
        });
        return found;
    }

    /**
     * The text of one file.
     *
     * @throws IllegalArgumentException when there is none with this path
     */
    public String text(String path) {
        var text = texts.get(path);
        if (text == null) {
            throw new IllegalArgumentException(
                    path + " is missing: the program must be started where Pulumi.yaml is, in a complete checkout");
        }
        return text;
    }
}
