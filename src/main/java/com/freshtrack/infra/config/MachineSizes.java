package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.DROPLET_SIZE;
import static com.freshtrack.infra.config.ConfigKey.EC2_INSTANCE_TYPE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sizes of machine that a cloud sells and that the product fits on, by rising memory.
 *
 * @param key the key that names one of them
 * @param unit what its prices are in
 */
record MachineSizes(ConfigKey key, String unit, List<MachineSize> sold) {
    /** Prices are those of a list of 2022 (https://gist.github.com/colinwilson/cd31bde0), not confirmed since. */
    static final MachineSizes DROPLETS = new MachineSizes(
            DROPLET_SIZE,
            "USD a month",
            List.of(
                    new MachineSize("s-2vcpu-4gb", 2, 4096, "24"),
                    new MachineSize("s-2vcpu-4gb-amd", 2, 4096, "28"),
                    new MachineSize("s-2vcpu-4gb-intel", 2, 4096, "28"),
                    new MachineSize("s-4vcpu-8gb", 4, 8192, "48"),
                    new MachineSize("s-4vcpu-8gb-amd", 4, 8192, "56"),
                    new MachineSize("s-4vcpu-8gb-intel", 4, 8192, "56"),
                    new MachineSize("s-8vcpu-16gb", 8, 16_384, "96")));

    /**
     * Those with 64-bit x86 processors, which the product's images are for. Prices are on demand, for Linux in us-east-1, as
     * remembered from https://aws.amazon.com/ec2/pricing/on-demand/ and not confirmed since.
     */
    static final MachineSizes INSTANCES = new MachineSizes(
            EC2_INSTANCE_TYPE,
            "USD an hour",
            List.of(
                    new MachineSize("t3a.medium", 2, 4096, "0.0376"),
                    new MachineSize("t3.medium", 2, 4096, "0.0416"),
                    new MachineSize("t3a.large", 2, 8192, "0.0752"),
                    new MachineSize("t3.large", 2, 8192, "0.0832"),
                    new MachineSize("m6i.large", 2, 8192, "0.096"),
                    new MachineSize("t3a.xlarge", 4, 16_384, "0.1504"),
                    new MachineSize("t3.xlarge", 4, 16_384, "0.1664"),
                    new MachineSize("m6i.xlarge", 4, 16_384, "0.192")));

    /** Those that a key names; empty where it names none. */
    static Optional<MachineSizes> of(ConfigKey key) {
        return Stream.of(DROPLETS, INSTANCES).filter(sizes -> sizes.key == key).findFirst();
    }

    MachineSize smallest() {
        return sold.get(0);
    }

    Optional<MachineSize> named(String name) {
        return sold.stream().filter(size -> size.name().equals(name)).findFirst();
    }

    /** The cheapest with so much memory; the largest where none has it. */
    MachineSize withMemory(int memoryMiB) {
        return sold.stream()
                .filter(size -> size.memoryMiB() >= memoryMiB)
                .findFirst()
                .orElse(sold.get(sold.size() - 1));
    }

    /** All of them with their prices, for a message. */
    String text() {
        return sold.stream()
                .map(size -> size.name() + " (" + size.price() + " " + unit + ")")
                .collect(Collectors.joining(", "));
    }
}
