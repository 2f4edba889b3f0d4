package com.freshtrack.infra.services;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A service's files on a platform that puts none into a container: a script writes them when it starts, the secrets out of its
 * environment, and takes these away before it becomes the service's own command.
 *
 * <p>They go under {@code /tmp}, the one place that every image's user may write to, so their paths are moved wherever the
 * service's specification names them.
 */
public final class ContainerFiles {
    private static final String FOLDER = "/tmp/freshtrack";
    private static final String VARIABLE = "FRESHTRACK_SECRET_";

    /**
     * What such a platform asks with, whatever the service knows; ECS:
     * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html.
     */
    private static final String PLATFORMS_SIGNAL = "SIGTERM";

    private final ServiceSpec spec;
    private final Pattern paths;

    public ContainerFiles(ServiceSpec spec) {
        this.spec = spec;
        this.paths = Pattern.compile(spec.files().stream()
                .map(FileSpec::path)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![A-Za-z0-9_.-])(?:", ")(?![A-Za-z0-9_-])")));
    }

    /** The environment variable that carries a secret to the script. */
    public static String variable(String secret) {
        return VARIABLE + secret;
    }

    /** The names of the secrets in the files, sorted. */
    public List<String> secrets() {
        return spec.files().stream()
                .flatMap(file -> file.secrets().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A text of the specification with the paths where the files are. */
    public String moved(String text) {
        return spec.files().isEmpty() ? text : paths.matcher(text).replaceAll(match -> FOLDER + match.group());
    }

    /** A text as one word of a shell. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The script; it becomes the command that it is given as arguments. */
    public String script() {
        var script = new StringBuilder(
                """
                set -eu
                umask 077
                put() { mkdir -p "${1%/*}"; printf %s "$2" >"$1"; }
                """);
        spec.files().forEach(file -> script.append("put ")
                .append(moved(file.path()))
                .append(' ')
                .append(word(file))
                .append('\n'));
        secrets()
                .forEach(secret ->
                        script.append("unset ").append(variable(secret)).append('\n'));
        return script.append(spec.process().stopSignal().equals(PLATFORMS_SIGNAL) ? "exec \"$@\"\n" : translating())
                .toString();
    }

    /** Hands SIGTERM on as the signal that the service knows, and ends as it ends; a signal interrupts the wait once. */
    private String translating() {
        return """
                "$@" &
                child=$!
                trap 'kill -%s "$child"' TERM
                while :; do
                  status=0
                  wait "$child" || status=$?
                  kill -0 "$child" 2>/dev/null || exit "$status"
                done
                """
                .formatted(spec.process().stopSignal().substring("SIG".length()));
    }

    /** A file's text as one word of the script: as it is, or, where a secret belongs into it, with that one alone expanded. */
    private String word(FileSpec file) {
        var text = moved(file.template());
        if (file.secrets().isEmpty()) {
            return quoted(text);
        }
        var word = text.replaceAll("([\"`\\\\]|\\$(?!\\{secret:))", "\\\\$1");
        return "\"" + word.replaceAll("\\$\\{secret:([A-Za-z0-9_]+)}", "\\${" + VARIABLE + "$1}") + "\"";
    }
}
