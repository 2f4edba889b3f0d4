package com.freshtrack.infra.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the key without its namespace, or {@code (stack name)}
 * @param got the value as it was given; {@code [secret]} for a secret, {@code (not set)} for none
 * @param allowed what is allowed, or why the value isn't
 * @param mend the command that mends it
 */
public record ConfigProblem(String key, String got, String allowed, String mend) {
    String title() {
        return key.startsWith("(") ? key : ConfigKey.NAMESPACE + ":" + key;
    }
}
