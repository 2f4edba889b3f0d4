package com.freshtrack.dev.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of this machine that has run, at most five minutes long.
 *
 * @param output what it printed, on both streams, without the white space around it
 */
public record Ran(List<String> command, int exitCode, String output) {

    private static final int MOST_SECONDS = 300;

    /** Runs a command without input. */
    public static Ran by(List<String> command) {
        try {
            // A file, because a process that outlives the command would keep a pipe open.
            Path output = Files.createTempFile("freshtrack-plugins-", ".out");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                // The classic builder: the only one that a client without the buildx plugin has.
                builder.environment().put("DOCKER_BUILDKIT", "0");
                Process process = builder.start();
                process.getOutputStream().close();
                if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(String.join(" ", command) + " did not end within " + MOST_SECONDS + " s");
                }
                return new Ran(
                        command, process.exitValue(), Files.readString(output).strip());
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new AssertionError(command.get(0) + " can't be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it printed; fails unless it ended with 0. */
    public String mustSucceed() {
        if (exitCode != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + exitCode + ": " + output);
        }
        return output;
    }
}
