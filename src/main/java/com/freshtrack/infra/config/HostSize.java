package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.HOST_CPUS;
import static com.freshtrack.infra.config.ConfigKey.HOST_MEMORY_MIB;

/**
 * What the machine has that all containers share, and which keys say so.
 *
 * @param memoryMiB memory in MiB
 */
record HostSize(double cpus, ConfigKey cpusKey, int memoryMiB, ConfigKey memoryKey) {
    static final int LARGEST_CPUS = 256;
    static final int LARGEST_MIB = 1_048_576;

    /** A machine that is there, and that only its operator knows. */
    static HostSize given(ConfigValues values) {
        return new HostSize(
                values.processors(HOST_CPUS, LARGEST_CPUS),
                HOST_CPUS,
                values.integer(HOST_MEMORY_MIB, 1024, LARGEST_MIB),
                HOST_MEMORY_MIB);
    }

    /** A machine that a cloud sells. */
    static HostSize of(MachineSize size, MachineSizes sizes) {
        return new HostSize(size.cpus(), sizes.key(), size.memoryMiB(), sizes.key());
    }

    /** A value of the memory's key that gives so many MiB. */
    String withMemory(int wantedMiB) {
        return MachineSizes.of(memoryKey)
                .map(sizes -> sizes.withMemory(wantedMiB).name())
                .orElse(String.valueOf(wantedMiB));
    }
}
