package com.freshtrack.infra.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The commands of a page in {@code docs/}: what is fenced as {@code sh}, by the heading above it. */
final class Page {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private Page() {}

    /** All commands under each heading that has some, in the page's order. */
    static Map<String, String> commands(String page) {
        var commands = new LinkedHashMap<String, String>();
        for (var section : List.of(Checkout.text(page).split("(?m)^## "))) {
            var text = new StringBuilder();
            BLOCK.matcher(section).results().forEach(block -> text.append(block.group(1)));
            if (text.length() > 0) {
                commands.put(section.lines().findFirst().orElseThrow(), text.toString());
            }
        }
        return commands;
    }
}
