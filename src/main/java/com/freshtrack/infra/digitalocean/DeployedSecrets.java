package com.freshtrack.infra.digitalocean;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the app that is deployed says of its secrets: a variable of its own, which the state keeps beside them, so that both are of the
 * same deployment, whatever became of it.
 */
public final class DeployedSecrets {
    /** The variable's name. Its value tells nothing: the secret key of the object storage is part of what it was made from. */
    static final String VARIABLE = "FRESHTRACK_DEPLOYED_SECRETS";

    private static final String APP = "digitalocean:index/app:App";

    private DeployedSecrets() {}

    /**
     * The variable's value; empty where there is no app yet.
     *
     * @param resources {@code type} and {@code outputs} of the stack's resources in its state, by their URNs
     */
    public static Optional<String> in(Map<?, ?> resources) {
        return resources.values().stream()
                .filter(resource -> APP.equals(property(resource, "type")))
                .flatMap(app -> items(property(property(property(app, "outputs"), "spec"), "envs")).stream())
                .filter(variable -> VARIABLE.equals(property(variable, "key")))
                .map(variable -> String.valueOf(property(variable, "value")))
                .findFirst();
    }

    private static Object property(Object value, String name) {
        return value instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static List<?> items(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
