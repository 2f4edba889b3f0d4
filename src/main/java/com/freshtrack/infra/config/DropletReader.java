package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.ALERT_SMTP_HOST;
import static com.freshtrack.infra.config.ConfigKey.BACKUP_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.DATABASE;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_ADMIN_CIDRS;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_NODE_COUNT;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_SIZE;
import static com.freshtrack.infra.config.ConfigKey.DATA_VOLUME_GIB;
import static com.freshtrack.infra.config.ConfigKey.DO_REGION;
import static com.freshtrack.infra.config.ConfigKey.DROPLET_BACKUPS;
import static com.freshtrack.infra.config.ConfigKey.DROPLET_SIZE;
import static com.freshtrack.infra.config.ConfigKey.MAX_CONNECTIONS;
import static com.freshtrack.infra.config.ConfigKey.MONITOR_DATABASE_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_CPUS;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_PASSWORD;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_VERSION;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_VOLUME;
import static com.freshtrack.infra.config.ConfigKey.SSH_KEYS;

import com.freshtrack.infra.config.DigitalOceanConfig.Backups;
import com.freshtrack.infra.config.DigitalOceanConfig.Droplet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a stack on a Droplet of DigitalOcean says beyond one on any Docker host. */
final class DropletReader {
    private static final Pattern REGION = Pattern.compile("[a-z]{3}[1-9]");
    private static final Pattern SSH_KEY = Pattern.compile("[1-9][0-9]{0,9}|[0-9a-f]{2}(?::[0-9a-f]{2}){15}");

    /** What no Droplet reaches: https://docs.digitalocean.com/support/why-is-smtp-blocked/. */
    private static final Pattern CLOSED_SMTP = Pattern.compile("(.*):(?:25|465|587)");

    private static final String CONTAINER = "container";
    private static final List<ConfigKey> OF_CONTAINER = List.of(
            BACKUP_DATABASE_PASSWORD,
            MAX_CONNECTIONS,
            MONITOR_DATABASE_PASSWORD,
            PGBOUNCER_MEMORY_MIB,
            POSTGRES_CPUS,
            POSTGRES_IMAGE,
            POSTGRES_MEMORY_MIB,
            POSTGRES_PASSWORD,
            POSTGRES_VOLUME);
    private static final List<ConfigKey> OF_MANAGED =
            List.of(DATABASE_ADMIN_CIDRS, DATABASE_NODE_COUNT, DATABASE_SIZE, POSTGRES_VERSION);

    /** What a volume of DigitalOcean may have: https://docs.digitalocean.com/products/volumes/details/limits/. */
    private static final int LARGEST_VOLUME_GIB = 16_384;

    private static final int SMALLEST_VOLUME_GIB = 10;

    private DropletReader() {}

    static DigitalOceanConfig read(ConfigValues values, Environment environment, SiteConfig site) {
        ImagesReader.refuseLocalApi(values, "a Droplet");
        ImagesReader.refuseLoginOfThisMachine(values, "a Droplet");
        refuseClosedPort(values);
        return new DigitalOceanConfig(
                values.matching(
                        DO_REGION, REGION, "a region's name, such as nyc3, fra1 or sgp1", DO_REGION.defaultValue()),
                new Droplet(
                        size(values),
                        AccessReader.networks(values),
                        sshKeys(values),
                        values.integer(DATA_VOLUME_GIB, SMALLEST_VOLUME_GIB, LARGEST_VOLUME_GIB),
                        values.choice(DROPLET_BACKUPS, Backups.values(), Backups::text, Backups.NONE),
                        AccessReader.keys(values)),
                SiteReader.dnsZone(values, site),
                SiteReader.alarmEmail(values, environment));
    }

    private static void refuseClosedPort(ConfigValues values) {
        values.optional(ALERT_SMTP_HOST)
                .filter(host -> CLOSED_SMTP.matcher(host).matches())
                .ifPresent(host -> values.refuse(
                        ALERT_SMTP_HOST,
                        "a mail server's host:port with another port than 25, 465 and 587, which DigitalOcean closes on Droplets; many take 2525",
                        CLOSED_SMTP.matcher(host).replaceFirst("$1:2525")));
    }

    /** What DigitalOcean is asked for where it runs the database; what only the other place takes is refused. */
    static Optional<ManagedPostgresConfig> database(ConfigValues values, Environment environment) {
        var kind = values.optional(DATABASE).orElse(CONTAINER);
        if (kind.equals(ManagedPostgresReader.MANAGED)) {
            OF_CONTAINER.forEach(key -> ManagedPostgresReader.refuse(
                    values, key, "nothing: freshtrack:database is managed, so no container of ours has it"));
            return Optional.of(ManagedPostgresReader.read(values, environment));
        }
        if (!kind.equals(CONTAINER)) {
            values.refuse(DATABASE, "container or managed", CONTAINER);
        }
        OF_MANAGED.forEach(
                key -> ManagedPostgresReader.refuse(values, key, "nothing, unless freshtrack:database is managed"));
        return Optional.empty();
    }

    private static MachineSize size(ConfigValues values) {
        var size = MachineSizes.DROPLETS.named(values.text(DROPLET_SIZE));
        if (size.isEmpty()) {
            values.refuse(
                    DROPLET_SIZE,
                    "a size with 2 processors and 4 GB at least, which the product needs, and with known figures: "
                            + MachineSizes.DROPLETS.text(),
                    "s-4vcpu-8gb");
        }
        return size.orElse(MachineSizes.DROPLETS.smallest());
    }

    private static List<String> sshKeys(ConfigValues values) {
        var keys = values.sortedList(SSH_KEYS);
        if (!keys.stream().allMatch(key -> SSH_KEY.matcher(key).matches())) {
            values.refuse(
                    SSH_KEYS,
                    "empty, or IDs (numbers) or MD5 fingerprints (16 pairs of hex digits) of the account's SSH keys, separated by commas");
        }
        return keys;
    }
}
