package com.freshtrack.infra.e2e;

import static com.freshtrack.infra.engine.Figures.median;
import static com.freshtrack.infra.engine.Figures.one;
import static com.freshtrack.infra.engine.Figures.ratio;
import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Figures;
import com.freshtrack.infra.engine.Shell;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make up} takes as somebody types it: set-up, program and product. */
class UpBenchmark {
    private static final int RUNS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    @Test
    void fromAFreshCloneAndWithNothingToDo() {
        assertThat(Docker.containers("freshtrack-local-"))
                .as("containers of a stack 'local', which this can't be measured beside: run 'make down' where it is")
                .isEmpty();
        var fresh = new ArrayList<Double>();
        var nothing = new ArrayList<Double>();
        for (var run = 1; run <= RUNS; run++) {
            var clone = folder.resolve("clone-" + run);
            mustSucceed(List.of("git", "clone", "--quiet", Checkout.file(".").toString(), clone.toString()), Map.of());
            try {
                fresh.add(make(clone, "up"));
                nothing.add(make(clone, "up"));
            } finally {
                make(clone, "down", "VOLUMES=1");
            }
        }
        var table = new Figures("`make up` of the last commit, medians of " + RUNS, "what", "wall s", "ratio");
        table.row("in a fresh clone; images and caches are there", one(median(fresh)), "1.00×");
        table.row("with nothing to do", one(median(nothing)), ratio(median(nothing), median(fresh)));
        table.print();
    }

    /** Runs a target of a clone, which must not find what this checkout has set up, and answers its seconds. */
    private static double make(Path clone, String... targets) {
        var local = Checkout.file(".local").toString();
        var path = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .filter(entry -> !entry.startsWith(local))
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(List.of("make", "--directory", clone.toString()));
        command.addAll(List.of(targets));
        var start = Instant.now();
        mustSucceed(command, Map.of("PATH", path));
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }

    private static void mustSucceed(List<String> command, Map<String, String> environment) {
        var result = Shell.run(LIMIT, "", command, environment);
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }
}
