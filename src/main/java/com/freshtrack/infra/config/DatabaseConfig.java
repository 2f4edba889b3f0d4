package com.freshtrack.infra.config;

/**
 * What Postgres is told about its own size.
 *
 * @param maxConnections {@code max_connections}, the number that the pool policy counts with
 * @param sharedBuffersMiB {@code shared_buffers}, a quarter of the container's memory
 * @param volume the volume that holds the data, by its name within the stack
 */
public record DatabaseConfig(int maxConnections, int sharedBuffersMiB, String volume) {}
