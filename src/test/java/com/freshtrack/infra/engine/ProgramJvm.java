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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The JVM of the packaged program, which the engine's host for Java starts as {@code java -jar}, without a place for flags. In a
 * checkout Maven would start it, twice for each operation.
 */
final class ProgramJvm {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Checkout.program().getFileName();

    /** What the host asks before each operation: which plugins the program needs. */
    private static final String WHICH_PACKAGES = "com.pulumi.bootstrap.internal.Main packages";

    /** What commands said that always say the same. */
    private static final Map<List<String>, String> SAID = new ConcurrentHashMap<>();

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
        script(folder, "java", java("", flags));
        return folder;
    }

    /**
     * Lets the program of a project be the packaged one, with the flags that Maven gives. What the host asks again before each
     * operation is answered from what was said once: which packages the program needs, and the versions of compiler and Maven.
     * That is half of the processor time of a small preview. It makes the folder {@link #BIN} to put before a PATH.
     */
    static void startFor(Path project) throws IOException {
        var file = project.resolve("Pulumi.yaml").toFile();
        var settings = (ObjectNode) YAML.readTree(file);
        settings.putObject("runtime")
                .put("name", "java")
                .putObject("options")
                .put("binary", Checkout.program().toString());
        YAML.writeValue(file, settings);
        var folder = project.resolve(BIN);
        var packages = said("%s %s -cp %s %s"
                .formatted(JAVA, flags(), Checkout.program(), WHICH_PACKAGES)
                .split(" "));
        script(folder, "java", java("  *%s*'%s') %s ;;\n".formatted(JAR, WHICH_PACKAGES, say(packages)), flags()));
        for (var tool : List.of("javac", "mvn")) {
            var path = onPath(tool).toString();
            script(
                    folder,
                    tool,
                    """
                    case "$*" in
                      --version) %s ;;
                      *) exec %s "$@" ;;
                    esac
                    """
                            .formatted(say(said(path, "--version")), path));
        }
    }

    /** A script that takes the first of these cases first. */
    private static String java(String first, String flags) {
        return """
                case "$*" in
                %s  *%s*) exec %s %s "$@" ;;
                  *) exec %3$s "$@" ;;
                esac
                """
                .formatted(first, JAR, JAVA, flags);
    }

    private static String say(String text) {
        return "printf '%s' '" + text.replace("'", "'\\''") + "'";
    }

    /** What a command says on standard output. */
    private static String said(String... command) {
        return SAID.computeIfAbsent(List.of(command), words -> {
            var quiet = Stream.concat(Stream.of("sh", "-c", "exec \"$@\" 2>/dev/null", "sh"), words.stream());
            var asked = Shell.run(LIMIT, "", quiet.toList(), Map.of());
            if (!asked.succeeded()) {
                throw new AssertionError(String.join(" ", words) + " ended with " + asked.exitCode());
            }
            return asked.output();
        });
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
