package com.freshtrack.infra.services;

import java.util.List;
import java.util.Optional;

/**
 * How services reach one another on a target.
 *
 * @param database PostgreSQL itself
 * @param pooler what an API instance speaks to: its own PgBouncer, or the pool of a database service
 * @param redis host name of Redis
 * @param objectStorage host name of MinIO
 * @param databaseAuthorities the certificates that a server's own is held against, PEM; empty where none is reached over TLS
 */
public record Addresses(
        Server database, Server pooler, String redis, String objectStorage, Optional<FileSpec> databaseAuthorities) {
    private static final String AUTHORITIES = "/freshtrack/database-authorities.pem";

    /** https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/. */
    private static final int DIGITALOCEAN_PORT = 25_060;

    private static final int DIGITALOCEAN_POOL_PORT = 25_061;

    /**
     * What speaks PostgreSQL's protocol.
     *
     * @param database what its clients name as the database
     * @param tls whether it is reached over TLS
     */
    public record Server(String host, int port, String database, boolean tls) {
        /** What a service reads of it, where names are known as late as passwords and stand in the same files. */
        List<FileSpec> secretFiles() {
            return FileSpec.text("names", host + database).secrets().stream()
                    .map(FileSpec::secret)
                    .toList();
        }
    }

    /** On a Docker host a container's name is its host name; {@code unit} is the API unit that asks. */
    static Addresses onDocker(String unit) {
        return new Addresses(
                new Server("postgres", DataServices.POSTGRES_PORT, FreshTrackServices.DATABASE, false),
                pgbouncer("pgbouncer-" + unit),
                "redis",
                "minio",
                Optional.empty());
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
                new Server(database, DataServices.POSTGRES_PORT, FreshTrackServices.DATABASE, true),
                pgbouncer("localhost"),
                "redis." + namespace,
                "minio." + namespace,
                Optional.of(authorities(authorities)));
    }

    /**
     * With DigitalOcean Managed PostgreSQL, whose pool is named where else the database is.
     *
     * @param host host name of the cluster
     * @param poolHost host name of its pool
     * @param pool the pool's name
     * @param authorities the certificate of the cluster's authority, PEM; as the names, it may be a placeholder for a secret
     */
    public static Addresses onManagedPostgres(String host, String poolHost, String pool, String authorities) {
        return new Addresses(
                new Server(host, DIGITALOCEAN_PORT, FreshTrackServices.DATABASE, true),
                new Server(poolHost, DIGITALOCEAN_POOL_PORT, pool, true),
                "redis",
                "minio",
                Optional.of(authorities(authorities)));
    }

    /** What a URL of PostgreSQL says of TLS; nothing where the server is reached without. */
    String tlsParameters(Server server) {
        return server.tls()
                ? "?sslmode=verify-full&sslrootcert="
                        + databaseAuthorities.orElseThrow().path()
                : "";
    }

    private static Server pgbouncer(String host) {
        return new Server(host, ApiServices.POOLER_PORT, FreshTrackServices.DATABASE, false);
    }

    private static FileSpec authorities(String text) {
        return FileSpec.text(AUTHORITIES, text);
    }
}
