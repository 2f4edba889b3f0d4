package com.freshtrack.infra.config;

import java.util.Optional;

/**
 * Where the API's objects are kept.
 *
 * @param external an S3 service outside of the stack; empty where MinIO runs beside the API
 * @param bucket the bucket's name
 * @param region what requests are signed for
 */
public record StorageConfig(Optional<External> external, String bucket, String region) {

    /** An S3 service outside of the stack: its URL and the key pair for it. */
    public record External(String endpoint, SecretText accessKey, SecretText secretKey) {}
}
