package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_ENV;
import static com.freshtrack.infra.config.ConfigKey.API_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.API_INSTANCE_COUNT;
import static com.freshtrack.infra.config.ConfigKey.API_INSTANCE_SIZE;
import static com.freshtrack.infra.config.ConfigKey.API_MAX_INSTANCE_COUNT;
import static com.freshtrack.infra.config.ConfigKey.API_SECRETS;
import static com.freshtrack.infra.config.ConfigKey.DATABASE;
import static com.freshtrack.infra.config.ConfigKey.DO_REGION;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.REDIS_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.REDIS_INSTANCE_SIZE;
import static com.freshtrack.infra.config.ConfigKey.REGISTRY_CREDENTIALS;
import static com.freshtrack.infra.config.ConfigKey.S3_BUCKET;
import static com.freshtrack.infra.config.ConfigKey.S3_ENDPOINT;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a stack on App Platform says, and refuses what the platform has no place for. */
final class AppPlatformReader {
    /** https://docs.digitalocean.com/products/app-platform/reference/app-spec/: instances of a service. */
    private static final int MOST_INSTANCES = 250;

    /** An app's name has 32 characters at most, and begins with "freshtrack-". */
    private static final int LONGEST_STACK = 21;

    private static final Pattern CREDENTIALS = Pattern.compile("[^:\\s\\p{Cntrl}]{1,128}:[^:\\s\\p{Cntrl}]{1,512}");

    private AppPlatformReader() {}

    /** Where the API's objects are kept in Spaces, the platform having no volumes; empty where the stack names another S3 service. */
    static Optional<StorageReader.Own> spaces(ConfigValues values) {
        if (values.optional(S3_ENDPOINT).isPresent()) {
            return Optional.empty();
        }
        if (values.text(S3_BUCKET).equals(S3_BUCKET.defaultValue())) {
            values.refuse(
                    S3_BUCKET,
                    "a name of your own: all customers of a region share the names of its Spaces",
                    S3_BUCKET.defaultValue() + "-yourname");
        }
        var datacenter =
                AppRegion.of(values.text(DO_REGION)).orElse(AppRegion.any()).spaces();
        return Optional.of(new StorageReader.Own("https://" + datacenter + ".digitaloceanspaces.com", datacenter));
    }

    static AppPlatformConfig read(ConfigValues values, String stack, Environment environment, SiteConfig site) {
        ImagesReader.refuseLocalApi(values, "App Platform");
        if (stack.length() > LONGEST_STACK) {
            values.refuseOther(new ConfigProblem(
                    "(stack name)",
                    Shown.text(stack),
                    "at most " + LONGEST_STACK + " characters, because the app's name is made of it",
                    "pulumi stack rename NAME --stack " + Shown.shellWord(stack)));
        }
        if (values.optional(DATABASE)
                .filter(kind -> !kind.equals(ManagedPostgresReader.MANAGED))
                .isPresent()) {
            values.refuse(DATABASE, ManagedPostgresReader.MANAGED + ": App Platform has no volumes");
        }
        refuseUnpullable(values);
        refuseBindables(values);
        return new AppPlatformConfig(
                region(values),
                api(values),
                size(values, REDIS_INSTANCE_SIZE),
                values.optional(S3_ENDPOINT).isEmpty(),
                credentials(values),
                SiteReader.dnsZone(values, site),
                SiteReader.alarmEmail(values, environment));
    }

    /** What each container has: an instance of its size is its own. */
    static ResourcesConfig resources(AppPlatformConfig config) {
        return ResourcesConfig.ofTasks(
                config.api().size().resources(),
                AppInstanceSize.smallest().resources(),
                config.redis().resources(),
                Optional.empty());
    }

    private static AppRegion region(ConfigValues values) {
        var region = AppRegion.of(values.text(DO_REGION));
        if (region.isEmpty()) {
            values.refuse(
                    DO_REGION, "a datacenter whose VPCs App Platform reaches: " + AppRegion.datacenters(), "nyc1");
        }
        return region.orElse(AppRegion.any());
    }

    private static AppPlatformConfig.Api api(ConfigValues values) {
        var api = new AppPlatformConfig.Api(
                size(values, API_INSTANCE_SIZE),
                values.integer(API_INSTANCE_COUNT, 1, MOST_INSTANCES),
                values.optionalInteger(API_MAX_INSTANCE_COUNT, 1, MOST_INSTANCES));
        if (!values.usable(API_INSTANCE_SIZE, API_INSTANCE_COUNT, API_MAX_INSTANCE_COUNT)) {
            return api;
        }
        if (api.count() > 1 && !api.size().scales()) {
            values.refuse(
                    API_INSTANCE_SIZE, "a size that more than one instance may have, or freshtrack:apiInstanceCount 1");
        }
        api.maxCount().ifPresent(most -> checkAutoscaling(values, api, most));
        return api;
    }

    private static void checkAutoscaling(ConfigValues values, AppPlatformConfig.Api api, int most) {
        if (!api.size().dedicated()) {
            values.refuse(
                    API_INSTANCE_SIZE,
                    "a size with processors of its own, because freshtrack:apiMaxInstanceCount is set: others don't autoscale",
                    "apps-d-1vcpu-1gb");
        }
        if (most <= api.count()) {
            values.refuse(
                    API_MAX_INSTANCE_COUNT,
                    "empty, or more than freshtrack:apiInstanceCount, " + api.count(),
                    String.valueOf(Math.min(api.count() + 1, MOST_INSTANCES)));
        }
    }

    private static AppInstanceSize size(ConfigValues values, ConfigKey key) {
        var size = AppInstanceSize.named(values.text(key));
        if (size.isEmpty()) {
            values.refuse(key, "a size that App Platform sells: " + AppInstanceSize.sold());
        }
        return size.orElse(AppInstanceSize.smallest());
    }

    private static void refuseUnpullable(ConfigValues values) {
        Stream.of(API_IMAGE, PGBOUNCER_IMAGE, REDIS_IMAGE)
                .filter(key -> values.optional(key).isPresent() && values.usable(key))
                .filter(key -> AppImage.parse(values.text(key)).isEmpty())
                .forEach(key -> values.refuse(
                        key, AppImage.ALLOWED, key == API_IMAGE ? "REGISTRY/NAME@sha256:DIGEST" : key.defaultValue()));
    }

    /** The platform fills in what stands between these braces: https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/. */
    private static void refuseBindables(ConfigValues values) {
        for (var key : List.of(API_ENV, API_SECRETS)) {
            if (values.usable(key) && values.text(key).contains("${")) {
                values.refuse(
                        key,
                        "values without ${: App Platform takes what follows for a variable of its own",
                        key.defaultValue());
            }
        }
    }

    private static Optional<SecretText> credentials(ConfigValues values) {
        var credentials = values.optional(REGISTRY_CREDENTIALS).filter(text -> values.usable(REGISTRY_CREDENTIALS));
        credentials
                .filter(text -> !CREDENTIALS.matcher(text).matches())
                .ifPresent(text -> values.refuse(REGISTRY_CREDENTIALS, "a user and a token with a colon between them"));
        return credentials.map(SecretText::new);
    }
}
