package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_CPUS;
import static com.freshtrack.infra.config.ConfigKey.API_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_CPUS;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.CADDY_CPUS;
import static com.freshtrack.infra.config.ConfigKey.CADDY_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.GRAFANA_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.HOST_CPUS;
import static com.freshtrack.infra.config.ConfigKey.HOST_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.LOKI_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.MINIO_CPUS;
import static com.freshtrack.infra.config.ConfigKey.MINIO_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_CPUS;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_CPUS;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.PROMETHEUS_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.REDIS_CPUS;
import static com.freshtrack.infra.config.ConfigKey.REDIS_MEMORY_MIB;

import java.util.Optional;

/** Reads the containers' limits and holds them against what the host has. */
final class ResourcesReader {
    private static final int LARGEST_HOST_MIB = 1_048_576;
    private static final int LARGEST_HOST_CPUS = 256;

    private ResourcesReader() {}

    static ResourcesConfig read(ConfigValues values, StorageConfig storage, boolean backedUp, boolean monitored) {
        double hostCpus = values.processors(HOST_CPUS, LARGEST_HOST_CPUS);
        var resources = new ResourcesConfig(
                limits(values, API_CPUS, API_MEMORY_MIB, 64, hostCpus),
                limits(values, PGBOUNCER_CPUS, PGBOUNCER_MEMORY_MIB, 32, hostCpus),
                limits(values, POSTGRES_CPUS, POSTGRES_MEMORY_MIB, 256, hostCpus),
                limits(values, REDIS_CPUS, REDIS_MEMORY_MIB, 32, hostCpus),
                storage.external().isPresent()
                        ? Optional.empty()
                        : Optional.of(limits(values, MINIO_CPUS, MINIO_MEMORY_MIB, 128, hostCpus)),
                limits(values, CADDY_CPUS, CADDY_MEMORY_MIB, 64, hostCpus),
                backedUp
                        ? Optional.of(limits(values, BACKUP_CPUS, BACKUP_MEMORY_MIB, 128, hostCpus))
                        : Optional.empty(),
                monitored ? Optional.of(monitoring(values, hostCpus)) : Optional.empty(),
                hostCpus,
                values.integer(HOST_MEMORY_MIB, 1024, LARGEST_HOST_MIB));
        if (values.usable(
                        API_MEMORY_MIB,
                        PGBOUNCER_MEMORY_MIB,
                        POSTGRES_MEMORY_MIB,
                        REDIS_MEMORY_MIB,
                        MINIO_MEMORY_MIB,
                        CADDY_MEMORY_MIB,
                        BACKUP_MEMORY_MIB,
                        PROMETHEUS_MEMORY_MIB,
                        GRAFANA_MEMORY_MIB,
                        LOKI_MEMORY_MIB,
                        HOST_MEMORY_MIB)
                && resources.peakMemoryMiB() > resources.hostMemoryMiB()) {
            values.refuse(
                    HOST_MEMORY_MIB,
                    "at least what the containers may use at once, a deploy included: " + resources.peakMemoryTerms()
                            + "; a larger host, or smaller …MemoryMiB"
                            + (monitored ? ", or freshtrack:observability false" : ""),
                    String.valueOf(resources.peakMemoryMiB()));
        }
        return resources;
    }

    /** What has no key needs little, and the same on every host. */
    private static ResourcesConfig.Monitoring monitoring(ConfigValues values, double hostCpus) {
        double one = Math.min(1, hostCpus);
        double half = Math.min(0.5, hostCpus);
        return new ResourcesConfig.Monitoring(
                new Resources(one, values.integer(PROMETHEUS_MEMORY_MIB, 128, LARGEST_HOST_MIB)),
                new Resources(one, values.integer(GRAFANA_MEMORY_MIB, 128, LARGEST_HOST_MIB)),
                new Resources(one, values.integer(LOKI_MEMORY_MIB, 128, LARGEST_HOST_MIB)),
                new Resources(half, 256),
                new Resources(half, 64));
    }

    private static Resources limits(
            ConfigValues values, ConfigKey cpus, ConfigKey memory, int leastMemoryMiB, double hostCpus) {
        var limits = new Resources(
                values.processors(cpus, LARGEST_HOST_CPUS), values.integer(memory, leastMemoryMiB, LARGEST_HOST_MIB));
        if (values.usable(cpus, HOST_CPUS) && limits.cpus() > hostCpus) {
            values.refuse(
                    cpus,
                    "at most freshtrack:hostCpus, " + values.text(HOST_CPUS)
                            + ": Docker refuses more than the host has",
                    values.text(HOST_CPUS));
        }
        return limits;
    }
}
