package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.freshtrack.dev.plugins.simulated.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sizes of Droplets in {@code digitalocean/droplet-sizes.txt}; others exist, and nothing is known of them. */
record DropletSizes(Map<String, Size> bySlug) {

    /**
     * One size.
     *
     * @param memoryMiB memory in MiB
     * @param diskGb disk in GB
     * @param monthly USD a month
     */
    record Size(String slug, int cpus, int memoryMiB, int diskGb, int monthly) {}

    static DropletSizes load() {
        return new DropletSizes(Table.rows("digitalocean/droplet-sizes.txt", 5).stream()
                .map(DropletSizes::size)
                .collect(Collectors.toMap(Size::slug, Function.identity())));
    }

    private static Size size(List<String> row) {
        return new Size(
                row.get(0),
                Integer.parseInt(row.get(1)),
                Integer.parseInt(row.get(2)),
                Integer.parseInt(row.get(3)),
                Integer.parseInt(row.get(4)));
    }

    Optional<Size> of(Object slug) {
        return Optional.ofNullable(bySlug.get(String.valueOf(slug)));
    }
}
