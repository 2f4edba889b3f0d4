package com.freshtrack.dev.plugins.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs child processes, and ends them with their descendants when the engine cancels. */
public final class Subprocesses {

    private static final int KILL_AFTER_SECONDS = 5;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final Set<Process> stopped = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** What a finished process left; the exit code is -1 when it was ended, because its time was over or by a cancel. */
    public record Result(int exitCode, String stdout, String stderr) {}

    /** Takes each line as it is written. */
    public record Listener(Consumer<String> stdout, Consumer<String> stderr) {

        public static final Listener SILENT = new Listener(line -> {}, line -> {});
    }

    /**
     * Runs a command to its end.
     *
     * @param environment added to this process's own
     * @param directory where it runs, null for here
     * @param timeoutSeconds 0 for none
     */
    public Result run(
            List<String> command,
            Map<String, String> environment,
            Path directory,
            byte[] stdin,
            double timeoutSeconds,
            Listener listener)
            throws ResourceFailure, InterruptedException {
        if (cancelled) {
            throw new ResourceFailure("cancelled");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ResourceFailure("can't run " + command.get(0) + ": is it installed and on PATH?");
        }
        running.add(process);
        try {
            var stdout = collect(process.getInputStream(), listener.stdout());
            var stderr = collect(process.getErrorStream(), listener.stderr());
            CompletableFuture.runAsync(() -> feed(process.getOutputStream(), stdin));
            boolean ended = true;
            if (timeoutSeconds > 0) {
                ended = process.waitFor((long) (timeoutSeconds * 1000), TimeUnit.MILLISECONDS);
            } else {
                process.waitFor();
            }
            if (!ended) {
                end(process);
            }
            // A shell whose children were ended before it may well end with 0.
            boolean byItself = ended && !stopped.contains(process);
            return new Result(byItself ? process.exitValue() : -1, stdout.join(), stderr.join());
        } finally {
            running.remove(process);
            stopped.remove(process);
            if (process.isAlive()) {
                end(process);
            }
        }
    }

    /** Ends everything that runs; later runs are refused. */
    public void cancel() {
        cancelled = true;
        running.stream().filter(Process::isAlive).forEach(process -> {
            stopped.add(process);
            end(process);
        });
    }

    /** Sleeps unless cancelled. */
    public void pause(long milliseconds) throws ResourceFailure, InterruptedException {
        if (cancelled) {
            throw new ResourceFailure("cancelled");
        }
        Thread.sleep(milliseconds);
    }

    private static void end(Process process) {
        List<ProcessHandle> tree = java.util.stream.Stream.concat(
                        process.descendants(), java.util.stream.Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_AFTER_SECONDS);
        for (ProcessHandle handle : tree) {
            try {
                handle.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
                handle.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                handle.destroyForcibly();
            }
        }
    }

    private static void feed(OutputStream stream, byte[] bytes) {
        try (stream) {
            stream.write(bytes);
        } catch (IOException e) {
            // the process ended without reading all of it: its exit code says what happened
        }
    }

    private static CompletableFuture<String> collect(InputStream stream, Consumer<String> lines) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            StringBuilder all = new StringBuilder();
            try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                for (int c = in.read(); c >= 0; c = in.read()) {
                    all.append((char) c);
                    if (c == '\n') {
                        lines.accept(line.toString());
                        line.setLength(0);
                    } else {
                        line.append((char) c);
                    }
                }
                if (line.length() > 0) {
                    lines.accept(line.toString());
                }
            } catch (IOException e) {
                // the stream was closed with its process
            }
            text.complete(all.toString());
        });
        reader.setDaemon(true);
        reader.start();
        return text;
    }
}
