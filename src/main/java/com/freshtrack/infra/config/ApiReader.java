package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_COMMAND;
import static com.freshtrack.infra.config.ConfigKey.API_HEALTH_COMMAND;
import static com.freshtrack.infra.config.ConfigKey.API_POOL_MAX;
import static com.freshtrack.infra.config.ConfigKey.API_READY_PATH;
import static com.freshtrack.infra.config.ConfigKey.API_READY_TIMEOUT_SECONDS;
import static com.freshtrack.infra.config.ConfigKey.API_STOP_GRACE_SECONDS;
import static com.freshtrack.infra.config.ConfigKey.MIGRATE_COMMAND;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what is the product's own business about its API, its environment variables aside. */
final class ApiReader {
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/_-]{1,200}");

    private ApiReader() {}

    static ApiConfig read(ConfigValues values) {
        var variables = ApiVariables.read(values);
        return new ApiConfig(
                command(values, API_COMMAND),
                command(values, MIGRATE_COMMAND),
                command(values, API_HEALTH_COMMAND),
                variables.plain(),
                variables.secret(),
                path(values, API_READY_PATH),
                values.integer(API_POOL_MAX, 1, 1000),
                values.integer(API_STOP_GRACE_SECONDS, 1, 300),
                values.integer(API_READY_TIMEOUT_SECONDS, 10, 1800));
    }

    private static List<String> command(ConfigValues values, ConfigKey key) {
        var allowed = "a JSON array of strings that are not empty and hold no control characters, such as "
                + key.defaultValue();
        var words = new ArrayList<String>();
        var array = JsonText.parse(
                values.text(key), JsonNodeType.ARRAY, reason -> values.refuse(key, allowed + "; " + reason));
        array.forEach(node -> words.add(node.isTextual() ? node.textValue() : ""));
        if (values.usable(key)
                && (words.isEmpty()
                        || words.stream().anyMatch(word -> word.isEmpty() || ApiVariables.holdsControls(word)))) {
            values.refuse(key, allowed);
        }
        return List.copyOf(words);
    }

    private static String path(ConfigValues values, ConfigKey key) {
        return values.matching(
                key,
                PATH,
                "a path of letters, digits, /, _ and - that begins with /, such as " + key.defaultValue(),
                key.defaultValue());
    }
}
