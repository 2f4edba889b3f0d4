package com.freshtrack.infra.services;

import com.freshtrack.infra.config.DatabaseConfig;
import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StorageConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What keeps state: PostgreSQL, Redis and the object storage, all on the network that has no way out. */
final class DataServices {
    static final int POSTGRES_PORT = 5432;
    static final int REDIS_PORT = 6379;
    static final int OBJECT_STORAGE_PORT = 9000;

    private DataServices() {}

    /** A database that the cloud runs is outside of the host's own networks. */
    static List<Network> networksToDatabase(StackConfig config) {
        return config.managedPostgres().isPresent() ? List.of(Network.DATA, Network.EDGE) : List.of(Network.DATA);
    }

    /** Where the API's objects are, as services of the stack reach it. */
    static String objectStorageUrl(StackConfig config, Addresses addresses) {
        return config.storage()
                .external()
                .map(StorageConfig.External::endpoint)
                .orElse("http://" + addresses.objectStorage() + ":" + OBJECT_STORAGE_PORT);
    }

    /** Postgres boots as {@code postgres}; the product's own roles are made once it is ready. */
    static ServiceSpec postgres(StackConfig config, DatabaseConfig database) {
        var environment = new TreeMap<>(Map.of(
                "PGDATA",
                "/var/lib/postgresql/data/pgdata",
                "POSTGRES_DB",
                FreshTrackServices.DATABASE,
                "POSTGRES_INITDB_ARGS",
                "--data-checksums",
                "POSTGRES_PASSWORD_FILE",
                "/run/secrets/" + SecretNames.POSTGRES));
        var command = List.of(
                "postgres",
                "-c",
                "max_connections=" + config.pools().maxConnections(),
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "shared_buffers=" + database.sharedBuffersMiB() + "MB");
        return new ServiceSpec(
                "postgres",
                Lifecycle.PERMANENT,
                config.images().postgres(),
                // SIGINT is PostgreSQL's "fast" shutdown: https://www.postgresql.org/docs/15/server-shutdown.html
                new ProcessSpec(List.of(), command, "postgres", environment, "SIGINT", 60),
                List.of(FileSpec.secret(SecretNames.POSTGRES)),
                List.of(),
                List.of(Network.DATA),
                List.of(Mount.volume(database.volume(), "/var/lib/postgresql/data")),
                // By TCP: while the image initialises an empty volume it runs a server that listens on a socket only.
                Optional.of(new HealthCheck(
                        List.of("pg_isready", "-h", "127.0.0.1", "-U", "postgres", "-d", FreshTrackServices.DATABASE),
                        HealthCheck.INTERVAL_SECONDS,
                        5,
                        5,
                        60)),
                config.resources().postgres(),
                Isolation.NONE);
    }

    /** Redis is a cache and a queue: it keeps an append-only file and never grows beyond three quarters of its memory. */
    static ServiceSpec redis(StackConfig config, int healthIntervalSeconds) {
        var memoryMiB = config.resources().redis().memoryMiB();
        var configuration =
                """
                # Rendered by freshtrack-infra.
                port %d
                protected-mode no
                dir /data
                appendonly yes
                maxmemory %dmb
                maxmemory-policy noeviction
                requirepass %s
                """
                        .formatted(REDIS_PORT, memoryMiB * 3 / 4, FileSpec.placeholder(SecretNames.REDIS));
        return new ServiceSpec(
                "redis",
                Lifecycle.PERMANENT,
                config.images().redis(),
                new ProcessSpec(
                        List.of(),
                        List.of("redis-server", "/etc/freshtrack/redis.conf"),
                        "redis",
                        new TreeMap<>(),
                        "SIGTERM",
                        20),
                List.of(FileSpec.text("/etc/freshtrack/redis.conf", configuration), FileSpec.secret(SecretNames.REDIS)),
                List.of(),
                List.of(Network.DATA),
                List.of(Mount.volume("redis", "/data")),
                Optional.of(new HealthCheck(
                        List.of(
                                "sh",
                                "-c",
                                "REDISCLI_AUTH=$(cat /run/secrets/" + SecretNames.REDIS
                                        + ") redis-cli ping | grep -q PONG"),
                        healthIntervalSeconds,
                        5,
                        5,
                        20)),
                config.resources().redis(),
                Isolation.NONE);
    }

    /** The image starts as root and keeps no capability, so its volume stays root's. */
    static ServiceSpec objectStorage(StackConfig config, Resources limits, int healthIntervalSeconds) {
        return new ServiceSpec(
                "minio",
                Lifecycle.PERMANENT,
                config.images().minio(),
                new ProcessSpec(
                        List.of(),
                        List.of("server", "/data", "--console-address", ":9001"),
                        "",
                        new TreeMap<>(Map.of(
                                "MINIO_ROOT_PASSWORD_FILE",
                                "/run/secrets/" + SecretNames.MINIO_ROOT,
                                "MINIO_ROOT_USER",
                                FreshTrackServices.MINIO_ROOT_USER)),
                        "SIGTERM",
                        20),
                List.of(FileSpec.secret(SecretNames.MINIO_ROOT)),
                List.of(),
                List.of(Network.DATA),
                List.of(Mount.volume("minio", "/data")),
                // The client is called mc in MinIO's own image, and mcli in the fork pgsty/silo.
                Optional.of(new HealthCheck(
                        List.of("sh", "-c", "$(command -v mc || command -v mcli) ready local"),
                        healthIntervalSeconds,
                        5,
                        5,
                        30)),
                limits,
                Isolation.NONE);
    }
}
