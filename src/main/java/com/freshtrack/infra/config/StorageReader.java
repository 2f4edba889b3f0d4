package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.S3_ACCESS_KEY;
import static com.freshtrack.infra.config.ConfigKey.S3_BUCKET;
import static com.freshtrack.infra.config.ConfigKey.S3_ENDPOINT;
import static com.freshtrack.infra.config.ConfigKey.S3_REGION;
import static com.freshtrack.infra.config.ConfigKey.S3_SECRET_KEY;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where the API's objects are kept. */
final class StorageReader {
    static final String EXAMPLE = "https://s3.example.com";
    static final Pattern ENDPOINT =
            Pattern.compile("https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[1-9][0-9]{0,4})?");

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, without dots. */
    static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9/+=_.-]{3,256}");

    /** Stands for a key in a preview of a stack that has none yet. */
    private static final String NOT_SET = "not-set";

    private StorageReader() {}

    /**
     * An S3 service that belongs to the target.
     *
     * @param region what requests to it are signed for
     */
    record Own(String endpoint, String region) {}

    static StorageConfig read(ConfigValues values) {
        return read(values, Optional.empty());
    }

    /** The same where the target's own S3 service stands in for MinIO, if the stack names no other. */
    static StorageConfig read(ConfigValues values, Optional<Own> own) {
        var given = values.optional(S3_ENDPOINT);
        if (given.isPresent() && !ENDPOINT.matcher(given.get()).matches()) {
            values.refuse(S3_ENDPOINT, "empty, or a URL of scheme, host and port, such as " + EXAMPLE, EXAMPLE);
        }
        var endpoint = given.or(() -> own.map(Own::endpoint));
        if (own.isPresent() && isPreviewWithoutKeys(values)) {
            values.warn(
                    "freshtrack:s3AccessKey and freshtrack:s3SecretKey are not set: this preview shows placeholders, and"
                            + " `pulumi up` will refuse. They are a key pair for "
                            + own.get().endpoint());
            return config(values, own, endpoint, new SecretText(NOT_SET), new SecretText(NOT_SET));
        }
        for (var key : List.of(S3_ACCESS_KEY, S3_SECRET_KEY)) {
            if (endpoint.isPresent() && values.optional(key).isEmpty()) {
                values.refuse(
                        key,
                        given.isPresent()
                                ? "a value, because freshtrack:s3Endpoint is set"
                                : "a value: the key pair for " + own.get().endpoint());
            } else if (endpoint.isEmpty() && values.optional(key).isPresent()) {
                values.refuse(
                        key,
                        values.shown(key),
                        "nothing, because freshtrack:s3Endpoint is not set: MinIO has a password of its own",
                        values.remove(key.text()));
            } else if (endpoint.isPresent()
                    && !CREDENTIAL.matcher(values.text(key)).matches()) {
                values.refuse(key, "3 to 256 letters, digits and / + = _ . -");
            }
        }
        return config(
                values,
                own,
                endpoint,
                new SecretText(values.text(S3_ACCESS_KEY)),
                new SecretText(values.text(S3_SECRET_KEY)));
    }

    private static boolean isPreviewWithoutKeys(ConfigValues values) {
        return values.preview()
                && values.optional(S3_ACCESS_KEY).isEmpty()
                && values.optional(S3_SECRET_KEY).isEmpty();
    }

    private static StorageConfig config(
            ConfigValues values,
            Optional<Own> own,
            Optional<String> endpoint,
            SecretText accessKey,
            SecretText secretKey) {
        return new StorageConfig(
                endpoint.map(url -> new StorageConfig.External(url, accessKey, secretKey)),
                values.matching(
                        S3_BUCKET, BUCKET, "3 to 63 lower-case letters, digits and hyphens", S3_BUCKET.defaultValue()),
                region(values, own));
    }

    private static String region(ConfigValues values, Optional<Own> own) {
        if (own.isPresent() && !values.text(S3_REGION).equals(S3_REGION.defaultValue())) {
            values.refuse(
                    S3_REGION,
                    values.shown(S3_REGION),
                    "nothing, because freshtrack:s3Endpoint is not set: the region is that of "
                            + own.get().endpoint(),
                    values.remove(S3_REGION.text()));
        }
        return own.map(Own::region)
                .orElseGet(() -> values.matching(
                        S3_REGION,
                        REGION,
                        "a region's name, such as " + S3_REGION.defaultValue(),
                        S3_REGION.defaultValue()));
    }
}
