package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.BACKUP;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_KEEP_AT_LEAST;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_KEEP_DAYS;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_PERIOD_HOURS;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_PUBLIC_KEY;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_S3_ACCESS_KEY;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_S3_BUCKET;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_S3_ENDPOINT;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_S3_REGION;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_S3_SECRET_KEY;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads whether backups are made, how long they are kept and where they go off-site. */
final class BackupReader {
    private static final String EXAMPLE = "https://s3.example.com";

    /** Armor as RFC 9580, 6.2, has it: header lines, an empty line, Base64, a checksum that newer software leaves out. */
    private static final Pattern PUBLIC_KEY = Pattern.compile(
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\\s*\\n(?:[A-Za-z]+: [^\\n]*\\n)*\\s*\\n"
                    + "(?<body>[A-Za-z0-9+/\\s]+={0,2}\\s*)(?:\\n=[A-Za-z0-9+/]{4}\\s*)?\\n?-----END PGP PUBLIC KEY BLOCK-----\\s*");

    /** The packet type of a public key (https://www.rfc-editor.org/rfc/rfc9580#section-5). */
    private static final int PUBLIC_KEY_PACKET = 6;

    private BackupReader() {}

    /**
     * Empty where no backups are made.
     *
     * @param copied whether the target copies them away from the machine by itself
     */
    static Optional<BackupConfig> read(
            ConfigValues values, Environment environment, StorageConfig storage, boolean copied) {
        var said = values.optional(BACKUP).isPresent();
        var wanted = said ? values.flag(BACKUP) : environment == Environment.PROD;
        var offsite = offsite(values);
        var config = new BackupConfig(
                values.integer(BACKUP_PERIOD_HOURS, 1, 168),
                values.integer(BACKUP_KEEP_DAYS, 1, 3650),
                values.integer(BACKUP_KEEP_AT_LEAST, 1, 1000),
                offsite);
        if (!wanted) {
            if (!said && offsite.isPresent()) {
                values.refuse(
                        BACKUP,
                        "true or false, because freshtrack:backupS3Endpoint is set and backups are off unless asked for where freshtrack:environment is "
                                + environment.text(),
                        "true");
            } else if (environment == Environment.PROD) {
                values.warn("freshtrack:backup is false in prod: no backups are made.");
            }
            return Optional.empty();
        }
        if (offsite.isEmpty() && !copied && environment == Environment.PROD) {
            values.warn(
                    "freshtrack:backupS3Endpoint is not set: backups stay on the Docker host and are lost with it. Set it, and what goes with it, with: "
                            + values.set(BACKUP_S3_ENDPOINT, EXAMPLE));
        }
        offsite.filter(other -> values.usable(BACKUP_S3_ENDPOINT, BACKUP_S3_BUCKET) && isProducts(other, storage))
                .ifPresent(other -> values.refuse(
                        BACKUP_S3_BUCKET,
                        "another bucket than freshtrack:s3Bucket, which holds what is backed up",
                        other.bucket() + "-backups"));
        return Optional.of(config);
    }

    private static Optional<BackupConfig.Offsite> offsite(ConfigValues values) {
        var endpoint = values.optional(BACKUP_S3_ENDPOINT);
        if (endpoint.isPresent()
                && !StorageReader.ENDPOINT.matcher(endpoint.get()).matches()) {
            values.refuse(BACKUP_S3_ENDPOINT, "empty, or a URL of scheme, host and port, such as " + EXAMPLE, EXAMPLE);
        }
        for (var key : List.of(BACKUP_S3_BUCKET, BACKUP_PUBLIC_KEY, BACKUP_S3_ACCESS_KEY, BACKUP_S3_SECRET_KEY)) {
            var given = values.optional(key).isPresent();
            if (endpoint.isPresent() && !given) {
                refuse(values, key, values.shown(key), "a value, because freshtrack:backupS3Endpoint is set");
            } else if (endpoint.isEmpty() && given) {
                values.refuse(
                        key,
                        key == BACKUP_PUBLIC_KEY ? "(a key)" : values.shown(key),
                        "nothing, because freshtrack:backupS3Endpoint is not set",
                        values.remove(key.text()));
            } else if (given) {
                check(values, key, values.text(key));
            }
        }
        var region = values.matching(
                BACKUP_S3_REGION,
                StorageReader.REGION,
                "a region's name, such as " + BACKUP_S3_REGION.defaultValue(),
                BACKUP_S3_REGION.defaultValue());
        return endpoint.map(url -> new BackupConfig.Offsite(
                url,
                values.text(BACKUP_S3_BUCKET),
                region,
                new SecretText(values.text(BACKUP_S3_ACCESS_KEY)),
                new SecretText(values.text(BACKUP_S3_SECRET_KEY)),
                values.text(BACKUP_PUBLIC_KEY).strip() + "\n"));
    }

    private static void check(ConfigValues values, ConfigKey key, String text) {
        if (key == BACKUP_PUBLIC_KEY) {
            checkPublicKey(values, text);
        } else if (key == BACKUP_S3_BUCKET) {
            if (!StorageReader.BUCKET.matcher(text).matches()) {
                refuse(values, key, values.shown(key), "3 to 63 lower-case letters, digits and hyphens");
            }
        } else if (!StorageReader.CREDENTIAL.matcher(text).matches()) {
            values.refuse(key, "3 to 256 letters, digits and / + = _ . -");
        }
    }

    private static void checkPublicKey(ConfigValues values, String text) {
        var matcher = PUBLIC_KEY.matcher(text);
        if (text.contains("PRIVATE KEY") || matcher.matches() && !isPublic(matcher.group("body"))) {
            refuse(
                    values,
                    BACKUP_PUBLIC_KEY,
                    SecretText.REDACTED,
                    "the public key of a pair; this is not one, and if it is the private one it now stands in plain text in the stack's file: make a new pair");
        } else if (!matcher.matches()) {
            refuse(
                    values,
                    BACKUP_PUBLIC_KEY,
                    values.shown(BACKUP_PUBLIC_KEY),
                    "an armored public key, as `gpg --armor --export KEY_ID` prints it: -----BEGIN PGP PUBLIC KEY BLOCK----- and what follows");
        }
    }

    /** The mend of what only the operator has; a key of many lines is read from a file. */
    private static void refuse(ConfigValues values, ConfigKey key, String got, String allowed) {
        if (key.secret()) {
            values.refuse(key, allowed);
        } else if (key == BACKUP_PUBLIC_KEY) {
            values.refuse(key, got, allowed, values.setFromFile(key, "backup-public-key.asc"));
        } else {
            values.refuse(key, got, allowed, values.set(key, "freshtrack-backups"));
        }
    }

    /** Whether the first packet is a public key's; its type stands in its first byte, in the old format or the new. */
    private static boolean isPublic(String body) {
        try {
            var first = Base64.getMimeDecoder().decode(body)[0] & 0xff;
            return (first & 0x80) != 0 && ((first & 0x40) != 0 ? first & 0x3f : first >> 2 & 0xf) == PUBLIC_KEY_PACKET;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean isProducts(BackupConfig.Offsite offsite, StorageConfig storage) {
        return storage.bucket().equals(offsite.bucket())
                && storage.external()
                        .map(StorageConfig.External::endpoint)
                        .filter(offsite.endpoint()::equals)
                        .isPresent();
    }
}
