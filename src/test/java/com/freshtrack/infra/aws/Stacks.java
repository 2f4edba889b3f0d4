package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Configurations of stacks on Fargate for tests. */
final class Stacks {
    /** Every secret that a configuration here gives holds this word. */
    static final String SENTINEL = "hunter2";

    private Stacks() {}

    /** A production stack with some keys changed: {@code key, value, key, value, …}. */
    static StackConfig prod(String... changes) {
        var values = new LinkedHashMap<>(Map.of(
                "target", "aws-fargate",
                "environment", "prod",
                "domain", "freshtrack.acme.io",
                "hostedZoneId", "Z0123456789ABC",
                "apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4),
                "apiEnv", "{\"LOG_LEVEL\":\"info\"}",
                "apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + SENTINEL + "-webhook\"}",
                "databaseCaFile", "rds-ca.pem",
                "alarmEmail", "ops@acme.io",
                "redisPassword", SENTINEL + "-hunter2-redis"));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return StackConfigReader.read(
                "prod", values, Set.of("apiSecrets", "redisPassword", "s3AccessKey", "s3SecretKey"), false);
    }
}
