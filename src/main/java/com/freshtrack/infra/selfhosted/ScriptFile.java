package com.freshtrack.infra.selfhosted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A shell script that is packaged beside this class; a command gets its text, so it runs wherever the program runs. */
final class ScriptFile {
    private ScriptFile() {}

    static String read(String file) {
        try (var stream = ScriptFile.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the packaged script " + file + " can't be read", e);
        }
    }
}
