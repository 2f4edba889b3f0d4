package com.freshtrack.infra.services;

import com.freshtrack.infra.config.BackupConfig;
import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What makes the backups, and restores them when it is asked to: the scripts of {@code host/} in an image with their tools. */
final class BackupService {
    private static final String FOLDER = "/freshtrack/";
    private static final List<String> SCRIPTS = List.of("backup", "backup-loop", "lib.sh", "restore", "restore-drill");

    private BackupService() {}

    /** Root without a capability: Caddy's files are root's, and nobody else's to read. */
    static ServiceSpec backup(
            StackConfig config, Addresses addresses, BackupConfig backup, Resources limits, ProductFiles files) {
        return new ServiceSpec(
                "backup",
                Lifecycle.PERMANENT,
                config.images().backup(),
                new ProcessSpec(
                        List.of("/bin/sh"),
                        List.of(FOLDER + "backup-loop"),
                        "0:0",
                        environment(config, addresses, backup),
                        "SIGTERM",
                        10),
                files(addresses, backup, files),
                List.of(),
                List.of(Network.DATA, Network.EDGE),
                List.of(
                        Mount.volume("backups", "/backups"),
                        new Mount(new Volume("caddy-data"), "/caddy", true),
                        Mount.volume("metrics", "/metrics")),
                // Whether the loop lives. How old the last backup is, is an alert's business.
                Optional.of(new HealthCheck(
                        List.of("sh", "-c", "test $(($(date +%s) - $(cat /tmp/backup-loop))) -lt 60"),
                        HealthCheck.INTERVAL_SECONDS,
                        5,
                        3,
                        10)),
                limits,
                Isolation.NONE);
    }

    private static SortedMap<String, String> environment(StackConfig config, Addresses addresses, BackupConfig backup) {
        var environment = new TreeMap<String, String>();
        environment.put("BACKUP_KEEP_AT_LEAST", String.valueOf(backup.keepAtLeast()));
        environment.put("BACKUP_KEEP_DAYS", String.valueOf(backup.keepDays()));
        environment.put("BACKUP_PERIOD_HOURS", String.valueOf(backup.periodHours()));
        environment.putAll(server(config, addresses));
        environment.put("S3_BUCKET", config.storage().bucket());
        environment.put("S3_ENDPOINT", DataServices.objectStorageUrl(config, addresses));
        environment.put("S3_REGION", config.storage().region());
        environment.put("STACK", config.stack());
        backup.offsite().ifPresent(offsite -> {
            environment.put("BACKUP_S3_BUCKET", offsite.bucket());
            environment.put("BACKUP_S3_ENDPOINT", offsite.endpoint());
            environment.put("BACKUP_S3_REGION", offsite.region());
        });
        return environment;
    }

    /** A database that the cloud runs has no role for this: its owner reads all of it. Host and password are in the scripts' files. */
    private static Map<String, String> server(StackConfig config, Addresses addresses) {
        if (config.managedPostgres().isEmpty()) {
            return Map.of(
                    "PGDATABASE",
                    FreshTrackServices.DATABASE,
                    "PGHOST",
                    addresses.database().host(),
                    "PGUSER",
                    FreshTrackServices.BACKUP_ROLE);
        }
        var client = new DatabaseClient(addresses, FreshTrackServices.MIGRATOR_ROLE, SecretNames.BACKUP_DATABASE)
                .environment();
        client.keySet().removeAll(List.of("PGHOST", "PGPASSFILE"));
        return client;
    }

    private static List<FileSpec> files(Addresses addresses, BackupConfig backup, ProductFiles files) {
        var all = new ArrayList<FileSpec>();
        SCRIPTS.forEach(script -> all.add(new FileSpec(FOLDER + script, files.text("host/" + script), true)));
        all.add(FileSpec.secret(SecretNames.BACKUP_DATABASE));
        all.addAll(addresses.database().secretFiles());
        addresses.databaseAuthorities().ifPresent(all::add);
        all.add(FileSpec.secret(SecretNames.S3_ACCESS_KEY));
        all.add(FileSpec.secret(SecretNames.S3_SECRET_KEY));
        backup.offsite().ifPresent(offsite -> {
            all.add(FileSpec.text(FOLDER + "backup-public-key.asc", offsite.publicKey()));
            all.add(FileSpec.secret(SecretNames.BACKUP_S3_ACCESS_KEY));
            all.add(FileSpec.secret(SecretNames.BACKUP_S3_SECRET_KEY));
        });
        return List.copyOf(all);
    }
}
