package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.APP_PLATFORM_SECRETS;
import static com.freshtrack.infra.config.Configurations.appPlatform;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The table of bad configurations of a stack on App Platform. */
final class BadAppPlatform {
    private BadAppPlatform() {}

    static Stream<Case> all() {
        return Stream.of(foreign(), place(), instances(), database(), secrets()).flatMap(each -> each);
    }

    private static Stream<Case> foreign() {
        return Stream.of(
                bad("container of MinIO", "minioImage", "minio:1", "it is for self-hosted"),
                bad("monitoring of ours", "observability", "true", "it is for self-hosted"),
                bad("memory of a PgBouncer", "pgbouncerMemoryMiB", "128", "it is for self-hosted"),
                bad("check by a command", "apiHealthCommand", "[\"true\"]", "it is for self-hosted"),
                bad("size of a Droplet", "dropletSize", "s-4vcpu-8gb", "it is for do-droplet"),
                new Case(
                        "instances on a Docker host",
                        with(Configurations.dev(), "apiInstanceCount", "3"),
                        Set.of(),
                        "apiInstanceCount",
                        "it is for do-app-platform, and freshtrack:target is self-hosted"),
                bad("image of this machine", "apiImage", "sha256:" + "0".repeat(64), "App Platform sees no image"),
                bad(
                        "registry that it doesn't know",
                        "apiImage",
                        Configurations.API_IMAGE,
                        "ghcr.io or registry.digitalocean.com"),
                bad("Redis from elsewhere", "redisImage", "quay.io/redis/redis:7", "pulls from nowhere else"),
                bad("PgBouncer from elsewhere", "pgbouncerImage", "registry.io/pgbouncer:1.25.2", "nowhere else"),
                bad("variable of the platform", "apiEnv", "{\"A\":\"${APP_URL}\"}", "values without ${"));
    }

    private static Stream<Case> place() {
        return Stream.of(
                bad("datacenter without it", "doRegion", "nyc3", "nyc1", "pulumi config set freshtrack:doRegion nyc1"),
                bad("region that is none", "doRegion", "Europe", "fra1"),
                bad(
                        "domain that nobody reaches",
                        with(appPlatform(), "domain", "localhost", "dnsZone", ""),
                        "domain",
                        "App Platform issues no certificate"),
                bad("zone of others", "dnsZone", "example.com", "holds freshtrack:domain, freshtrack.acme.io"),
                bad("alarms to a name", "alarmEmail", "ops", "name@domain"),
                bad("bucket that everybody has", "s3Bucket", "freshtrack", "all customers of a region"),
                bad("region of Spaces in words", "s3Region", "eu-west-1", "fra1.digitaloceanspaces.com"));
    }

    private static Stream<Case> instances() {
        return Stream.of(
                bad("size that is none", "apiInstanceSize", "large", "apps-s-1vcpu-1gb (12 USD a month)"),
                bad("size of Redis that is none", "redisInstanceSize", "large", "apps-s-1vcpu-0.5gb (5 USD a month)"),
                bad("two of a size for one", "apiInstanceSize", "apps-s-1vcpu-0.5gb", "apiInstanceCount 1"),
                bad("no instance", "apiInstanceCount", "0", "from 1 to 250"),
                bad(
                        "autoscaling on shared processors",
                        with(appPlatform(), "apiMaxInstanceCount", "4"),
                        "apiInstanceSize",
                        "others don't autoscale",
                        "pulumi config set freshtrack:apiInstanceSize apps-d-1vcpu-1gb"),
                bad(
                        "most that are fewer",
                        with(
                                appPlatform(),
                                "apiInstanceSize",
                                "apps-d-1vcpu-1gb",
                                "apiInstanceCount",
                                "4",
                                "apiMaxInstanceCount",
                                "4"),
                        "apiMaxInstanceCount",
                        "more than freshtrack:apiInstanceCount, 4",
                        "pulumi config set freshtrack:apiMaxInstanceCount 5"));
    }

    private static Stream<Case> database() {
        return Stream.of(
                bad("database in a container", "database", "container", "App Platform has no volumes"),
                bad("database of AWS", "database", "rds", "managed"),
                bad("pool that is too large", "defaultPoolSize", "18", "The largest size that fits is 17"),
                bad("pool of our own kind", "reservePoolSize", "2", "it is for self-hosted"),
                bad("standby of the smallest size", "databaseSize", "db-s-1vcpu-1gb", "takes no standby"));
    }

    private static Stream<Case> secrets() {
        return Stream.of(
                bad("no key for Spaces", "s3AccessKey", "", "https://fra1.digitaloceanspaces.com"),
                bad("no secret for Spaces", "s3SecretKey", "", "the key pair for"),
                bad("token without a user", "registryCredentials", "hunter2", "a colon between them"),
                secret("password of a role", "appDatabasePassword", "hunter2-hunter2-hunter2", "it is for self-hosted"),
                secret(
                        "variable of the platform in a secret",
                        "apiSecrets",
                        "{\"A\":\"hunter2${b.C}\"}",
                        "without ${"));
    }

    private static Case secret(String name, String key, String value, String... fragments) {
        var encrypted = new HashSet<>(APP_PLATFORM_SECRETS);
        encrypted.addAll(encrypted(key));
        return new Case(name, with(appPlatform(), key, value), encrypted, key, fragments);
    }

    private static Case bad(String name, String key, String value, String... fragments) {
        return bad(name, with(appPlatform(), key, value), key, fragments);
    }

    private static Case bad(String name, Map<String, String> values, String key, String... fragments) {
        return new Case(name, values, APP_PLATFORM_SECRETS, key, fragments);
    }
}
