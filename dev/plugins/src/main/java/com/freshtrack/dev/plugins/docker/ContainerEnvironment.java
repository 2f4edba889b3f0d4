package com.freshtrack.dev.plugins.docker;

import com.freshtrack.dev.plugins.serve.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings environment variables to {@code docker create} without writing a value on a command line: single-line values through a
 * file that only this user can read, values of several lines through the docker command's own environment.
 */
final class ContainerEnvironment implements AutoCloseable {

    private final Path file;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> variables = new TreeMap<>();

    private ContainerEnvironment(Path file) {
        this.file = file;
    }

    static ContainerEnvironment of(List<String> envs) throws ResourceFailure {
        List<String> lines = new ArrayList<>();
        Map<String, String> multiLine = new TreeMap<>();
        for (String env : envs) {
            if (env.contains("\n") || env.contains("\r")) {
                multiLine.put(env.substring(0, env.indexOf('=')), env.substring(env.indexOf('=') + 1));
            } else {
                lines.add(env);
            }
        }
        try {
            // createTempFile makes it readable and writable by its owner only.
            Path file = Files.createTempFile("freshtrack-docker-", ".env");
            Files.write(file, lines);
            ContainerEnvironment environment = new ContainerEnvironment(file);
            environment.options.addAll(List.of("--env-file", file.toString()));
            multiLine.keySet().forEach(name -> environment.options.addAll(List.of("--env", name)));
            environment.variables.putAll(multiLine);
            return environment;
        } catch (IOException e) {
            throw new ResourceFailure("can't write the environment to a temporary file: " + e.getClass().getSimpleName());
        }
    }

    /** What to add to the arguments of {@code docker create}. */
    List<String> options() {
        return options;
    }

    /** What to add to the docker command's own environment. */
    Map<String, String> variables() {
        return variables;
    }

    @Override
    public void close() throws ResourceFailure {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ResourceFailure("can't remove " + file);
        }
    }
}
