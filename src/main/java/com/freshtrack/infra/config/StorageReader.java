package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.S3_ACCESS_KEY;
import static com.freshtrack.infra.config.ConfigKey.S3_BUCKET;
import static com.freshtrack.infra.config.ConfigKey.S3_ENDPOINT;
import static com.freshtrack.infra.config.ConfigKey.S3_REGION;
import static com.freshtrack.infra.config.ConfigKey.S3_SECRET_KEY;

import java.util.List;
import java.util.regex.Pattern;

/** Reads where the API's objects are kept. */
final class StorageReader {
    private static final String EXAMPLE = "https://s3.example.com";
    static final Pattern ENDPOINT =
            Pattern.compile("https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[1-9][0-9]{0,4})?");

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, without dots. */
    static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9/+=_.-]{3,256}");

    private StorageReader() {}

    static StorageConfig read(ConfigValues values) {
        var endpoint = values.optional(S3_ENDPOINT);
        if (endpoint.isPresent() && !ENDPOINT.matcher(endpoint.get()).matches()) {
            values.refuse(S3_ENDPOINT, "empty, or a URL of scheme, host and port, such as " + EXAMPLE, EXAMPLE);
        }
        for (var key : List.of(S3_ACCESS_KEY, S3_SECRET_KEY)) {
            if (endpoint.isPresent() && values.optional(key).isEmpty()) {
                values.refuse(key, "a value, because freshtrack:s3Endpoint is set");
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
        return new StorageConfig(
                endpoint.map(url -> new StorageConfig.External(
                        url, new SecretText(values.text(S3_ACCESS_KEY)), new SecretText(values.text(S3_SECRET_KEY)))),
                values.matching(
                        S3_BUCKET, BUCKET, "3 to 63 lower-case letters, digits and hyphens", S3_BUCKET.defaultValue()),
                values.matching(
                        S3_REGION,
                        REGION,
                        "a region's name, such as " + S3_REGION.defaultValue(),
                        S3_REGION.defaultValue()));
    }
}
