package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.AppImage;
import com.freshtrack.infra.services.ContainerFiles;
import com.freshtrack.infra.services.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service specification as a component of an app takes it (https://docs.digitalocean.com/products/app-platform/reference/app-spec/).
 *
 * @param bound what the platform itself fills in where a secret belongs, by the secret's name
 */
record AppComponent(ServiceSpec spec, Map<String, String> bound) {
    /** What a preview shows while the API's image isn't set. */
    private static final AppImage NOT_SET =
            AppImage.parse("freshtrack/api-image-not-set").orElseThrow();

    /**
     * One environment variable.
     *
     * @param text its value, or the name of the secret that is its value
     */
    record Variable(String key, String text, boolean secret) {}

    AppImage image() {
        return AppImage.parse(spec.image()).orElse(NOT_SET);
    }

    /** A line for a shell: it sets what only the platform knows, writes the files, and becomes the service's own command. */
    String runCommand() {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", located() + files().script(), "sh"));
        Stream.concat(spec.process().entrypoint().stream(), spec.process().command().stream())
                .map(files()::moved)
                .forEach(words::add);
        return words.stream().map(ContainerFiles::quoted).collect(Collectors.joining(" "));
    }

    /** The variables by their names. None of them depends on anything that the platform has yet to say. */
    List<Variable> variables() {
        var plain = spec.process().environment().entrySet().stream()
                .filter(variable -> !isLocated(variable.getValue()))
                .map(variable -> new Variable(variable.getKey(), files().moved(variable.getValue()), false));
        var secret = files().secrets().stream()
                .map(name -> bound.containsKey(name)
                        ? new Variable(ContainerFiles.variable(name), bound.get(name), false)
                        : new Variable(ContainerFiles.variable(name), name, true));
        return Stream.concat(plain, secret)
                .sorted(Comparator.comparing(Variable::key))
                .toList();
    }

    boolean holdsSecrets() {
        return variables().stream().anyMatch(Variable::secret);
    }

    private String located() {
        return spec.process().environment().entrySet().stream()
                .filter(variable -> isLocated(variable.getValue()))
                .map(variable -> "export " + variable.getKey() + "=\"" + variable.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    private static boolean isLocated(String value) {
        return value.startsWith("$FRESHTRACK_");
    }

    private ContainerFiles files() {
        return new ContainerFiles(spec);
    }
}
