package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.prod;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The bad configurations of backups. */
final class BadBackups {
    private static final Set<String> KEYS =
            encrypted("backupS3AccessKey", "backupS3SecretKey", "s3AccessKey", "s3SecretKey");

    /** How a private key begins, and how one begins that is called public. */
    private static final String PRIVATE_KEY =
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgEawX8qhYJhunter2\n-----END PGP PRIVATE KEY BLOCK-----\n";

    private BadBackups() {}

    static Stream<Case> all() {
        return Stream.of(
                bad("backup that is neither", with(dev(), "backup", "yes"), "backup", "true or false"),
                bad("no period", with(dev(), "backupPeriodHours", "0"), "backupPeriodHours", "from 1 to 168"),
                bad("kept for no time", with(dev(), "backupKeepDays", "0"), "backupKeepDays", "from 1 to 3650"),
                bad("none kept", with(dev(), "backupKeepAtLeast", "0"), "backupKeepAtLeast", "from 1 to 1000"),
                bad("too little memory", with(offsite(), "backupMemoryMiB", "16"), "backupMemoryMiB", "from 128"),
                bad(
                        "more processors",
                        with(offsite(), "backupCpus", "3"),
                        "backupCpus",
                        "at most the 2 processors of freshtrack:hostCpus"),
                bad("image of no name", with(dev(), "backupImage", "Backup:1"), "backupImage", "an image reference"),
                bad(
                        "host too small for backups",
                        with(offsite(), "hostMemoryMiB", "3072"),
                        "hostMemoryMiB",
                        "1 × backup 256 = 3328 MiB"),
                bad(
                        "off-site, and backups neither on nor off",
                        with(offsite(), "backup", ""),
                        "backup",
                        "backups are off unless asked for",
                        "pulumi config set freshtrack:backup true --stack t1"),
                bad(
                        "endpoint with a path",
                        with(offsite(), "backupS3Endpoint", "https://s3.example.com/bucket"),
                        "backupS3Endpoint",
                        "scheme, host and port"),
                bad("endpoint alone: no bucket", with(offsite(), "backupS3Bucket", ""), "backupS3Bucket", "is set"),
                bad(
                        "endpoint without an access key",
                        with(offsite(), "backupS3AccessKey", ""),
                        "backupS3AccessKey",
                        "is set",
                        "pulumi config set --secret freshtrack:backupS3AccessKey"),
                bad(
                        "endpoint without a secret key",
                        with(offsite(), "backupS3SecretKey", ""),
                        "backupS3SecretKey",
                        "is set"),
                bad(
                        "endpoint without a public key",
                        with(offsite(), "backupPublicKey", ""),
                        "backupPublicKey",
                        "is set",
                        "freshtrack:backupPublicKey --stack t1 <backup-public-key.asc"),
                bad(
                        "bucket without an endpoint",
                        with(dev(), "backupS3Bucket", "backups"),
                        "backupS3Bucket",
                        "backupS3Endpoint is not set"),
                bad(
                        "public key without an endpoint",
                        with(dev(), "backupPublicKey", Configurations.BACKUP_PUBLIC_KEY),
                        "backupPublicKey",
                        "backupS3Endpoint is not set"),
                bad("bucket in capitals", with(offsite(), "backupS3Bucket", "Backups"), "backupS3Bucket", "lower-case"),
                bad(
                        "region of two words",
                        with(offsite(), "backupS3Region", "eu west"),
                        "backupS3Region",
                        "such as us-east-1"),
                bad(
                        "access key with a space",
                        with(offsite(), "backupS3AccessKey", "hunter2 hunter2"),
                        "backupS3AccessKey",
                        "letters, digits"),
                bad(
                        "the product's own bucket",
                        with(
                                offsite(),
                                "s3Endpoint",
                                "https://offsite.example.com",
                                "s3AccessKey",
                                "AKIAEXAMPLE",
                                "s3SecretKey",
                                "wJalr/XUtn+FEMI=",
                                "backupS3Bucket",
                                "freshtrack"),
                        "backupS3Bucket",
                        "another bucket than freshtrack:s3Bucket"),
                bad(
                        "private key for the public one",
                        with(offsite(), "backupPublicKey", PRIVATE_KEY),
                        "backupPublicKey",
                        "[secret]",
                        "make a new pair"),
                bad(
                        "private key that is called public",
                        with(offsite(), "backupPublicKey", PRIVATE_KEY.replace("PRIVATE", "PUBLIC")),
                        "backupPublicKey",
                        "[secret]",
                        "make a new pair"),
                bad(
                        "key's number for the key",
                        with(offsite(), "backupPublicKey", "A2B453EA5DB41AD4"),
                        "backupPublicKey",
                        "gpg --armor --export"),
                bad(
                        "key cut short",
                        with(offsite(), "backupPublicKey", Configurations.BACKUP_PUBLIC_KEY.substring(0, 400)),
                        "backupPublicKey",
                        "gpg --armor --export"),
                bad(
                        "stand-in in prod",
                        with(prod(), "backupImage", "freshtrack-standin/backup:15-0123456789ab"),
                        "backupImage",
                        "a real image in prod"));
    }

    /** A development stack whose backups go off-site. */
    static Map<String, String> offsite() {
        return with(
                dev(),
                "backup",
                "true",
                "backupS3Endpoint",
                "https://offsite.example.com",
                "backupS3Bucket",
                "acme-backups",
                "backupS3AccessKey",
                "AKIAEXAMPLE",
                "backupS3SecretKey",
                "wJalr/XUtn+FEMI=",
                "backupPublicKey",
                Configurations.BACKUP_PUBLIC_KEY);
    }

    private static Case bad(String name, Map<String, String> values, String key, String... fragments) {
        return new Case(name, values, KEYS, key, fragments);
    }
}
