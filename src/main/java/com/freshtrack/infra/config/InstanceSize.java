package com.freshtrack.infra.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a type of EC2 instance gives, of those with 64-bit x86 processors, which the product's images are for; by rising price. Prices
 * are on demand, for Linux in us-east-1, as remembered from https://aws.amazon.com/ec2/pricing/on-demand/ and not confirmed since.
 *
 * @param type AWS's name for it
 * @param memoryMiB memory in MiB
 * @param hourlyUsd price of an hour, USD
 */
public record InstanceSize(String type, int cpus, int memoryMiB, double hourlyUsd) {
    private static final InstanceSize[] SOLD = {
        new InstanceSize("t3a.medium", 2, 4096, 0.0376),
        new InstanceSize("t3.medium", 2, 4096, 0.0416),
        new InstanceSize("t3a.large", 2, 8192, 0.0752),
        new InstanceSize("t3.large", 2, 8192, 0.0832),
        new InstanceSize("m6i.large", 2, 8192, 0.096),
        new InstanceSize("t3a.xlarge", 4, 16_384, 0.1504),
        new InstanceSize("t3.xlarge", 4, 16_384, 0.1664),
        new InstanceSize("m6i.xlarge", 4, 16_384, 0.192)
    };

    static InstanceSize smallest() {
        return SOLD[0];
    }

    static Optional<InstanceSize> named(String type) {
        return Arrays.stream(SOLD).filter(size -> size.type.equals(type)).findFirst();
    }

    /** The cheapest with so much memory; the largest where none has it. */
    static InstanceSize withMemory(int memoryMiB) {
        return Arrays.stream(SOLD)
                .filter(size -> size.memoryMiB >= memoryMiB)
                .findFirst()
                .orElse(SOLD[SOLD.length - 1]);
    }

    /** All of them with their prices, for a message. */
    static String sold() {
        return Arrays.stream(SOLD)
                .map(size -> size.type + " (" + size.hourlyUsd + " USD an hour)")
                .collect(Collectors.joining(", "));
    }
}
