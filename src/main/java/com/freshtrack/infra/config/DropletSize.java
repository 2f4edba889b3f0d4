package com.freshtrack.infra.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What DigitalOcean gives a Droplet, in sizes that it sells. Prices are those of a list of 2022
 * (https://gist.github.com/colinwilson/cd31bde0), not confirmed since.
 *
 * @param slug DigitalOcean's name for it
 * @param memoryMiB memory in MiB
 * @param monthlyUsd price of a month, USD
 */
public record DropletSize(String slug, int cpus, int memoryMiB, int monthlyUsd) {
    private static final DropletSize[] SOLD = {
        new DropletSize("s-2vcpu-4gb", 2, 4096, 24),
        new DropletSize("s-2vcpu-4gb-amd", 2, 4096, 28),
        new DropletSize("s-2vcpu-4gb-intel", 2, 4096, 28),
        new DropletSize("s-4vcpu-8gb", 4, 8192, 48),
        new DropletSize("s-4vcpu-8gb-amd", 4, 8192, 56),
        new DropletSize("s-4vcpu-8gb-intel", 4, 8192, 56),
        new DropletSize("s-8vcpu-16gb", 8, 16_384, 96)
    };

    static DropletSize smallest() {
        return SOLD[0];
    }

    static Optional<DropletSize> named(String slug) {
        return Arrays.stream(SOLD).filter(size -> size.slug.equals(slug)).findFirst();
    }

    /** The cheapest with so much memory; the largest where none has it. */
    static DropletSize withMemory(int memoryMiB) {
        return Arrays.stream(SOLD)
                .filter(size -> size.memoryMiB >= memoryMiB)
                .findFirst()
                .orElse(SOLD[SOLD.length - 1]);
    }

    /** All of them with their prices, for a message. */
    static String sold() {
        return Arrays.stream(SOLD)
                .map(size -> size.slug + " (" + size.monthlyUsd + " USD a month)")
                .collect(Collectors.joining(", "));
    }
}
