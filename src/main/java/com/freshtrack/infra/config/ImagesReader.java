package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.ALERTMANAGER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.ALLOY_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.API_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.BLACKBOX_EXPORTER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.CADDY_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.GRAFANA_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.LOKI_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.MINIO_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.NODE_EXPORTER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_EXPORTER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_EXPORTER_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.PRIVATE_REGISTRY;
import static com.freshtrack.infra.config.ConfigKey.PROMETHEUS_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.REDIS_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.REGISTRY_LOGIN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which images run, and warns of those that can't be had or shouldn't be used. */
final class ImagesReader {
    private static final String STAND_IN = "freshtrack-standin/";
    private static final Pattern IMAGE_ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern REGISTRY =
            Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[1-9][0-9]{0,4})?");
    private static final Pattern LOGIN = Pattern.compile("[^:\\s]{1,255}:\\S[\\s\\S]{0,9999}");
    private static final Pattern VERSION =
            Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})(?:\\.([0-9]{1,6}))?(?![0-9.]).*");
    private static final String API_ALLOWED =
            "the API's image by digest, name@sha256:<64 hex digits>, or the ID of a local image, sha256:<64 hex digits>";
    private static final String API_SUGGESTION = "REGISTRY/NAME@sha256:DIGEST";

    private static final List<ConfigKey> PRODUCT =
            List.of(POSTGRES_IMAGE, PGBOUNCER_IMAGE, REDIS_IMAGE, MINIO_IMAGE, CADDY_IMAGE, BACKUP_IMAGE, API_IMAGE);

    private static final List<ConfigKey> MONITORING = List.of(
            PROMETHEUS_IMAGE,
            ALERTMANAGER_IMAGE,
            GRAFANA_IMAGE,
            LOKI_IMAGE,
            ALLOY_IMAGE,
            NODE_EXPORTER_IMAGE,
            POSTGRES_EXPORTER_IMAGE,
            PGBOUNCER_EXPORTER_IMAGE,
            BLACKBOX_EXPORTER_IMAGE);

    /** The first without the remote crashes of CVE-2026-6664: https://www.pgbouncer.org/changelog.html. */
    private static final int[] PGBOUNCER_MENDED = {1, 25, 2};

    /** The first that knows {@code max_prepared_statements}: https://www.pgbouncer.org/changelog.html. */
    private static final int[] PGBOUNCER_OLDEST = {1, 21, 0};

    private ImagesReader() {}

    static ImagesConfig read(ConfigValues values, Environment environment, boolean monitored) {
        var images = new ImagesConfig(
                image(values, POSTGRES_IMAGE, environment),
                image(values, PGBOUNCER_IMAGE, environment),
                image(values, REDIS_IMAGE, environment),
                image(values, MINIO_IMAGE, environment),
                image(values, CADDY_IMAGE, environment),
                image(values, BACKUP_IMAGE, environment),
                monitoring(values, environment),
                api(values, environment),
                values.optional(PRIVATE_REGISTRY),
                values.optional(REGISTRY_LOGIN).map(SecretText::new));
        checkRegistry(values);
        warnOfStandIns(values, monitored);
        if (values.usable(PGBOUNCER_IMAGE)) {
            ImageReference.parse(images.pgbouncer()).ifPresent(image -> checkPgbouncer(values, image));
        }
        return images;
    }

    private static ImagesConfig.Monitoring monitoring(ConfigValues values, Environment environment) {
        return new ImagesConfig.Monitoring(
                image(values, PROMETHEUS_IMAGE, environment),
                image(values, ALERTMANAGER_IMAGE, environment),
                image(values, GRAFANA_IMAGE, environment),
                image(values, LOKI_IMAGE, environment),
                image(values, ALLOY_IMAGE, environment),
                image(values, NODE_EXPORTER_IMAGE, environment),
                image(values, POSTGRES_EXPORTER_IMAGE, environment),
                image(values, PGBOUNCER_EXPORTER_IMAGE, environment),
                image(values, BLACKBOX_EXPORTER_IMAGE, environment));
    }

    private static String image(ConfigValues values, ConfigKey key, Environment environment) {
        var text = values.text(key);
        var image = ImageReference.parse(text);
        if (image.isEmpty()) {
            values.refuse(key, ImageReference.ALLOWED);
        } else if (checkStandIn(values, key, environment, key.defaultValue())
                && image.get().floating()) {
            var tag = image.get().tag().isEmpty() ? "has no tag, which means latest" : "has the tag latest";
            if (environment == Environment.PROD) {
                values.refuse(key, "an image with a version or a digest in prod; this one " + tag);
            } else {
                values.warn("freshtrack:" + key.text() + " " + text + " " + tag
                        + ": what runs can change without a change here; prod refuses it.");
            }
        }
        return text;
    }

    private static Optional<String> api(ConfigValues values, Environment environment) {
        var image = values.optional(API_IMAGE);
        if (image.isEmpty()) {
            if (values.preview()) {
                values.warn(
                        "freshtrack:apiImage is not set: this preview shows a placeholder, and `pulumi up` will refuse. Set it with: "
                                + values.set(API_IMAGE, API_SUGGESTION));
            } else {
                values.refuse(API_IMAGE, API_ALLOWED, API_SUGGESTION);
            }
        } else if (!IMAGE_ID.matcher(image.get()).matches()) {
            if (ImageReference.parse(image.get())
                    .flatMap(ImageReference::digest)
                    .isEmpty()) {
                values.refuse(API_IMAGE, API_ALLOWED + "; a tag can be moved", API_SUGGESTION);
            } else {
                checkStandIn(values, API_IMAGE, environment, API_SUGGESTION);
            }
        }
        return image;
    }

    /** Whether the image is one to go on with: no stand-in, or one that may stand here. */
    private static boolean checkStandIn(
            ConfigValues values, ConfigKey key, Environment environment, String suggestion) {
        var image = values.text(key);
        if (!image.startsWith(STAND_IN)) {
            return true;
        }
        if (environment == Environment.PROD) {
            values.refuse(
                    key,
                    "a real image in prod; " + STAND_IN + "… are stand-ins for building and testing on a bare machine",
                    suggestion);
            return false;
        }
        return true;
    }

    private static void warnOfStandIns(ConfigValues values, boolean monitored) {
        var standIns = Stream.concat(PRODUCT.stream(), monitored ? MONITORING.stream() : Stream.empty())
                .filter(key -> values.usable(key) && values.text(key).startsWith(STAND_IN))
                .map(key -> "freshtrack:" + key.text() + " " + values.text(key))
                .collect(Collectors.joining(", "));
        if (!standIns.isEmpty()) {
            values.warn("STAND-IN images, built for testing on a machine without a container registry: " + standIns
                    + ". Never serve anybody with them.");
        }
    }

    private static void checkPgbouncer(ConfigValues values, ImageReference image) {
        var text = values.text(PGBOUNCER_IMAGE);
        var known = "freshtrack:pgbouncerImage " + text + ": ";
        if (image.name().matches("(?:(?:index\\.)?docker\\.io/)?bitnami/.*")) {
            values.warn(
                    known + "Bitnami withdrew the public tags of bitnami/pgbouncer in 2025, so it can't be pulled. Use "
                            + PGBOUNCER_IMAGE.defaultValue()
                            + ", or bitnamilegacy/pgbouncer (frozen), or a private mirror of it.");
        } else if (image.name().contains("bitnami")) {
            values.warn(known
                    + "a copy of an image that Bitnami withdrew from the public in 2025; nobody mends it. The default is "
                    + PGBOUNCER_IMAGE.defaultValue() + ".");
        }
        var version = image.tag().map(VERSION::matcher).filter(matcher -> matcher.matches());
        if (version.isEmpty()) {
            return;
        }
        int[] numbers = {
            number(version.get().group(1)),
            number(version.get().group(2)),
            number(version.get().group(3))
        };
        if (Arrays.compare(numbers, PGBOUNCER_OLDEST) < 0) {
            values.refuse(
                    PGBOUNCER_IMAGE,
                    "PgBouncer 1.21 or newer: older ones don't know max_prepared_statements and don't start");
        } else if (Arrays.compare(numbers, PGBOUNCER_MENDED) < 0) {
            values.warn(
                    known
                            + "PgBouncer before 1.25.2 can be crashed from remote without a password (CVE-2026-6664); 1.25.2 mends it.");
        }
    }

    private static void checkRegistry(ConfigValues values) {
        var registry = values.optional(PRIVATE_REGISTRY);
        var login = values.optional(REGISTRY_LOGIN).filter(text -> values.usable(REGISTRY_LOGIN));
        if (registry.filter(text -> !REGISTRY.matcher(text).matches()).isPresent()) {
            values.refuse(PRIVATE_REGISTRY, "empty, or a registry's host[:port], such as ghcr.io", "ghcr.io");
        }
        if (login.isPresent() && registry.isEmpty()) {
            values.refuse(
                    REGISTRY_LOGIN,
                    values.shown(REGISTRY_LOGIN),
                    "nothing, because freshtrack:privateRegistry is not set",
                    values.remove(REGISTRY_LOGIN.text()));
        } else if (login.filter(text -> !LOGIN.matcher(text).matches()).isPresent()) {
            values.refuse(REGISTRY_LOGIN, "user:password, as for docker login");
        }
    }

    /** Credentials that are on this machine, which another one doesn't have. */
    static void refuseLoginOfThisMachine(ConfigValues values, String machine) {
        if (values.optional(PRIVATE_REGISTRY).isPresent()
                && values.optional(REGISTRY_LOGIN).isEmpty()) {
            values.refuse(
                    REGISTRY_LOGIN,
                    "user:password for freshtrack:privateRegistry, because " + machine
                            + " doesn't have the docker login of this machine");
        }
    }

    /** The API's image as the ID of a local one, which another machine doesn't have. */
    static void refuseLocalApi(ConfigValues values, String machine) {
        values.optional(API_IMAGE)
                .filter(image -> image.startsWith("sha256:"))
                .ifPresent(image -> values.refuse(
                        API_IMAGE,
                        "the API's image by digest in a registry, because " + machine
                                + " sees no image of this machine",
                        "REGISTRY/NAME@sha256:DIGEST"));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
