package com.freshtrack.infra.config;

/**
 * A size of machine that a cloud sells.
 *
 * @param name the cloud's name for it
 * @param memoryMiB memory in MiB
 * @param price in the unit of its {@link MachineSizes}
 */
public record MachineSize(String name, int cpus, int memoryMiB, String price) {}
