package com.freshtrack.infra.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code docker} CLI of this machine. */
public final class Docker {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Docker() {}

    /** Runs docker with these arguments and gives its output; fails when docker does. */
    public static String run(String... arguments) {
        var result = attempt(arguments);
        if (!result.succeeded()) {
            throw new AssertionError(
                    "docker " + arguments[0] + " ended with " + result.exitCode() + ": " + result.output());
        }
        return result.output().strip();
    }

    /** Runs docker with these arguments, whatever comes of it. */
    public static Shell.Result attempt(String... arguments) {
        var command = new ArrayList<String>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Shell.run(LIMIT, "", command, Map.of());
    }

    /** What {@code docker inspect --format} says of a container, network, volume or image. */
    public static String inspect(String format, String name) {
        return run("inspect", "--format", format, name);
    }

    /** The names of all containers, running or not, that begin with the prefix. */
    public static List<String> containers(String prefix) {
        return lines(run("ps", "--all", "--filter", "name=^" + prefix, "--format", "{{.Names}}"));
    }

    /** The names of all networks that begin with the prefix. */
    public static List<String> networks(String prefix) {
        return lines(run("network", "ls", "--filter", "name=^" + prefix, "--format", "{{.Name}}"));
    }

    /** The names of all volumes that begin with the prefix. */
    public static List<String> volumes(String prefix) {
        return lines(run("volume", "ls", "--filter", "name=^" + prefix, "--format", "{{.Name}}"));
    }

    /** Removes every container, network and volume whose name begins with the prefix, at once and with its data. */
    public static void removeAll(String prefix) {
        remove(List.of("rm", "--force", "--volumes"), containers(prefix));
        networks(prefix).forEach(Docker::removeNetwork);
        remove(List.of("volume", "rm", "--force"), volumes(prefix));
    }

    /** Docker 20.10 may keep an endpoint of a container that is gone, and with it the network. */
    private static void removeNetwork(String network) {
        if (!attempt("network", "rm", network).succeeded()) {
            lines(inspect("{{range .Containers}}{{println .Name}}{{end}}", network))
                    .forEach(left -> attempt("network", "disconnect", "--force", network, left));
            run("network", "rm", network);
        }
    }

    private static void remove(List<String> command, List<String> names) {
        if (!names.isEmpty()) {
            var arguments = new ArrayList<>(command);
            arguments.addAll(names);
            run(arguments.toArray(String[]::new));
        }
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).sorted().toList();
    }
}
