package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Somebody who follows a page of {@code docs/} in its order, in shells that all begin with what its section "What is yours"
 * exports.
 */
public final class Operator {
    /**
     * Before a command that previews and deploys, it leaves out the preview, which takes as long as a deploy. The scripts' own
     * shells have it too.
     */
    public static final String WITHOUT_PREVIEW =
            """
            pulumi() { [ "$1" = preview ] || command pulumi "$@"; }
            export -f pulumi
            """;

    private final Function<String, Shell.Result> shell;
    private final Map<String, String> sections;
    private final String exports;
    private final Map<String, String> exported = new TreeMap<>();

    /**
     * Reads the page.
     *
     * @param shell runs a script of bash where the page's commands are typed, whatever comes of it
     */
    public Operator(String page, Function<String, Shell.Result> shell) {
        this.shell = shell;
        this.sections = Page.commands(page);
        this.exports = sections.remove("What is yours");
    }

    /** Exports another value than the page does. */
    public void set(String name, String value) {
        exported.put(name, value);
    }

    /** What a variable has. */
    public String value(String name) {
        return type("printf %s \"$" + name + "\"");
    }

    /** The headings of sections with commands that nobody followed. */
    public List<String> unread() {
        return List.copyOf(sections.keySet());
    }

    /** Runs the next section's commands and gives what they print; fails when one does, or when another section is next. */
    public String follow(String heading) {
        assertThat(unread()).as("the page's next sections").startsWith(heading);
        return type(sections.remove(heading));
    }

    /** As {@link #follow(String)}, with words of the page's replaced by these. */
    public String follow(String heading, Map<String, String> replacements) {
        sections.computeIfPresent(heading, (name, commands) -> {
            var text = commands;
            for (var replacement : replacements.entrySet()) {
                assertThat(text).contains(replacement.getKey());
                text = text.replace(replacement.getKey(), replacement.getValue());
            }
            return text;
        });
        return follow(heading);
    }

    /** Types commands and gives what they print; fails when one does. */
    public String type(String commands) {
        var result = run(commands);
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }

    /** Types commands, whatever comes of them. */
    public Shell.Result run(String commands) {
        var script = new StringBuilder("set -euo pipefail\n").append(exports);
        exported.forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
        // Its own standard input, so that no command reads the commands after it.
        script.append("main() {\n").append(commands).append("\n}\nmain </dev/null\n");
        return shell.apply(script.toString());
    }
}
