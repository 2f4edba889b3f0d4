package com.freshtrack.infra.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The JVM of the packaged program, which the engine's host for Java starts as {@code java -jar}, without a place for flags. In a
 * checkout Maven would start it, twice for each operation.
 */
final class ProgramJvm {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    /** What the host asks before each operation: which plugins the program needs. */
    private static final List<String> WHICH_PACKAGES = List.of("com.pulumi.bootstrap.internal.Main", "packages");

    private static String packages;

    /** In a project's folder; see {@link #startFor}. */
    static final String BIN = "bin";

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
        script(
                folder,
                "java",
                """
                case "$*" in
                  *%s*) exec %s %s "$@" ;;
                  *) exec %2$s "$@" ;;
                esac
                """
                        .formatted(Checkout.program().getFileName(), JAVA, flags));
        return folder;
    }

    /**
     * Lets the program of a project be the packaged one, with the flags that Maven gives. What the host asks again before each
     * operation is answered from what the program said once, and the versions of compiler and Maven, which it only reports, not
     * at all: that is half of the processor time of a small preview. It makes the folder {@link #BIN} to put before a PATH.
     */
    static void startFor(Path project) throws IOException {
        var file = project.resolve("Pulumi.yaml").toFile();
        var settings = (ObjectNode) YAML.readTree(file);
        settings.putObject("runtime")
                .put("name", "java")
                .putObject("options")
                .put("binary", Checkout.program().toString());
        YAML.writeValue(file, settings);
        var folder = folder(project.resolve(BIN), flags());
        Files.move(folder.resolve("java"), folder.resolve("java-for-program"));
        Files.writeString(folder.resolve("packages.json"), packages());
        script(
                folder,
                "java",
                """
                case "$*" in
                  *%s*'%s') exec cat %s/packages.json ;;
                  *) exec %3$s/java-for-program "$@" ;;
                esac
                """
                        .formatted(Checkout.program().getFileName(), String.join(" ", WHICH_PACKAGES), folder));
        for (var tool : List.of("javac", "mvn")) {
            script(
                    folder,
                    tool,
                    """
                    [ "$*" != --version ] || exit 1
                    exec %s "$@"
                    """
                            .formatted(onPath(tool)));
        }
    }

    private static synchronized String packages() {
        if (packages == null) {
            var command = Stream.of(
                            Stream.of(JAVA.toString()),
                            Stream.of(flags().split(" ")),
                            Stream.of("-cp", Checkout.program().toString()),
                            WHICH_PACKAGES.stream())
                    .flatMap(words -> words)
                    .toList();
            var asked = Shell.run(LIMIT, "", command, Map.of());
            if (!asked.succeeded()) {
                throw new AssertionError("the program doesn't say which packages it needs: " + asked.output());
            }
            packages = asked.output();
        }
        return packages;
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on PATH"));
    }

    private static void script(Path folder, String name, String lines) throws IOException {
        var file = Files.createDirectories(folder).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + lines);
        file.toFile().setExecutable(true);
    }
}
