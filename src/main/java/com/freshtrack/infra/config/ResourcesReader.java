package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_CPUS;
import static com.freshtrack.infra.config.ConfigKey.API_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_CPUS;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.CADDY_CPUS;
import static com.freshtrack.infra.config.ConfigKey.CADDY_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.GRAFANA_MEMORY_MIB;
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

import java.math.BigDecimal;
import java.util.Optional;

/** Reads the containers' limits and holds them against what the host has. */
final class ResourcesReader {
    private ResourcesReader() {}

    /**
     * Reads them.
     *
     * @param ownDatabase whether PostgreSQL and its poolers are containers
     */
    static ResourcesConfig read(
            ConfigValues values,
            HostSize host,
            StorageConfig storage,
            boolean ownDatabase,
            boolean backedUp,
            boolean monitored) {
        var resources = new ResourcesConfig(
                limits(values, API_CPUS, API_MEMORY_MIB, 64, host),
                ownDatabase
                        ? limits(values, PGBOUNCER_CPUS, PGBOUNCER_MEMORY_MIB, 32, host)
                        : new Resources(values.processors(PGBOUNCER_CPUS, HostSize.LARGEST_CPUS), 0),
                ownDatabase ? limits(values, POSTGRES_CPUS, POSTGRES_MEMORY_MIB, 256, host) : ResourcesConfig.NONE,
                limits(values, REDIS_CPUS, REDIS_MEMORY_MIB, 32, host),
                storage.external().isPresent()
                        ? Optional.empty()
                        : Optional.of(limits(values, MINIO_CPUS, MINIO_MEMORY_MIB, 128, host)),
                limits(values, CADDY_CPUS, CADDY_MEMORY_MIB, 64, host),
                backedUp ? Optional.of(limits(values, BACKUP_CPUS, BACKUP_MEMORY_MIB, 128, host)) : Optional.empty(),
                monitored ? Optional.of(monitoring(values, host)) : Optional.empty(),
                host.cpus(),
                host.memoryMiB());
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
                        host.memoryKey())
                && resources.peakMemoryMiB() > resources.hostMemoryMiB()) {
            values.refuse(
                    host.memoryKey(),
                    "at least what the containers may use at once, a deploy included: " + resources.peakMemoryTerms()
                            + "; a larger host, or smaller …MemoryMiB"
                            + (monitored ? ", or freshtrack:observability false" : ""),
                    host.withMemory(resources.peakMemoryMiB()));
        }
        return resources;
    }

    /** What has no key needs little, and the same on every host. */
    private static ResourcesConfig.Monitoring monitoring(ConfigValues values, HostSize host) {
        double one = Math.min(1, host.cpus());
        double half = Math.min(0.5, host.cpus());
        return new ResourcesConfig.Monitoring(
                new Resources(one, values.integer(PROMETHEUS_MEMORY_MIB, 128, HostSize.LARGEST_MIB)),
                new Resources(one, values.integer(GRAFANA_MEMORY_MIB, 256, HostSize.LARGEST_MIB)),
                new Resources(one, values.integer(LOKI_MEMORY_MIB, 128, HostSize.LARGEST_MIB)),
                new Resources(half, 384),
                new Resources(half, 64));
    }

    private static Resources limits(
            ConfigValues values, ConfigKey cpus, ConfigKey memory, int leastMemoryMiB, HostSize host) {
        var limits = new Resources(
                values.processors(cpus, HostSize.LARGEST_CPUS),
                values.integer(memory, leastMemoryMiB, HostSize.LARGEST_MIB));
        if (values.usable(cpus, host.cpusKey()) && limits.cpus() > host.cpus()) {
            values.refuse(
                    cpus,
                    "at most the %s processors of freshtrack:%s: Docker refuses more than the host has"
                            .formatted(decimal(host.cpus()), host.cpusKey().text()),
                    decimal(host.cpus()));
        }
        return limits;
    }

    private static String decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
