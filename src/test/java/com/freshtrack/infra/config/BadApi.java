package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.BadConfigurations.SECRET;
import static com.freshtrack.infra.config.BadConfigurations.bad;
import static com.freshtrack.infra.config.BadConfigurations.secret;
import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.stream.Stream;

/** The bad configurations of the API: its environment, its secrets and its command. */
final class BadApi {
    private BadApi() {}

    static Stream<Case> all() {
        return Stream.of(
                bad(
                        "command as a line",
                        "apiCommand",
                        "node src/server.js",
                        "JSON array of strings",
                        "pulumi config set freshtrack:apiCommand '[\"node\",\"src/server.js\"]'"),
                bad("command as an object", "migrateCommand", "{}", "JSON of another type"),
                bad("no command", "apiCommand", "[]", "JSON array of strings"),
                bad("number in a command", "apiHealthCommand", "[\"node\",1]", "JSON array of strings"),
                bad("line break in a command", "apiCommand", "[\"node\",\"a\\nb\"]", "control characters"),
                bad("path that leaves the Caddyfile's line", "apiReadyPath", "/ready } respond", "a path"),
                bad("path without a slash", "apiReadyPath", "ready", "begins with /"),
                bad("no connections", "apiPoolMax", "0", "from 1 to 1000"),
                bad("grace of no time", "apiStopGraceSeconds", "0", "from 1 to 300"),
                bad("fractions of a second", "apiReadyTimeoutSeconds", "12.5", "a whole number"),
                bad(
                        "environment that isn't JSON",
                        "apiEnv",
                        "LOG_LEVEL=" + SECRET,
                        "33 characters",
                        "JSON object",
                        "line 1"),
                bad("environment that says one thing twice", "apiEnv", "{\"A\":\"1\",\"A\":\"2\"}", "repeats a name"),
                bad(
                        "environment with an object",
                        "apiEnv",
                        "{\"A\":{\"B\":\"c\"}}",
                        "\"A\" (value not shown)",
                        "a string"),
                bad(
                        "environment with a bad name",
                        "apiEnv",
                        "{\"A-B; rm\":\"c\",\"LOG\":\"it's\"}",
                        "capital letters",
                        "pulumi config set freshtrack:apiEnv '{\"LOG\":\"it'\\''s\"}' --stack t1"),
                bad("environment with a line break", "apiEnv", "{\"A\":\"b\\nC=d\"}", "one line"),
                bad(
                        "environment with a name that is taken",
                        "apiEnv",
                        "{\"DATABASE_URL\":\"x\"}",
                        "the infrastructure sets DATABASE_URL itself"),
                bad("environment with a taken prefix", "apiEnv", "{\"S3_BUCKET\":\"x\"}", "sets S3_BUCKET itself"),
                bad(
                        "environment with a secret by name",
                        "apiEnv",
                        "{\"JWT_SECRET\":\"" + SECRET + "\"}",
                        "freshtrack:apiSecrets",
                        "pulumi config set freshtrack:apiEnv '{}' --stack t1 && pulumi config set --secret freshtrack:apiSecrets --stack t1"),
                bad(
                        "environment with a password in a URL",
                        "apiEnv",
                        "{\"SMTP_URL\":\"smtp://me:" + SECRET + "@mail\"}",
                        "freshtrack:apiSecrets"),
                secret(
                        "name in both",
                        with(dev(), "apiEnv", "{\"TTN_APP\":\"a\"}", "apiSecrets", "{\"TTN_APP\":\"" + SECRET + "\"}"),
                        "apiEnv",
                        "\"TTN_APP\" (value not shown)",
                        "not in freshtrack:apiSecrets too"),
                bad(
                        "secrets in plain text",
                        "apiSecrets",
                        "{\"JWT_SECRET\":\"" + SECRET + "\"}",
                        "[secret]",
                        "encrypted",
                        "pulumi config set --secret freshtrack:apiSecrets --stack t1"),
                secret(
                        "secrets that aren't JSON",
                        with(dev(), "apiSecrets", SECRET),
                        "apiSecrets",
                        "JSON object",
                        "line 1"),
                secret(
                        "secrets that stop being JSON",
                        with(dev(), "apiSecrets", "{\"A\":\"" + SECRET),
                        "apiSecrets",
                        "JSON object"),
                secret(
                        "secrets in a list",
                        with(dev(), "apiSecrets", "[\"" + SECRET + "\"]"),
                        "apiSecrets",
                        "JSON of another type"),
                secret(
                        "secret with value and name swapped",
                        with(dev(), "apiSecrets", "{\"" + SECRET + "\":\"JWT_SECRET\"}"),
                        "apiSecrets",
                        "that of entry 1"),
                secret(
                        "secret under a taken name",
                        with(dev(), "apiSecrets", "{\"REDIS_URL\":\"" + SECRET + "\"}"),
                        "apiSecrets",
                        "REDIS_URL"),
                secret("empty secret", with(dev(), "apiSecrets", "{\"A\":\"\"}"), "apiSecrets", "not empty"),
                secret(
                        "secret that ends with a line break",
                        with(dev(), "apiSecrets", "{\"A\":\"" + SECRET + "\\n\"}"),
                        "apiSecrets",
                        "without a line break"));
    }
}
