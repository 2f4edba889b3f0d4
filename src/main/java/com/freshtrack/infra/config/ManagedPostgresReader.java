package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.APP_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_ADMIN_CIDRS;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_NODE_COUNT;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_SIZE;
import static com.freshtrack.infra.config.ConfigKey.MAX_CLIENT_CONN;
import static com.freshtrack.infra.config.ConfigKey.MAX_PREPARED_STATEMENTS;
import static com.freshtrack.infra.config.ConfigKey.MIGRATOR_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.MIN_POOL_SIZE;
import static com.freshtrack.infra.config.ConfigKey.POOL_MODE;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_VERSION;
import static com.freshtrack.infra.config.ConfigKey.RESERVE_POOL_SIZE;

import java.util.List;

/** Reads what a stack says of DigitalOcean Managed PostgreSQL, and refuses what such a database has no place for. */
final class ManagedPostgresReader {
    /** The word for {@code freshtrack:database}. */
    static final String MANAGED = "managed";

    private ManagedPostgresReader() {}

    static ManagedPostgresConfig read(ConfigValues values, Environment environment) {
        var config = new ManagedPostgresConfig(
                values.integer(POSTGRES_VERSION, RdsReader.OLDEST, RdsReader.NEWEST),
                size(values),
                values.optional(DATABASE_NODE_COUNT).isPresent()
                        ? values.integer(DATABASE_NODE_COUNT, 1, 2)
                        : environment == Environment.PROD ? 2 : 1,
                adminCidrs(values));
        if (values.usable(DATABASE_SIZE, DATABASE_NODE_COUNT)
                && config.nodeCount() > 1
                && !config.size().takesStandby()) {
            values.refuse(
                    DATABASE_SIZE,
                    "db-s-1vcpu-2gb or more, or freshtrack:databaseNodeCount 1: the smallest size takes no standby");
        }
        refuseForeign(values);
        return config;
    }

    private static ManagedPostgresSize size(ConfigValues values) {
        var size = ManagedPostgresSize.named(values.text(DATABASE_SIZE));
        if (size.isEmpty()) {
            values.refuse(DATABASE_SIZE, "a size whose connections are known: " + ManagedPostgresSize.sold());
        }
        return size.orElse(ManagedPostgresSize.smallest());
    }

    /** IPv4 alone: https://docs.digitalocean.com/products/databases/postgresql/details/limits/. */
    private static List<String> adminCidrs(ConfigValues values) {
        var networks = values.sortedList(DATABASE_ADMIN_CIDRS);
        if (!networks.stream().allMatch(IpNetworks::isIpv4)) {
            values.refuse(
                    DATABASE_ADMIN_CIDRS,
                    "empty, or IPv4 networks in CIDR notation, separated by commas, none wider than /8; DigitalOcean takes no IPv6 here",
                    "198.51.100.7/32");
        }
        return networks;
    }

    private static void refuseForeign(ConfigValues values) {
        if (!values.text(POOL_MODE).equals(POOL_MODE.defaultValue())) {
            values.refuse(
                    POOL_MODE,
                    "transaction: DigitalOcean's pool is one for all API instances, and a session would keep it");
        }
        for (var key : List.of(MIN_POOL_SIZE, RESERVE_POOL_SIZE, MAX_CLIENT_CONN, MAX_PREPARED_STATEMENTS)) {
            refuse(values, key, "nothing: DigitalOcean's pool has a size alone, freshtrack:defaultPoolSize");
        }
        for (var key : List.of(APP_DATABASE_PASSWORD, MIGRATOR_DATABASE_PASSWORD)) {
            refuse(values, key, "nothing: DigitalOcean makes the passwords of its database's users itself");
        }
    }

    /** The engine hands the defaults over like what was set. */
    static void refuse(ConfigValues values, ConfigKey key, String allowed) {
        if (values.usable(key)
                && values.optional(key)
                        .filter(text -> !text.equals(key.defaultValue()))
                        .isPresent()) {
            values.refuse(key, values.shown(key), allowed, values.remove(key.text()));
        }
    }
}
