package com.freshtrack.infra.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What App Platform gives an instance, in sizes that it sells:
 * https://docs.digitalocean.com/products/app-platform/details/pricing/, as it was in 2025.
 *
 * @param slug DigitalOcean's name for it
 * @param cpus processors, shared with others where it isn't {@code dedicated}
 * @param memoryMiB memory in MiB
 * @param monthlyUsd price of one instance for a month, USD
 * @param scales whether a service of it may have more than one instance
 * @param dedicated whether its processors are its own; only then can it autoscale
 */
public record AppInstanceSize(String slug, int cpus, int memoryMiB, int monthlyUsd, boolean scales, boolean dedicated) {
    private static final AppInstanceSize[] SOLD = {
        new AppInstanceSize("apps-s-1vcpu-0.5gb", 1, 512, 5, false, false),
        new AppInstanceSize("apps-s-1vcpu-1gb-fixed", 1, 1024, 10, false, false),
        new AppInstanceSize("apps-s-1vcpu-1gb", 1, 1024, 12, true, false),
        new AppInstanceSize("apps-s-1vcpu-2gb", 1, 2048, 25, true, false),
        new AppInstanceSize("apps-s-2vcpu-4gb", 2, 4096, 50, true, false),
        new AppInstanceSize("apps-d-1vcpu-0.5gb", 1, 512, 29, true, true),
        new AppInstanceSize("apps-d-1vcpu-1gb", 1, 1024, 34, true, true),
        new AppInstanceSize("apps-d-1vcpu-2gb", 1, 2048, 39, true, true),
        new AppInstanceSize("apps-d-1vcpu-4gb", 1, 4096, 49, true, true),
        new AppInstanceSize("apps-d-2vcpu-4gb", 2, 4096, 78, true, true),
        new AppInstanceSize("apps-d-2vcpu-8gb", 2, 8192, 98, true, true)
    };

    /** What is enough for a job that waits for others. */
    static AppInstanceSize smallest() {
        return SOLD[0];
    }

    static Optional<AppInstanceSize> named(String slug) {
        return Arrays.stream(SOLD).filter(size -> size.slug.equals(slug)).findFirst();
    }

    /** All of them with their prices, for a message. */
    static String sold() {
        return Arrays.stream(SOLD)
                .map(size -> size.slug + " (" + size.monthlyUsd + " USD a month)")
                .collect(Collectors.joining(", "));
    }

    Resources resources() {
        return new Resources(cpus, memoryMiB);
    }
}
