package com.freshtrack.infra.config;

import java.util.Optional;

/**
 * How backups are made and kept.
 *
 * @param periodHours from one to the next
 * @param keepDays age, in days, from which one is removed
 * @param keepAtLeast the newest that are kept whatever their age; at least 1
 * @param offsite where they go besides the Docker host; empty where they stay there
 */
public record BackupConfig(int periodHours, int keepDays, int keepAtLeast, Optional<Offsite> offsite) {

    /**
     * A bucket of an S3 service outside of the stack.
     *
     * @param publicKey armored public key of GnuPG that everything there is encrypted to
     */
    public record Offsite(
            String endpoint,
            String bucket,
            String region,
            SecretText accessKey,
            SecretText secretKey,
            String publicKey) {}
}
