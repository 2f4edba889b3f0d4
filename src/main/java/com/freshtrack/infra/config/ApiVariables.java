package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_ENV;
import static com.freshtrack.infra.config.ConfigKey.API_SECRETS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment variables that the product gives its API, plain and secret.
 *
 * <p>No value of either is ever shown: a plain one may be a secret in the wrong place.
 */
record ApiVariables(SortedMap<String, String> plain, SortedMap<String, SecretText> secret) {
    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]{0,99}");
    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|(?<!PUBLIC_)KEY)");
    private static final Pattern TAKEN_PREFIX = Pattern.compile("(?:S3|FRESHTRACK)_.*");

    /** What the infrastructure sets itself, and what the start script's shell lives by. */
    private static final Set<String> TAKEN = Set.of(
            "DATABASE_URL",
            "DIRECT_DATABASE_URL",
            "DATABASE_POOL_MAX",
            "REDIS_URL",
            "PORT",
            "NODE_ENV",
            "PATH",
            "IFS",
            "ENV");

    private static final String LOOKS_SECRET =
            "no secret: give it to freshtrack:apiSecrets, and choose another, because this one may have been read";

    ApiVariables {
        plain = Collections.unmodifiableSortedMap(plain);
        secret = Collections.unmodifiableSortedMap(secret);
    }

    static ApiVariables read(ConfigValues values) {
        var secret = secrets(values);
        return new ApiVariables(plain(values, secret.keySet()), secret);
    }

    static boolean holdsControls(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }

    private static SortedMap<String, String> plain(ConfigValues values, Set<String> secretNames) {
        var plain = new TreeMap<String, String>();
        var refused = new LinkedHashMap<String, String>();
        JsonText.parse(
                        values.text(API_ENV),
                        JsonNodeType.OBJECT,
                        reason -> values.refuse(
                                API_ENV,
                                values.encrypted(API_ENV)
                                        ? SecretText.REDACTED
                                        : values.text(API_ENV).length() + " characters",
                                "a JSON object of strings, such as {\"LOG_LEVEL\":\"info\"}; " + reason,
                                values.set(API_ENV, "{\"LOG_LEVEL\":\"info\"}")))
                .fields()
                .forEachRemaining(field -> {
                    var reason = plainReason(field.getKey(), field.getValue(), secretNames);
                    if (reason.isEmpty()) {
                        plain.put(field.getKey(), field.getValue().asText());
                    } else {
                        refused.put(field.getKey(), reason);
                    }
                });
        // What is left may be shown: previews and `docker inspect` show it too.
        var mend = values.set(API_ENV, values.encrypted(API_ENV) ? "{\"NAME\":\"VALUE\"}" : JsonText.render(plain));
        refused.forEach((name, reason) -> values.refuse(
                API_ENV,
                Shown.text(name) + " (value not shown)",
                reason,
                reason.equals(LOOKS_SECRET) ? mend + " && " + values.set(API_SECRETS, "") : mend));
        return plain;
    }

    /** Why the variable is refused; empty where it isn't. */
    private static String plainReason(String name, JsonNode value, Set<String> secretNames) {
        if (!NAME.matcher(name).matches()) {
            return "names of capital letters, digits and _";
        }
        if (taken(name)) {
            return "another name: the infrastructure sets " + name + " itself";
        }
        if (secretNames.contains(name)) {
            return "a name that is not in freshtrack:apiSecrets too";
        }
        if (SECRET_NAME.matcher(name).matches() || Shown.holdsPassword(value.asText())) {
            return LOOKS_SECRET;
        }
        if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
            return "a string (in quotes), a whole number, true or false";
        }
        return holdsControls(value.asText()) ? "a value on one line, without control characters" : "";
    }

    private static SortedMap<String, SecretText> secrets(ConfigValues values) {
        var secrets = new TreeMap<String, SecretText>();
        if (values.optional(API_SECRETS).isEmpty()) {
            return secrets;
        }
        var fields = JsonText.parse(
                        values.text(API_SECRETS),
                        JsonNodeType.OBJECT,
                        reason -> values.refuse(API_SECRETS, "a JSON object of strings; " + reason))
                .fields();
        for (int number = 1; fields.hasNext(); number++) {
            var field = fields.next();
            var name = field.getKey();
            if (!NAME.matcher(name).matches()) {
                // Not shown: name and value may have been swapped.
                values.refuse(
                        API_SECRETS, "names of capital letters, digits and _; that of entry " + number + " is another");
            } else if (taken(name)) {
                values.refuse(API_SECRETS, "names that the infrastructure doesn't set itself, as it does " + name);
            } else if (!usable(field.getValue())) {
                values.refuse(
                        API_SECRETS,
                        "strings that are not empty, end without a line break and hold no control characters but line breaks and tabs; "
                                + name + " is something else");
            } else {
                secrets.put(name, new SecretText(field.getValue().textValue()));
            }
        }
        return secrets;
    }

    /** A file and a shell's {@code $(cat file)} carry everything but NUL and line breaks at the end. */
    private static boolean usable(JsonNode value) {
        return value.isTextual()
                && !value.textValue().isEmpty()
                && !value.textValue().endsWith("\n")
                && !holdsControls(value.textValue().replace("\n", "").replace("\t", ""));
    }

    private static boolean taken(String name) {
        return TAKEN.contains(name) || TAKEN_PREFIX.matcher(name).matches();
    }
}
