package com.freshtrack.infra.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flags for the JVM of the program, which the engine's host for Java starts as {@code java -jar}, without a place for them. */
final class ProgramJvm {
    private ProgramJvm() {}

    /** What every Maven in the checkout gives it, also the one that {@code pulumi up} starts. */
    static String flags() {
        return Checkout.text(".mvn/jvm.config").strip();
    }

    /**
     * Makes a folder to put before a PATH: its {@code java} gives these flags to the program, and none to other programs, such
     * as providers that are written in Java.
     */
    static Path folder(Path folder, String flags) throws IOException {
        var java = Files.createDirectories(folder).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                case "$*" in
                  *%s*) exec %s %s "$@" ;;
                  *) exec %2$s "$@" ;;
                esac
                """
                        .formatted(
                                Checkout.program().getFileName(),
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                flags));
        java.toFile().setExecutable(true);
        return folder;
    }
}
