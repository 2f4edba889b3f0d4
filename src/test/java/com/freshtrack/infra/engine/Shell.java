package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command of this machine, bounded in time. */
public final class Shell {
    private Shell() {}

    /** What a command said, standard error after standard output, and how it ended. */
    public record Result(int exitCode, String output) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs a command with this text on its standard input and these variables added; it is killed when it is late. */
    public static Result run(Duration limit, String input, List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            var process = builder.start();
            var standardOutput = read(process.getInputStream());
            var standardError = read(process.getErrorStream());
            var written = CompletableFuture.runAsync(() -> write(process, input));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
                throw new AssertionError("no end within " + limit.toSeconds() + " s: " + String.join(" ", command)
                        + "\n" + standardOutput.join() + standardError.join());
            }
            written.join();
            return new Result(process.exitValue(), standardOutput.join() + standardError.join());
        } catch (IOException e) {
            throw new UncheckedIOException("can't run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command.get(0), e);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void write(Process process, String input) {
        try (var stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // The command ended without reading it all; its exit code says more.
        }
    }
}
