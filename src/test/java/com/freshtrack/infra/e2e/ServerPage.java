package com.freshtrack.infra.e2e;

import com.freshtrack.infra.engine.Checkout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The commands of {@code docs/self-hosted.md}: what is fenced as {@code sh}, by the heading above it. */
final class ServerPage {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private ServerPage() {}

    /** All commands under each heading that has some, in the page's order. */
    static Map<String, String> commands() {
        var commands = new LinkedHashMap<String, String>();
        for (var section : List.of(Checkout.text("docs/self-hosted.md").split("(?m)^## "))) {
            var text = new StringBuilder();
            BLOCK.matcher(section).results().forEach(block -> text.append(block.group(1)));
            if (text.length() > 0) {
                commands.put(section.lines().findFirst().orElseThrow(), text.toString());
            }
        }
        return commands;
    }
}
