package com.freshtrack.infra.services;

import java.util.SortedMap;

/**
 * The wrapper around the API's own command: it composes at start what must hold a secret, so that the secret is neither
 * in the container's configuration nor on a command line.
 */
final class StartScript {
    static final String PATH = "/freshtrack/run";

    private StartScript() {}

    /**
     * Renders the script.
     *
     * @param variables environment variables whose values hold {@code ${secret:NAME}}; the script reads each secret from
     *     {@code /run/secrets/NAME}
     */
    static FileSpec render(SortedMap<String, String> variables) {
        var script = new StringBuilder(
                """
                #!/bin/sh
                # Composes what holds a secret, then becomes the command that it was given.
                set -eu
                """);
        variables.forEach((name, template) -> script.append(name)
                .append("=\"")
                .append(template.replaceAll("\\$\\{secret:([A-Za-z0-9_]+)}", "\\$(cat /run/secrets/$1)"))
                .append("\"\nexport ")
                .append(name)
                .append('\n'));
        script.append("exec \"$@\"\n");
        return new FileSpec(PATH, script.toString(), true);
    }
}
