package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.DROPLET_SIZE;
import static com.freshtrack.infra.config.ConfigKey.EC2_INSTANCE_TYPE;
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

    static HostSize of(DropletSize size) {
        return new HostSize(size.cpus(), DROPLET_SIZE, size.memoryMiB(), DROPLET_SIZE);
    }

    static HostSize of(InstanceSize size) {
        return new HostSize(size.cpus(), EC2_INSTANCE_TYPE, size.memoryMiB(), EC2_INSTANCE_TYPE);
    }

    /** A value of the memory's key that gives so many MiB. */
    String withMemory(int wantedMiB) {
        if (memoryKey == DROPLET_SIZE) {
            return DropletSize.withMemory(wantedMiB).slug();
        }
        return memoryKey == EC2_INSTANCE_TYPE
                ? InstanceSize.withMemory(wantedMiB).type()
                : String.valueOf(wantedMiB);
    }
}
