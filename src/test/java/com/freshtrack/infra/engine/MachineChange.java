package com.freshtrack.infra.engine;

import com.freshtrack.infra.Golden;
import java.util.ArrayList;
import java.util.Arrays;

/** What a reviewer sees of a stack on a cloud's machine. */
final class MachineChange {
    private MachineChange() {}

    /** What is brought to the machine has its own tests: here it is named, and not shown. */
    static String withoutProduct(String text) {
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

    /** Holds the preview of one change, {@code key=value key=value …}, to its golden file. */
    static void assertMatches(TestStack stack, String file, String changes) {
        var pairs = Arrays.stream(changes.split(" "))
                .map(pair -> pair.split("=", 2))
                .toList();
        pairs.forEach(pair -> stack.set(pair[0], pair[1]));
        try {
            Golden.assertMatches(
                    file,
                    changes + "\n\n"
                            + withoutProduct(ChangeText.of(stack.preview().mustSucceed())));
        } finally {
            pairs.forEach(pair -> stack.restore(pair[0]));
        }
    }
}
