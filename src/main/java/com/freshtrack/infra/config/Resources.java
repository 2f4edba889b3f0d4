package com.freshtrack.infra.config;

/** The limits of one container: processors, as a decimal, and memory in MiB. */
public record Resources(double cpus, int memoryMiB) {}
