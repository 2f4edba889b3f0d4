package com.freshtrack.infra.compose;

import com.freshtrack.infra.services.FileSpec;
import java.util.Locale;

/**
 * A file that holds secrets, and the one that reads it. It comes by itself, lies in {@code secrets/READER.VERSION/NAME}, and is its
 * reader's own: Compose gives a file to a container as it is and ignores {@code uid} and {@code mode}
 * (https://docs.docker.com/reference/compose-file/services/#secrets).
 *
 * @param reader the service that gets it, or {@link #DEPLOY}
 * @param file its path in the service, and its text with placeholders
 */
public record SecretFile(String reader, FileSpec file) {
    /** What host/deploy reads itself. */
    public static final String DEPLOY = "deploy";

    /** Its name in the reader's folder. */
    public String name() {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    /** Its name under {@code secrets:}. */
    String source() {
        return reader + "." + name();
    }

    /** Where Compose finds it, from the stack's folder. */
    String path() {
        return "./secrets/" + reader + "." + version(reader) + "/" + name();
    }

    /** Which version of a reader's secrets a release has; host/deploy says so in the release's file {@code env}. */
    static String version(String reader) {
        return "${SECRETS_" + reader.toUpperCase(Locale.ROOT).replace('-', '_') + ":?}";
    }
}
