package com.freshtrack.infra.engine;

import static com.freshtrack.infra.engine.Figures.median;
import static com.freshtrack.infra.engine.Figures.one;
import static com.freshtrack.infra.engine.Figures.ratio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a preview of the stack {@code dev} costs, by how the program is started. */
class PreviewBenchmark {
    private static final int RUNS = 5;

    @TempDir
    private Path directory;

    @Test
    void previewOfDev() throws Exception {
        try (var stack = TestStack.previewOnly("dev", "Pulumi.dev.yaml")) {
            var lean = ProgramJvm.flags();
            var archive = directory.resolve("program.jsa");
            var byMaven = mavenProject(stack);
            preview(byMaven, Map.of());
            preview(stack.directory(), flags("-XX:ArchiveClassesAtExit=" + archive));
            var variants = new LinkedHashMap<String, Variant>();
            variants.put("Maven, no flags", new Variant(byMaven, Map.of()));
            variants.put("Maven, " + lean, new Variant(byMaven, Map.of("MAVEN_OPTS", lean)));
            variants.put("jar, no flags", new Variant(stack.directory(), Map.of()));
            variants.put("jar, " + lean, new Variant(stack.directory(), flags(lean)));
            variants.put(
                    "jar, the same and a class-data archive",
                    new Variant(stack.directory(), flags(lean + " -XX:SharedArchiveFile=" + archive)));
            var measured = new LinkedHashMap<String, List<Measurement>>();
            // Round by round, so that whatever else the machine does meets all alike.
            for (var run = 0; run < RUNS; run++) {
                for (var variant : variants.entrySet()) {
                    measured.computeIfAbsent(variant.getKey(), ignored -> new ArrayList<>())
                            .add(preview(
                                    variant.getValue().project(),
                                    variant.getValue().environment()));
                }
            }
            table(measured);
        }
    }

    private record Variant(Path project, Map<String, String> environment) {}

    private static void table(Map<String, List<Measurement>> measured) {
        var table = new Figures(
                "`pulumi preview` of `dev`, medians of " + RUNS,
                "how",
                "wall s",
                "cpu s",
                "peak MiB",
                "wall",
                "cpu",
                "peak");
        var base = measured.values().iterator().next();
        measured.forEach((how, runs) -> table.row(
                how,
                one(of(runs, Measurement::wallSeconds)),
                one(of(runs, Measurement::cpuSeconds)),
                one(of(runs, Measurement::peakMiB)),
                ratio(of(runs, Measurement::wallSeconds), of(base, Measurement::wallSeconds)),
                ratio(of(runs, Measurement::cpuSeconds), of(base, Measurement::cpuSeconds)),
                ratio(of(runs, Measurement::peakMiB), of(base, Measurement::peakMiB))));
        table.print();
    }

    private static double of(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        return median(runs.stream().map(figure::applyAsDouble).toList());
    }

    private static Measurement preview(Path project, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(new Engine(project, "dev").variables());
        environment.putAll(more);
        return Measurement.of(
                List.of("pulumi", "--non-interactive", "--cwd", project.toString(), "preview", "--stack", "dev"),
                environment);
    }

    private Map<String, String> flags(String flags) throws IOException {
        var bin = ProgramJvm.folder(Files.createTempDirectory(directory, "bin"), flags);
        return Map.of("PATH", bin + ":" + System.getenv("PATH"));
    }

    /** The same project as `pulumi preview` finds it in a checkout: compiled by Maven each time. */
    private Path mavenProject(TestStack stack) throws IOException {
        var project = Files.createDirectories(directory.resolve("maven"));
        try (var files = Files.list(Checkout.file(""))) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (!List.of(".git", ".mvn", "target").contains(name) && !name.startsWith("Pulumi.")) {
                    Files.createSymbolicLink(project.resolve(name), file);
                }
            }
        }
        Files.copy(Checkout.file("Pulumi.yaml"), project.resolve("Pulumi.yaml"));
        Files.copy(stack.directory().resolve("Pulumi.dev.yaml"), project.resolve("Pulumi.dev.yaml"));
        Files.createSymbolicLink(project.resolve("state"), stack.directory().resolve("state"));
        return project;
    }
}
