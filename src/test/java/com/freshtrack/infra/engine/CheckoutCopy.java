package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A copy of the checkout in which commands are run as a user types them, with a state of its own; set-up is the checkout's, as is
 * the program, which Maven would compile again before each operation.
 * Closing it removes the copy, and nothing that the commands made elsewhere.
 */
public final class CheckoutCopy implements AutoCloseable {
    private static final Set<String> LEFT_OUT = Set.of(".git", ".local", "target", "node_modules");

    private final String stack = "t%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    private final Path directory;
    private final Engine engine;

    /**
     * Copies the checkout.
     *
     * @param variables what every command gets added to its environment
     */
    public CheckoutCopy(Map<String, String> variables) {
        try {
            directory = Files.createTempDirectory("freshtrack-" + stack + "-");
            Runtime.getRuntime().addShutdownHook(new Thread(this::close));
            copy(Checkout.file(""), directory);
            Files.createSymbolicLink(directory.resolve(".local"), Checkout.file(".local"));
            Files.createDirectories(directory.resolve("state"));
            ProgramJvm.startFor(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine = new Engine(directory, stack);
        engine.add(Map.of("PATH", System.getenv("PATH")));
        engine.add(variables);
    }

    /** A name for a stack, which nothing has made yet. */
    public String stack() {
        return stack;
    }

    /** A stack that was made in the copy, to look at it and to change it; closing the copy removes it. */
    public TestStack stack(String name) {
        var own = new Engine(directory, name);
        own.variables().putAll(engine.variables());
        return TestStack.of(directory, name, own);
    }

    /** Runs a script of bash in the copy, whatever comes of it. */
    public Shell.Result run(Duration limit, String script) {
        return Shell.run(
                limit, script, List.of("bash", "-c", "cd '" + directory + "' && exec bash -s"), engine.variables());
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
