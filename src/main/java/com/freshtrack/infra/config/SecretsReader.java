package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.APP_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.MIGRATOR_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.MINIO_ROOT_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.MONITOR_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.REDIS_PASSWORD;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the passwords that are given from outside. */
final class SecretsReader {
    /** Nothing that a URL, an ini file, YAML or a shell would take for more than a letter. */
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{15,98}");

    private SecretsReader() {}

    static SecretsConfig read(ConfigValues values) {
        var uses = new HashMap<String, ConfigKey>();
        return new SecretsConfig(
                password(values, POSTGRES_PASSWORD, uses),
                password(values, APP_DATABASE_PASSWORD, uses),
                password(values, MIGRATOR_DATABASE_PASSWORD, uses),
                password(values, MONITOR_DATABASE_PASSWORD, uses),
                password(values, REDIS_PASSWORD, uses),
                password(values, MINIO_ROOT_PASSWORD, uses),
                password(values, BACKUP_DATABASE_PASSWORD, uses));
    }

    private static Optional<SecretText> password(ConfigValues values, ConfigKey key, Map<String, ConfigKey> uses) {
        var password = values.optional(key).filter(text -> values.usable(key));
        password.ifPresent(text -> {
            if (!PASSWORD.matcher(text).matches()) {
                values.refuse(key, "16 to 99 letters, digits, - and _, the first of them a letter or digit");
            }
            var other = uses.putIfAbsent(text, key);
            if (other != null) {
                values.refuse(key, "a password of its own; it is that of freshtrack:" + other.text());
            }
        });
        return password.map(SecretText::new);
    }
}
