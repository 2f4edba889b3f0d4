package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a running product and what comes of them, with the scripts that an operator uses. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupTest {
    private static final String OFFSITE_SUCCESS =
            "freshtrack_backup_last_success_timestamp_seconds{destination=\"offsite\"}";
    private static final String LOCAL_SUCCESS =
            "freshtrack_backup_last_success_timestamp_seconds{destination=\"local\"}";
    private static final String DRILL_SUCCESS = "freshtrack_restore_drill_last_success_timestamp_seconds";

    @TempDir
    Path folder;

    private Offsite offsite;

    /** Once for each product: after a test that failed there is a new one. */
    @BeforeEach
    void startOffsite(Product product) {
        if (offsite != null && offsite.isBeside(product)) {
            return;
        }
        assertThat(newest(product)).as("the backup made at the start").matches("[0-9]{8}T[0-9]{6}Z");
        assertThat(metric(product, "backup", OFFSITE_SUCCESS))
                .as("nothing was uploaded where nobody listened")
                .isZero();
        offsite = Offsite.start(product);
        // It would try again by itself, but later.
        Docker.run("restart", product.container("backup"));
        awaitUpload(product, 0);
    }

    @AfterAll
    void stopOffsite() {
        if (offsite != null) {
            offsite.close();
        }
    }

    private static void awaitUpload(Product product, long before) {
        var end = Instant.now().plusSeconds(60);
        while (metric(product, "backup", OFFSITE_SUCCESS) <= before) {
            assertThat(Instant.now()).as("an upload within a minute").isBefore(end);
            Product.pause(Duration.ofMillis(500));
        }
    }

    @Test
    void comesBackFromOffsiteAsItWas(Product product) throws Exception {
        var sensor = "backup-" + UUID.randomUUID();
        var id = UUID.randomUUID();
        assertThat(product.post(id, sensor).statusCode()).isEqualTo(201);
        putObject(product, "photos/one.txt", "the first object");
        var backup = backup(product);
        var rows = product.sql("SELECT count(*) FROM readings");

        assertThat(manifest(product, backup))
                .contains("rows " + rows + " public.readings", "objects 1 16", "postgresql 15");
        assertThat(inBackup(product, "ls /backups/" + backup).split("\\s+"))
                .containsExactlyInAnyOrder(
                        "MANIFEST", "UPLOADED", "caddy.tar", "database.dump", "objects.tar", "roles.sql", "schema.txt");
        assertThat(inBackup(product, "tar -tf /backups/" + backup + "/caddy.tar"))
                .contains("caddy/pki/authorities/local/root.key");
        assertThat(inBackup(product, "cat /backups/" + backup + "/roles.sql"))
                .contains("CREATE ROLE frostguard_migrator")
                .doesNotContain("PASSWORD '");
        assertIsEncrypted(product, backup);

        product.sql("DELETE FROM readings WHERE sensor_id = '" + sensor + "'");
        putObject(product, "photos/one.txt", "the FIRST object");
        putObject(product, "photos/two.txt", "another");
        assertThat(mustFail(script("restore", product)))
                .contains("there is data here", "the bucket freshtrack (2 objects)", "--overwrite");

        var restored = restoreWatched(product, "--from", "offsite", "--backup", backup, "--key", key(), "--overwrite");
        assertThat(restored).contains("are in place", "restored\n");
        assertThat(product.sql("SELECT sensor_id FROM readings WHERE id = '" + id + "'"))
                .isEqualTo(sensor);
        assertThat(objects(product)).isEqualTo("photos/one.txt the first object");
        assertThat(product.sql("SELECT datname FROM pg_database WHERE datname LIKE 'frostguard%'"))
                .isEqualTo("frostguard");
        assertNothingIsLeft(product);

        product.awaitHealthy(Duration.ofSeconds(30));
        assertThat(product.post(UUID.randomUUID(), sensor).statusCode())
                .as("a write after the restore")
                .isEqualTo(201);
        assertThat(product.stack().preview().mustSucceed().changes()).isEmpty();
        storage(product, "objects s3 rm --recursive s3://freshtrack");
    }

    @Test
    void isAFailedOneWhereTheUploadFails(Product product) {
        backup(product);
        var before = metric(product, "backup", OFFSITE_SUCCESS);
        offsite.stop();
        try {
            assertThat(mustFail(script("backup", product))).contains("uploading", "failed; the local backup is kept");
        } finally {
            offsite.startAgain();
        }
        assertThat(metric(product, "backup", OFFSITE_SUCCESS)).isEqualTo(before);
        assertThat(metric(product, "backup", LOCAL_SUCCESS)).isGreaterThan(before);
        assertThat(newest(product))
                .as("off-site")
                .isNotIn(offsite.objects(product.stack().name()));

        // Unless the service does so at this very moment.
        Docker.attempt("exec", product.container("backup"), "sh", "/freshtrack/backup", "--upload");
        awaitUpload(product, before);
    }

    @Test
    void waitsForAnotherAndIsRefusedWhereThatDoesNotEnd(Product product) {
        var first = CompletableFuture.supplyAsync(
                () -> inBackup(product, "flock /backups/.backup.lock sh -c 'touch /tmp/locked; sleep 6'"));
        inBackup(product, "until [ -e /tmp/locked ]; do sleep 0.1; done; rm /tmp/locked");

        var refused = Docker.attempt(
                "exec", "--env", "LOCK_SECONDS=1", product.container("backup"), "sh", "/freshtrack/backup");
        assertThat(refused.succeeded()).as(refused.output()).isFalse();
        assertThat(refused.output()).contains("another backup or restore is running");
        assertThat(mustSucceed(script("backup", product))).contains("waiting, 900 s at most", "made");
        first.join();
    }

    @Test
    void isKeptByCountAndAge(Product product) {
        var stack = product.stack().name();
        inBackup(
                product,
                "cd /backups; for name in 20200101T000000Z 20200102T000000Z notours; do mkdir $name; touch $name/MANIFEST; done; mkdir 20200103T000000Z.partial");
        offsite.run(
                "sh",
                "-c",
                "cd /data/backups && mkdir -p " + stack + " && cd " + stack
                        + " && echo old >20200101T000000Z.tar.gpg && echo old >20200102T000000Z.tar.gpg && echo x >notours.tar.gpg");
        Docker.run(
                "exec", "--env", "BACKUP_KEEP_AT_LEAST=1000", product.container("backup"), "sh", "/freshtrack/backup");
        assertThat(inBackup(product, "ls /backups"))
                .as("with fewer than enough")
                .contains("20200101T000000Z")
                .doesNotContain("partial");

        var last = inBackup(product, "ls -d /backups/2*Z | wc -l");
        Docker.run(
                "exec",
                "--env",
                "BACKUP_KEEP_AT_LEAST=" + last,
                product.container("backup"),
                "sh",
                "/freshtrack/backup");
        assertThat(inBackup(product, "ls /backups"))
                .as("the older of two that are due goes, the other is one of enough")
                .doesNotContain("20200101T000000Z")
                .contains("20200102T000000Z", "notours");
        Docker.run("exec", "--env", "BACKUP_KEEP_AT_LEAST=1", product.container("backup"), "sh", "/freshtrack/backup");
        assertThat(inBackup(product, "ls /backups")).doesNotContain("20200102T000000Z");
        assertThat(offsite.objects(stack))
                .contains("notours.tar.gpg")
                .doesNotContain("20200101T000000Z.tar.gpg", "20200102T000000Z.tar.gpg")
                .contains(newest(product) + ".tar.gpg");
        inBackup(product, "rm -r /backups/notours");
    }

    @Test
    void isRestoredForATest(Product product) throws IOException {
        var backup = backup(product);
        assertThat(mustSucceed(script("restore-drill", product, "--key", key())))
                .contains("the drill passed: " + backup);
        var success = metric(product, "restore-drill", DRILL_SUCCESS);
        assertThat(success).isGreaterThan(Instant.now().getEpochSecond() - 60);

        var other = Files.writeString(
                folder.resolve("other.asc"), Offsite.KeyPair.generate().privateKey());
        assertThat(mustFail(script("restore-drill", product, "--key", other.toString())))
                .contains("can't be fetched and decrypted with this key", "No secret key");

        var manifest = "/backups/" + backup + "/MANIFEST";
        inBackup(
                product,
                "cp " + manifest + " /tmp/ && sed -i 's/^rows [0-9]* public.readings/rows 7777777 public.readings/' "
                        + manifest);
        assertThat(mustFail(script("restore-drill", product, "--from", "local")))
                .contains("tables have not the rows that MANIFEST counts", "-rows 7777777 public.readings");
        inBackup(product, "cp /tmp/MANIFEST " + manifest);
        assertThat(metric(product, "restore-drill", DRILL_SUCCESS)).isEqualTo(success);
        assertNothingIsLeft(product);
    }

    @Test
    void changesNothingWhereItIsDamagedOrBrokenOff(Product product) throws Exception {
        var sensor = "kept-" + UUID.randomUUID();
        assertThat(product.post(UUID.randomUUID(), sensor).statusCode()).isEqualTo(201);
        var backup = backup(product);
        assertThat(product.post(UUID.randomUUID(), sensor).statusCode()).isEqualTo(201);
        var before = product.identities();
        inBackup(product, "cp -r /backups/" + backup + " /tmp/kept; printf x >>/backups/" + backup + "/database.dump");

        assertThat(mustFail(script("restore", product, "--overwrite")))
                .contains("the backup is damaged, nothing was changed", "database.dump", "putting everything back");
        inBackup(product, "cp /tmp/kept/database.dump /backups/" + backup + "/; rm -r /tmp/kept");

        var restore = new ProcessBuilder(
                        "scripts/restore", product.stack().name(), "--from", "offsite", "--key", key(), "--overwrite")
                .redirectErrorStream(true)
                .start();
        try (var output = restore.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.contains("taking the offsite backup")))
                    .isTrue();
            restore.descendants().forEach(ProcessHandle::destroyForcibly);
            restore.destroyForcibly();
        }
        inBackup(product, "for i in $(seq 200); do [ -e /backups/.restore ] || break; sleep 0.1; done");

        assertThat(product.sql("SELECT count(*) FROM readings WHERE sensor_id = '" + sensor + "'"))
                .isEqualTo("2");
        assertThat(product.identities()).isEqualTo(before);
        assertNothingIsLeft(product);
    }

    @Test
    void putsTheCertificatesBackTooWhereItIsBrokenOff(Product product) throws Exception {
        certificate(product, "of the backup");
        backup(product);
        certificate(product, "newer");
        var restore = new ProcessBuilder(
                        "scripts/restore", product.stack().name(), "--overwrite", "--with-certificates")
                .redirectErrorStream(true)
                .start();
        var said = CompletableFuture.supplyAsync(
                () -> restore.inputReader().lines().collect(Collectors.joining("\n")));
        try {
            var end = Instant.now().plusSeconds(120);
            while (!inBackup(product, "cat /caddy/caddy/test").equals("of the backup")) {
                assertThat(Instant.now()).as("certificates of the backup").isBefore(end);
                assertThat(restore.isAlive()).as("the restore").isTrue();
            }
            // Not the process itself, which would close what it says.
            restore.toHandle().destroy();
            assertThat(restore.waitFor(120, TimeUnit.SECONDS))
                    .as("an end of the restore")
                    .isTrue();
        } finally {
            restore.toHandle().destroyForcibly();
        }

        assertThat(restore.exitValue()).as(said.join()).isEqualTo(143);
        assertThat(said.join())
                .contains(
                        "putting everything back",
                        "certificates are those from before",
                        "objects are those from before");
        assertThat(inBackup(product, "cat /caddy/caddy/test")).isEqualTo("newer");
        assertNothingIsLeft(product);
        product.awaitHealthy(Duration.ofSeconds(60));
        assertThat(product.post(UUID.randomUUID(), "after").statusCode()).isEqualTo(201);
        Docker.run("exec", product.container("caddy"), "rm", "/data/caddy/test");
    }

    /** A file among Caddy's own, which a backup takes with them. */
    private static void certificate(Product product, String text) {
        Docker.run("exec", product.container("caddy"), "sh", "-c", "printf '%s' '" + text + "' >/data/caddy/test");
    }

    @Test
    void saysThatNothingIsRemovedOffsiteWhereTheKeyMayNotList(Product product) {
        var before = metric(product, "backup", OFFSITE_SUCCESS);
        var said = inBackup(
                product,
                """
                mkdir /backups/.tools
                trap 'rm -r /backups/.tools' EXIT
                cat >/backups/.tools/aws <<'AWS'
                #!/bin/sh
                case "$*" in *"--profile offsite"*list-objects-v2*) echo AccessDenied >&2; exit 254 ;; esac
                exec /usr/bin/aws "$@"
                AWS
                chmod +x /backups/.tools/aws
                PATH="/backups/.tools:$PATH" sh /freshtrack/backup 2>&1
                """);

        assertThat(said)
                .contains("uploaded", "AccessDenied", "could not list", "nothing that is due is removed off-site");
        assertThat(metric(product, "backup", OFFSITE_SUCCESS)).isGreaterThan(before);
    }

    /** No key, no half of a backup or restore, no database but the one that serves. */
    private static void assertNothingIsLeft(Product product) {
        assertThat(inBackup(product, "ls -A /dev/shm; ls -A /backups | grep -e partial -e restore -e drill$ || :"))
                .isEmpty();
        assertThat(product.sql("SELECT datname FROM pg_database WHERE datname LIKE 'frostguard%'"))
                .isEqualTo("frostguard");
    }

    /** A file that begins with a session key for a public key (packet type 1), and has no word of ours in it. */
    private void assertIsEncrypted(Product product, String backup) {
        var file = "/data/backups/" + product.stack().name() + "/" + backup + ".tar.gpg";
        assertThat(offsite.run("sh", "-c", "head -c 1 " + file + " | od -An -tx1")
                        .strip())
                .isIn("84", "85", "c1");
        assertThat(offsite.run(
                        "sh",
                        "-c",
                        "grep -c -a -e MANIFEST -e PGDMP -e frostguard -e 'first object' " + file + " || :"))
                .isEqualTo("0");
        assertThat(offsite.run("sh", "-c", "wc -c <" + file))
                .isEqualTo(inBackup(product, "cat /backups/" + backup + "/UPLOADED"));
    }

    /** Restores while it looks at the command lines of what runs for it. */
    private static String restoreWatched(Product product, String... options) {
        var secrets = List.of(
                Docker.run("exec", product.container("postgres"), "cat", "/run/secrets/postgres_password"),
                Docker.run("exec", product.container("backup"), "cat", "/run/secrets/backup_database_password"),
                Docker.run("exec", product.container("backup"), "cat", "/run/secrets/s3_secret_key"),
                Offsite.SECRET_KEY,
                "PRIVATE KEY");
        var seen = new ArrayList<String>();
        var restore = CompletableFuture.supplyAsync(() -> mustSucceed(script("restore", product, options)));
        while (!restore.isDone()) {
            seen.add(Docker.run("top", product.container("backup"), "-o", "pid,args"));
            Product.pause(Duration.ofMillis(200));
        }
        assertThat(seen).anyMatch(lines -> lines.contains("/freshtrack/restore"));
        var text = String.join("\n", seen) + restore.join();
        assertThat(secrets).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
        return restore.join();
    }

    /** Makes a backup and answers its name. */
    private static String backup(Product product) {
        assertThat(mustSucceed(script("backup", product))).contains("made", "uploaded");
        return newest(product);
    }

    private static String newest(Product product) {
        return inBackup(product, "cd /backups && ls -d 2*Z | sort | tail -n 1");
    }

    private static String manifest(Product product, String backup) {
        return inBackup(product, "cat /backups/" + backup + "/MANIFEST");
    }

    private static long metric(Product product, String file, String sample) {
        return inBackup(product, "cat /metrics/" + file + ".prom")
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToLong(line -> Long.parseLong(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + sample));
    }

    private static void putObject(Product product, String name, String text) {
        storage(product, "printf '%s' '" + text + "' | objects s3 cp - s3://freshtrack/" + name);
    }

    /** Every object and its text, a line each. */
    private static String objects(Product product) {
        return storage(
                product,
                "objects s3 ls --recursive s3://freshtrack | while read -r day time size name; do printf '%s ' \"$name\"; objects s3 cp \"s3://freshtrack/$name\" -; done");
    }

    /** Runs a command as the backup's own scripts speak to the product's object storage. */
    private static String storage(Product product, String command) {
        return inBackup(
                product,
                "cd /freshtrack; set -eu; . ./lib.sh; PRIVATE=; trap close_private EXIT; open_private; " + command);
    }

    private static String inBackup(Product product, String command) {
        return Docker.run("exec", product.container("backup"), "sh", "-c", command);
    }

    private String key() throws IOException {
        return Files.writeString(folder.resolve("key.asc"), Offsite.keys().privateKey())
                .toString();
    }

    private static Shell.Result script(String script, Product product, String... options) {
        var command =
                new ArrayList<>(List.of("scripts/" + script, product.stack().name()));
        command.addAll(List.of(options));
        return Shell.run(Duration.ofSeconds(150), "", command, Map.of());
    }

    private static String mustSucceed(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }

    private static String mustFail(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isFalse();
        return result.output();
    }
}
