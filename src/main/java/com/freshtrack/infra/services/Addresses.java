package com.freshtrack.infra.services;

import java.util.Optional;

/**
 * How services reach one another on a target.
 *
 * @param database host name of PostgreSQL
 * @param pooler host name under which an API instance reaches its own PgBouncer
 * @param redis host name of Redis
 * @param objectStorage host name of MinIO
 * @param databaseAuthorities the certificates that the database's own is held against, PEM; empty where it is reached without TLS
 */
public record Addresses(
        String database, String pooler, String redis, String objectStorage, Optional<FileSpec> databaseAuthorities) {
    private static final String AUTHORITIES = "/freshtrack/database-authorities.pem";

    /** On a Docker host a container's name is its host name; {@code unit} is the API unit that asks. */
    static Addresses onDocker(String unit) {
        return new Addresses("postgres", "pgbouncer-" + unit, "redis", "minio", Optional.empty());
    }

    /**
     * On ECS the containers of a task share one address, and services have names in the stack's private zone.
     *
     * @param database host name of the RDS instance
     * @param namespace the private zone's name
     * @param authorities the certificates of the region's RDS authorities, PEM
     */
    public static Addresses onEcs(String database, String namespace, String authorities) {
        return new Addresses(
                database,
                "localhost",
                "redis." + namespace,
                "minio." + namespace,
                Optional.of(FileSpec.text(AUTHORITIES, authorities)));
    }
}
