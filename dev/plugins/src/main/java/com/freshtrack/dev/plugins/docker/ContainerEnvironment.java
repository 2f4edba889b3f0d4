package com.freshtrack.dev.plugins.docker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings environment variables to {@code docker create} without writing a value on a command line or into a file: single-line
 * values go through its standard input, values of several lines through its own environment.
 *
 * @param options what to add to the arguments
 * @param variables what to add to the docker command's own environment
 * @param stdin what it reads
 */
record ContainerEnvironment(List<String> options, Map<String, String> variables, byte[] stdin) {

    static ContainerEnvironment of(List<String> envs) {
        StringBuilder lines = new StringBuilder();
        Map<String, String> multiLine = new TreeMap<>();
        for (String env : envs) {
            if (env.contains("\n") || env.contains("\r")) {
                multiLine.put(env.substring(0, env.indexOf('=')), env.substring(env.indexOf('=') + 1));
            } else {
                lines.append(env).append('\n');
            }
        }
        List<String> options = new ArrayList<>();
        if (!lines.isEmpty()) {
            options.addAll(List.of("--env-file", "/dev/stdin"));
        }
        multiLine.keySet().forEach(name -> options.addAll(List.of("--env", name)));
        return new ContainerEnvironment(options, multiLine, lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
