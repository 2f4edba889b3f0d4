package com.freshtrack.infra.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a command of this machine took.
 *
 * @param wallSeconds from start to end
 * @param cpuSeconds of the command and of all that it started and waited for
 * @param peakMiB most memory that it and all its descendants held at once (resident, so that shared pages count twice)
 */
public record Measurement(double wallSeconds, double cpuSeconds, double peakMiB) {
    private static final int LIMIT_SECONDS = 180;
    private static final int PAGE_BYTES = 4096;

    /** Runs a command that must succeed. */
    static Measurement of(List<String> command, Map<String, String> environment) throws Exception {
        var timed = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\"", "bash"));
        timed.addAll(command);
        var said = Files.createTempFile("freshtrack-measured-", ".txt");
        try {
            var builder = new ProcessBuilder(timed).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            var peak = 0L;
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, residentBytes(process.toHandle()));
                if (System.nanoTime() > end) {
                    process.descendants().forEach(ProcessHandle::destroy);
                    throw new AssertionError("no end within " + LIMIT_SECONDS + " s: " + command);
                }
            }
            var lines = Files.readAllLines(said);
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        command + " ended with " + process.exitValue() + ":\n" + String.join("\n", lines));
            }
            var times = Stream.of(lines.get(lines.size() - 1).split(" "))
                    .map(Double::parseDouble)
                    .toList();
            return new Measurement(times.get(0), times.get(1) + times.get(2), peak / 1024.0 / 1024.0);
        } finally {
            Files.delete(said);
        }
    }

    private static long residentBytes(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> {
                    try {
                        var pages = Files.readString(Path.of("/proc/" + process.pid() + "/statm"))
                                .split(" ")[1];
                        return Long.parseLong(pages) * PAGE_BYTES;
                    } catch (IOException ended) {
                        return 0;
                    }
                })
                .sum();
    }
}
