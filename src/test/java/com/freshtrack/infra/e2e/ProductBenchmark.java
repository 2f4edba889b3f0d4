package com.freshtrack.infra.e2e;

import static com.freshtrack.infra.engine.Figures.median;
import static com.freshtrack.infra.engine.Figures.one;
import static com.freshtrack.infra.engine.Figures.ratio;
import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Figures;
import com.freshtrack.infra.engine.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the running product does, and what it takes to bring it up or to change it. */
class ProductBenchmark {
    private static final int RUNS = 3;
    private static final int SECONDS = 15;

    @Test
    void poolingDeploysAndRollouts() {
        var fresh = new ArrayList<Double>();
        for (var run = 1; run < RUNS; run++) {
            var start = Instant.now();
            try (var product = Product.up(false)) {
                fresh.add(secondsSince(start));
            }
        }
        var start = Instant.now();
        try (var product = Product.up(false)) {
            fresh.add(secondsSince(start));
            deploys(product, fresh);
            idle();
            rollouts(product);
            transactions(product);
        }
    }

    private static void deploys(Product product, List<Double> fresh) {
        var nothing = new ArrayList<Double>();
        for (var run = 0; run < RUNS; run++) {
            nothing.add(seconds(() -> product.stack().up().mustSucceed()));
        }
        var table = new Figures("`pulumi up`, medians of " + RUNS, "what", "wall s", "ratio");
        table.row("from nothing, images there", one(median(fresh)), ratio(median(fresh), median(fresh)));
        table.row("with nothing to do", one(median(nothing)), ratio(median(nothing), median(fresh)));
        table.print();
    }

    /** What the whole machine does meanwhile: all of it is the product's, which nobody uses. */
    private static void idle() {
        Product.pause(Duration.ofSeconds(10));
        var before = busyTicks();
        Product.pause(Duration.ofSeconds(60));
        var table = new Figures("A product that nobody uses, 60 s", "what", "% of one processor");
        // A hundred ticks are a second: https://man7.org/linux/man-pages/man5/proc_stat.5.html
        table.row(
                "nine services, their health checks, and this machine's Docker Engine",
                one((busyTicks() - before) / 60.0));
        table.print();
    }

    /** The time that this machine's processors have worked, by the sum that the kernel keeps. */
    private static long busyTicks() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var words = lines.findFirst().orElseThrow().trim().split(" +");
            // user, nice and system; irq and softirq: not idle, not iowait
            return Stream.of(1, 2, 3, 6, 7)
                    .mapToLong(word -> Long.parseLong(words[word]))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rollouts(Product product) {
        var runs = new ArrayList<Rollout>();
        var table = new Figures(
                "A new API image under 20 clients that POST", "run", "wall s", "requests", "failed", "slowest s");
        for (var run = 1; run <= RUNS; run++) {
            var images = Checkout.images();
            var next = product.stack().get("apiImage").equals(images.get("apiImage"))
                    ? images.get("testApiImageV2")
                    : images.get("apiImage");
            try (var load = Load.start(product, 20, Duration.ofMillis(50))) {
                Product.pause(Duration.ofSeconds(2));
                product.stack().set("apiImage", next);
                var seconds = seconds(() -> product.stack().up().mustSucceed());
                var result = load.stop();
                product.assertStored(result);
                var rollout = new Rollout(
                        seconds,
                        result.sent(),
                        result.failures().size(),
                        result.slowest().toMillis() / 1000.0);
                runs.add(rollout);
                table.row(rollout.cells(String.valueOf(run)));
            }
        }
        table.row(Rollout.medians(runs).cells("median"));
        table.print();
    }

    private record Rollout(double seconds, double requests, double failed, double slowest) {
        static Rollout medians(List<Rollout> runs) {
            return new Rollout(
                    median(runs.stream().map(Rollout::seconds).toList()),
                    median(runs.stream().map(Rollout::requests).toList()),
                    median(runs.stream().map(Rollout::failed).toList()),
                    median(runs.stream().map(Rollout::slowest).toList()));
        }

        String[] cells(String run) {
            return new String[] {run, one(seconds), count(requests), count(failed), one(slowest)};
        }

        private static String count(double requests) {
            return String.format(Locale.ROOT, "%.0f", requests);
        }
    }

    private static void transactions(Product product) {
        Docker.run(
                "exec",
                product.container("postgres"),
                "pgbench",
                "--initialize",
                "--quiet",
                "--scale=10",
                "--username=postgres",
                "frostguard");
        product.sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO frostguard");
        var table = new Figures(
                "pgbench, SELECT by primary key, " + SECONDS + " s, medians of " + RUNS,
                "connections",
                "transactions/s",
                "ratio",
                "server connections at most");
        var direct = measure(product, "postgres", 5432, 50);
        var pooled = measure(product, "pgbouncer-a", 6432, 50);
        var many = measure(product, "pgbouncer-a", 6432, 985);
        for (var row : List.of(direct, pooled, many)) {
            table.row(
                    row.what(),
                    one(row.perSecond()),
                    ratio(row.perSecond(), direct.perSecond()),
                    String.valueOf(row.servers()));
        }
        table.print();
        assertThat(many.servers()).as("server connections of one pooler").isLessThanOrEqualTo(30);
    }

    private record Throughput(String what, double perSecond, int servers) {}

    private static Throughput measure(Product product, String host, int port, int clients) {
        var perSecond = new ArrayList<Double>();
        var servers = 0;
        for (var run = 0; run < RUNS; run++) {
            try (var pgbench = Pgbench.lookups(product, host, port, clients, SECONDS)) {
                var work = CompletableFuture.supplyAsync(pgbench::run);
                while (!work.isDone()) {
                    var connected = product.sql("SELECT count(*) FROM pg_stat_activity WHERE host(client_addr) = '"
                            + (port == 6432 ? product.address(host) : pgbench.address(product)) + "'");
                    servers = Math.max(servers, Integer.parseInt(connected));
                    Product.pause(Duration.ofMillis(500));
                }
                var result = work.join();
                assertThat(result.succeeded()).as(result.output()).isTrue();
                perSecond.add(Pgbench.transactionsPerSecond(result.output()));
            }
        }
        return new Throughput(clients + (port == 6432 ? " through PgBouncer" : " direct"), median(perSecond), servers);
    }

    private static double seconds(Supplier<Outcome> work) {
        var start = Instant.now();
        work.get();
        return secondsSince(start);
    }

    private static double secondsSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }
}
