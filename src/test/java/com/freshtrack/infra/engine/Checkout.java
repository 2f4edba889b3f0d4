package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that is tested: its compiled program, its files, and what set-up found or built. */
public final class Checkout {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    private Checkout() {}

    /** A file of the checkout. */
    public static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The text of a file of the checkout. */
    public static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what the scripts need of the checkout beside a throw-away project. */
    public static void copyScripts(Path project) {
        for (var folder : List.of("scripts", "dev/toolchain", "pom.xml")) {
            try (var files = Files.walk(file(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var copy = project.resolve(ROOT.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The compiled program; fails when it is missing or older than what was compiled. */
    public static Path program() {
        var jar = file("target/freshtrack-infra.jar");
        if (!Files.exists(jar)) {
            throw new AssertionError(
                    jar
                            + " is missing: run 'mvn package -DskipTests' first, or the suite with 'make test-engine' or 'make test-e2e'");
        }
        try (var classes = Files.walk(file("target/classes"))) {
            var newest =
                    classes.filter(Files::isRegularFile).map(Checkout::modified).max(FileTime::compareTo);
            if (newest.isPresent() && newest.get().compareTo(modified(jar)) > 0) {
                throw new AssertionError(jar + " is older than target/classes: run 'mvn package -DskipTests' first");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** The images at hand by configuration key: what differs from the defaults, the API's and the test's own. */
    public static Map<String, String> images() {
        var images = new LinkedHashMap<String, String>();
        text(".local/images").lines().filter(line -> !line.isBlank()).forEach(line -> {
            var words = line.split("\\s+", 2);
            images.put(words[0], words[1]);
        });
        return images;
    }

    /** A variable that {@code scripts/with-env} sets. */
    static String environment(String name) {
        var value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new AssertionError(
                    name
                            + " is not set: run the suite with 'make test-engine' or 'make test-e2e', or Maven inside 'scripts/with-env'");
        }
        return value;
    }

    /** The PATH that leads to the simulated providers of the clouds first, whichever are installed; fails where there are none. */
    static String pathWithSimulatedClouds() {
        var simulated = file(".local/simulated");
        for (var provider : List.of("aws", "digitalocean")) {
            if (!Files.isExecutable(simulated.resolve("pulumi-resource-" + provider))) {
                throw new AssertionError("there is no simulated provider " + provider + " in " + simulated
                        + ": run 'scripts/setup --test'");
            }
        }
        return simulated + ":" + environment("PATH");
    }

    /** With which {@code make down} destroys a stack and keeps its data: the {@code --exclude} options in scripts/down. */
    public static String[] downOptions() {
        var options = Pattern.compile("--exclude '([^']+)'")
                .matcher(text("scripts/down"))
                .results()
                .flatMap(match -> Stream.of("--exclude", match.group(1)))
                .toArray(String[]::new);
        if (options.length == 0) {
            throw new AssertionError("scripts/down excludes nothing from the destruction");
        }
        return options;
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
