package com.freshtrack.infra.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What DigitalOcean gives a node of Managed PostgreSQL, in sizes that it sells. The prices of the first two are from
 * https://docs.digitalocean.com/products/databases/postgresql/details/pricing/ (June 2025), those of the others were read
 * second hand and not confirmed.
 *
 * @param slug DigitalOcean's name for it
 * @param memoryGiB memory in GiB, by which it has its connections
 * @param monthlyUsd price of one node for a month, USD
 */
public record ManagedPostgresSize(String slug, int memoryGiB, int monthlyUsd) {
    private static final ManagedPostgresSize[] SOLD = {
        new ManagedPostgresSize("db-s-1vcpu-1gb", 1, 15),
        new ManagedPostgresSize("db-s-1vcpu-2gb", 2, 30),
        new ManagedPostgresSize("db-s-2vcpu-4gb", 4, 60),
        new ManagedPostgresSize("db-s-4vcpu-8gb", 8, 120),
        new ManagedPostgresSize("db-s-6vcpu-16gb", 16, 240),
        new ManagedPostgresSize("db-s-8vcpu-32gb", 32, 480)
    };

    static ManagedPostgresSize smallest() {
        return SOLD[0];
    }

    static Optional<ManagedPostgresSize> named(String slug) {
        return Arrays.stream(SOLD).filter(size -> size.slug.equals(slug)).findFirst();
    }

    /** All of them with their prices, for a message. */
    static String sold() {
        return Arrays.stream(SOLD)
                .map(size -> size.slug + " (" + size.monthlyUsd + " USD a month and node)")
                .collect(Collectors.joining(", "));
    }

    /** Whether a cluster of it can have a standby: https://docs.digitalocean.com/products/databases/. */
    boolean takesStandby() {
        return !equals(smallest());
    }
}
