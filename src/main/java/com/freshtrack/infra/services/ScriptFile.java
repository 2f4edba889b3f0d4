package com.freshtrack.infra.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A shell script that is packaged beside a class; a command gets its text, so it runs wherever the program runs. */
public final class ScriptFile {
    private ScriptFile() {}

    /** The text of a script beside a class. */
    public static String read(Class<?> beside, String file) {
        try (var stream = beside.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the packaged script " + file + " can't be read", e);
        }
    }
}
