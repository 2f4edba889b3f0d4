package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A production stack in a cloud through the real engine, what the cloud does being SIMULATED: what holds for each target. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SimulatedProduction {
    private final String golden;
    private final String kept;
    private final Supplier<TestStack> made;
    private TestStack stack;
    private Outcome first;

    /**
     * @param golden what the names of its golden previews begin with
     * @param kept what a teardown refuses to delete: the resource with data, or what it comes to before
     */
    SimulatedProduction(String golden, String kept, Supplier<TestStack> made) {
        this.golden = golden;
        this.kept = kept;
        this.made = made;
    }

    @BeforeAll
    void make() {
        stack = made.get();
        first = stack.preview().mustSucceed();
        stack.up().mustSucceed();
    }

    @AfterAll
    void remove() {
        stack.close();
    }

    @Test
    void showsEverythingBeforeItIsMade() {
        assertThat(first.output()).contains("SIMULATED");
        Golden.assertMatches("preview/" + golden + "-SIMULATED.txt", withoutProduct(PreviewText.of(first)));
    }

    @Test
    void findsNothingToDoAfterwards() {
        assertThat(stack.preview().mustSucceed().changes()).isEmpty();
    }

    /** Last, because what isn't protected goes. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsWhatHoldsData() {
        assertThat(stack.destroy().mustFail().output()).contains("::" + kept + "\" cannot be deleted");
    }

    /** The preview from which it was made. */
    final Outcome first() {
        return first;
    }

    /** The stack, which is up. */
    final TestStack stack() {
        return stack;
    }

    /** Compares what a reviewer sees of a change, and nothing besides, with its golden file; {@link Change#settings}. */
    final void change(String name, String settings) {
        changes(new Change(name, settings, ".*"));
    }

    /** A change that the preview refuses for this reason; {@link Change#settings}. */
    final void refused(String settings, String reason) {
        new Change("", settings, "").pairs().forEach(pair -> stack.set(pair[0], pair[1]));
        try {
            assertThat(stack.preview().mustFail().output()).contains(reason);
        } finally {
            stack.restore();
        }
    }

    /** Changes of different resources, in one preview to save the others: each is shown as if it were alone. */
    final void changes(Change... changes) {
        var all = List.of(changes);
        all.forEach(change -> change.pairs().forEach(pair -> stack.set(pair[0], pair[1])));
        try {
            var preview = stack.preview().mustSucceed();
            assertThat(preview.steps().stream().filter(Outcome.Step::changes).map(Outcome.Step::name))
                    .as("resources that one of the changes touches, and no other does")
                    .allMatch(name ->
                            all.stream().filter(change -> change.touches(name)).count() == 1);
            all.forEach(change -> Golden.assertMatches(
                    "preview/" + golden + "-changes-SIMULATED/" + change.name() + ".txt",
                    change.asked() + "\n" + withoutProduct(ChangeText.of(preview.of(change::touches)))));
        } finally {
            stack.restore();
        }
    }

    /**
     * A change of a stack's file.
     *
     * @param name its golden file's
     * @param settings {@code key=value}, several with spaces between them
     * @param touched a regular expression for the names of the resources that may change
     */
    record Change(String name, String settings, String touched) {
        private List<String[]> pairs() {
            return Arrays.stream(settings.split(" "))
                    .map(pair -> pair.split("=", 2))
                    .toList();
        }

        private String asked() {
            return pairs().stream()
                    .map(pair ->
                            "freshtrack:%s = %s".formatted(pair[0], pair[1]).strip() + "\n")
                    .collect(Collectors.joining());
        }

        private boolean touches(String resource) {
            return resource.matches(touched);
        }
    }

    /** What is brought to a VM has its own tests: here it is named, and not shown. */
    private static String withoutProduct(String text) {
        var lines = new ArrayList<String>();
        var shown = true;
        for (var line : text.lines().toList()) {
            if (line.matches("[a-z-]+ \\S+:\\S+ freshtrack.*")) {
                shown = !line.contains(" freshtrack-product");
                lines.add(line);
            } else if (shown) {
                lines.add(line);
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
