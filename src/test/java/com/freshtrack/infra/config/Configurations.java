package com.freshtrack.infra.config;

import com.freshtrack.infra.SshKeys;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Configurations for tests, as the engine hands them to the program. */
final class Configurations {
    static final String API_IMAGE = "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4);

    static final String APP_IMAGE = "ghcr.io/acme/freshtrack-api@sha256:" + "0123456789abcdef".repeat(4);

    /** Of a pair that was made for this test and is gone. */
    static final String BACKUP_PUBLIC_KEY =
            """
            -----BEGIN PGP PUBLIC KEY BLOCK-----

            mDMEawX8qhYJKwYBBAHaRw8BAQdATSvdnbiWOvnM5CN1gAZ+h4vBBlGYg1bl2O5S
            0XVEkbG0KEZyZXNoVHJhY2sgdGVzdCA8YmFja3VwQGZyZXNodHJhY2sudGVzdD6I
            kAQTFggAOBYhBDU23CD6zaHKby/0BaK0U+pdtBrUBQJrBfyqAhsDBQsJCAcCBhUK
            CQgLAgQWAgMBAh4BAheAAAoJEKK0U+pdtBrUtnsBAKbDbqJUaoyQ4kT0qeLuhG5t
            6GiWp+/RDbHu9Dyd7L1pAQCHSfJg8LsAmbAtPCGSXTnIrAPzsgXeJxHnNf96+6tl
            Brg4BGsF/KoSCisGAQQBl1UBBQEBB0D5dLEljafJXrqWrESBurtRfs3vt2UOR8Vo
            /OEVlazFMAMBCAeIeAQYFggAIBYhBDU23CD6zaHKby/0BaK0U+pdtBrUBQJrBfyq
            AhsMAAoJEKK0U+pdtBrUjK4BAOiL+q+/OwWbpuj031M03ePcV8dEUdiS8cDCQYeh
            IH/QAP9xPbtJ7d6mocK9jbTap7YTqM7cSk7IfICev/ZRsZZGDA==
            =XtGb
            -----END PGP PUBLIC KEY BLOCK-----
            """;

    /** The keys of {@link #droplet()} and {@link #ec2()} that are encrypted. */
    static final Set<String> DROPLET_SECRETS = encrypted("alertWebhookUrl", "deployKey", "hostKey", "registryLogin");

    /** The keys of {@link #appPlatform()} that are encrypted. */
    static final Set<String> APP_PLATFORM_SECRETS = encrypted("registryCredentials", "s3AccessKey", "s3SecretKey");

    private Configurations() {}

    /** A development stack that is complete. */
    static Map<String, String> dev() {
        var values = new LinkedHashMap<String, String>();
        for (var key : ConfigKey.values()) {
            values.put("freshtrack:" + key.text(), key.defaultValue());
        }
        values.put("freshtrack:environment", "dev");
        values.put("freshtrack:apiImage", API_IMAGE);
        return values;
    }

    /** A production stack that is complete. */
    static Map<String, String> prod() {
        var values = dev();
        values.put("freshtrack:environment", "prod");
        values.put("freshtrack:domain", "freshtrack.acme.io");
        values.put("freshtrack:tlsEmail", "ops@acme.io");
        values.put("freshtrack:publishAddress", "0.0.0.0");
        values.put("freshtrack:hostMemoryMiB", "8192");
        return values;
    }

    /** A production stack on Fargate that is complete. */
    static Map<String, String> fargate() {
        return with(
                dev(),
                "target",
                "aws-fargate",
                "environment",
                "prod",
                "domain",
                "freshtrack.acme.io",
                "databaseCaFile",
                "rds-ca.pem",
                "alarmEmail",
                "ops@acme.io");
    }

    /** A production stack on a Droplet that is complete; its two keys are secret. */
    static Map<String, String> droplet() {
        return with(
                dev(),
                "target",
                "do-droplet",
                "environment",
                "prod",
                "domain",
                "freshtrack.acme.io",
                "tlsEmail",
                "ops@acme.io",
                "doRegion",
                "fra1",
                "dropletSize",
                "s-4vcpu-8gb",
                "sshCidrs",
                "198.51.100.7/32",
                "alarmEmail",
                "ops@acme.io",
                "alertWebhookUrl",
                "https://alerts.acme.io/hook",
                "hostKey",
                SshKeys.HOST,
                "deployKey",
                SshKeys.DEPLOY);
    }

    /** The same on a Droplet, with alerts by mail through this server. */
    static Map<String, String> mailingDroplet(String smtpHost) {
        return with(
                droplet(),
                "alertEmailTo",
                "ops@acme.io",
                "alertEmailFrom",
                "alerts@acme.io",
                "alertSmtpHost",
                smtpHost);
    }

    /** A production stack on an EC2 instance that is complete; its two keys are secret. */
    static Map<String, String> ec2() {
        return with(
                dev(),
                "target",
                "aws-ec2",
                "environment",
                "prod",
                "domain",
                "freshtrack.acme.io",
                "tlsEmail",
                "ops@acme.io",
                "awsRegion",
                "eu-central-1",
                "ec2InstanceType",
                "t3.large",
                "ec2Ami",
                "ami-0123456789abcdef0",
                "sshCidrs",
                "198.51.100.7/32",
                "alarmEmail",
                "ops@acme.io",
                "alertWebhookUrl",
                "https://alerts.acme.io/hook",
                "hostKey",
                SshKeys.HOST,
                "deployKey",
                SshKeys.DEPLOY);
    }

    /** A production stack on App Platform that is complete; its keys are secret. */
    static Map<String, String> appPlatform() {
        return with(
                dev(),
                "target",
                "do-app-platform",
                "environment",
                "prod",
                "domain",
                "freshtrack.acme.io",
                "dnsZone",
                "acme.io",
                "doRegion",
                "fra1",
                "apiImage",
                APP_IMAGE,
                "registryCredentials",
                "acme:hunter2-token",
                "s3Bucket",
                "freshtrack-acme",
                "s3AccessKey",
                "hunter2-access",
                "s3SecretKey",
                "hunter2-secret",
                "alarmEmail",
                "ops@acme.io");
    }

    /** The same with some keys changed: {@code key, value, key, value, …}. */
    static Map<String, String> with(Map<String, String> values, String... changes) {
        var changed = new LinkedHashMap<>(values);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put("freshtrack:" + changes[i], changes[i + 1]);
        }
        return changed;
    }

    static Set<String> encrypted(String... keys) {
        return Arrays.stream(keys).map(key -> "freshtrack:" + key).collect(Collectors.toSet());
    }
}
