package com.freshtrack.infra.aws;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Configurations of stacks on AWS for tests. */
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
        return read(values, changes);
    }

    /** A production stack on an EC2 instance with some keys changed. */
    static StackConfig ec2(String... changes) {
        var values = new LinkedHashMap<>(Map.ofEntries(
                Map.entry("target", "aws-ec2"),
                Map.entry("environment", "prod"),
                Map.entry("domain", "freshtrack.acme.io"),
                Map.entry("tlsEmail", "ops@acme.io"),
                Map.entry("hostedZoneId", "Z0123456789ABC"),
                Map.entry("awsRegion", "eu-central-1"),
                Map.entry("ec2InstanceType", "t3.large"),
                Map.entry("ec2Ami", "ami-0123456789abcdef0"),
                Map.entry("sshCidrs", "198.51.100.0/24,203.0.113.9/32"),
                Map.entry("alarmEmail", "ops@acme.io"),
                Map.entry("apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4)),
                Map.entry("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + SENTINEL + "-webhook\"}"),
                Map.entry("redisPassword", SENTINEL + "-hunter2-redis"),
                Map.entry("hostKey", SshKeys.HOST),
                Map.entry("deployKey", SshKeys.DEPLOY)));
        return read(values, changes);
    }

    private static StackConfig read(Map<String, String> values, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return StackConfigReader.read(
                "prod",
                values,
                Set.of("apiSecrets", "deployKey", "hostKey", "redisPassword", "s3AccessKey", "s3SecretKey"),
                false);
    }
}
