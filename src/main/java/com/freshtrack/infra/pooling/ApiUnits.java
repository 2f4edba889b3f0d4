package com.freshtrack.infra.pooling;

/**
 * The clients of the database at the worst moment.
 *
 * @param atPeak the most API units, each with a PgBouncer of its own, or else pools, that can be alive at once
 * @param connectionsPerInstance the most connections that one API instance opens to its PgBouncer, or to the pool
 * @param exporterConnections connections that monitoring holds to each PgBouncer
 */
public record ApiUnits(int atPeak, int connectionsPerInstance, int exporterConnections) {
    private static final int EXPORTER = 2;

    public ApiUnits {
        if (atPeak < 1 || connectionsPerInstance < 1 || exporterConnections < 0) {
            throw new IllegalArgumentException(
                    "atPeak %d and connectionsPerInstance %d must be at least 1, exporterConnections %d at least 0"
                            .formatted(atPeak, connectionsPerInstance, exporterConnections));
        }
    }

    /** The two permanent units of a Docker host: a unit is taken away before it is made again, so there are never three. */
    public static ApiUnits dockerHost(int connectionsPerInstance) {
        return new ApiUnits(2, connectionsPerInstance, EXPORTER);
    }

    /**
     * The units of a service that rolls: its largest number of instances times the surge of a deploy, and one for the
     * instances that are stopping and no longer counted.
     *
     * @param maximumPercent of the instances that may run during a deploy, at least 100
     */
    public static ApiUnits rollingService(int maximumInstances, int maximumPercent, int connectionsPerInstance) {
        if (maximumInstances < 1 || maximumPercent < 100) {
            throw new IllegalArgumentException("maximumInstances %d must be at least 1, maximumPercent %d at least 100"
                    .formatted(maximumInstances, maximumPercent));
        }
        var surged = Math.toIntExact((long) maximumInstances * maximumPercent / 100);
        return new ApiUnits(Math.addExact(surged, 1), connectionsPerInstance, EXPORTER);
    }

    /**
     * A database platform's own pool in place of PgBouncer: an edit makes the new pool before the old one is gone, so two
     * count. Such a pool has no reserve: ask for a {@code reservePoolSize} of 0.
     */
    public static ApiUnits managedPool(int connectionsPerInstance) {
        return new ApiUnits(2, connectionsPerInstance, 0);
    }
}
