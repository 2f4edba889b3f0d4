package com.freshtrack.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.services.SpecChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What each target makes of the product, side by side: what it renders is seen by asking it, and everything else needs an equivalent or
 * a reason in {@link ParityTargets}. Nothing is left out in silence, and no reason outlives what it was for.
 */
@Tag("unit")
class ParityTest {

    @Test
    void everyTargetRunsReplacesOrExplainsEachService() {
        var targets = ParityTargets.all();
        var names = targets.stream()
                .flatMap(target -> target.services().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Golden.assertMatches("parity/services.md", table("service", targets, names, (target, name) -> target.services()
                .containsKey(name)));
    }

    @Test
    void everyTargetRendersReplacesOrExplainsEachField() throws Exception {
        var targets = ParityTargets.all();
        var changes = SpecChanges.all();
        var rendered = new LinkedHashMap<ParityTargets.Target, Set<String>>();
        for (var target : targets) {
            var before = text(target.text(), SpecChanges.SPEC);
            rendered.put(
                    target,
                    changes.stream()
                            .filter(change ->
                                    !text(target.text(), change.spec()).equals(before))
                            .map(SpecChanges.Change::field)
                            .collect(Collectors.toSet()));
        }
        var fields =
                changes.stream().map(SpecChanges.Change::field).collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(fields).hasSizeGreaterThan(25);
        Golden.assertMatches("parity/fields.md", table("field", targets, fields, (target, field) -> rendered.get(target)
                .contains(field)));
    }

    /** Names and numbers of what every target runs itself. */
    @Test
    void theProductIsTheSameEverywhere() {
        var text = new StringBuilder();
        for (var name : List.of("api", "migrate", "redis")) {
            text.append("# ").append(name).append("\n\n");
            for (var aspect : aspects().entrySet()) {
                text.append(aspect.getKey()).append('\n');
                ParityTargets.all()
                        .forEach(target -> text.append("  %-16s %s%n"
                                .formatted(
                                        target.name(),
                                        aspect.getValue()
                                                .apply(target.services().get(name)))));
            }
            text.append('\n');
        }
        text.append("# pool plan\n\n");
        ParityTargets.all().forEach(target -> {
            text.append(target.name()).append('\n');
            target.pools()
                    .explanation()
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        });
        Golden.assertMatches("parity/product.txt", text.toString());
    }

    private static Map<String, Function<ServiceSpec, Object>> aspects() {
        var aspects = new LinkedHashMap<String, Function<ServiceSpec, Object>>();
        aspects.put("image", spec -> spec.image().replaceFirst(".*/", ""));
        aspects.put("environment", spec -> spec.process().environment().keySet());
        aspects.put("secrets", ParityTest::secrets);
        aspects.put(
                "health check", spec -> spec.healthCheck().map(Object::toString).orElse("none"));
        aspects.put("published ports", ServiceSpec::ports);
        aspects.put("volumes", ServiceSpec::volumeNames);
        return aspects;
    }

    private static Set<String> secrets(ServiceSpec spec) {
        return spec.files().stream()
                .flatMap(file -> file.secrets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Rendered {
        boolean by(ParityTargets.Target target, String row);
    }

    private static String table(
            String first, List<ParityTargets.Target> targets, Iterable<String> rows, Rendered rendered) {
        var lines = new ArrayList<String>();
        lines.add("| " + first + " | "
                + targets.stream().map(ParityTargets.Target::name).collect(Collectors.joining(" | ")) + " |");
        lines.add("|" + "---|".repeat(targets.size() + 1));
        var used = new LinkedHashMap<ParityTargets.Target, Set<String>>();
        for (var row : rows) {
            lines.add("| `" + row + "` | "
                    + targets.stream()
                            .map(target -> cell(target, first, row, rendered.by(target, row), used))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        targets.forEach(target -> assertThat(target.reasons(first).keySet())
                .as("%s: reasons for what is rendered, or isn't there any more", target.name())
                .isEqualTo(used.getOrDefault(target, Set.of())));
        return String.join("\n", lines) + "\n";
    }

    private static String cell(
            ParityTargets.Target target,
            String kind,
            String row,
            boolean rendered,
            Map<ParityTargets.Target, Set<String>> used) {
        if (rendered) {
            return "rendered";
        }
        var reason = target.reasons(kind).entrySet().stream()
                .filter(entry -> row.equals(entry.getKey()) || row.startsWith(entry.getKey() + "."))
                .findFirst();
        assertThat(reason).as("%s says nothing of %s", target.name(), row).isPresent();
        used.computeIfAbsent(target, ignored -> new LinkedHashSet<>())
                .add(reason.get().getKey());
        return reason.get().getValue();
    }

    private static String text(Function<ServiceSpec, String> rendering, ServiceSpec spec) {
        try {
            return rendering.apply(spec);
        } catch (RuntimeException | AssertionError e) {
            return "refused";
        }
    }
}
