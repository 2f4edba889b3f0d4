package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a one-off task speaks to PostgreSQL of a database service, with PostgreSQL's own clients: past the pooler, over TLS with a server that is checked.
 *
 * @param role who it is there
 * @param secret the name of the role's password
 */
record DatabaseClient(Addresses addresses, String role, String secret) {
    private static final String PASSWORDS = "/freshtrack/pgpass";

    /** What the clients read (https://www.postgresql.org/docs/15/libpq-envars.html). */
    SortedMap<String, String> environment() {
        var environment = new TreeMap<>(Map.of(
                "PGDATABASE",
                FreshTrackServices.DATABASE,
                "PGHOST",
                addresses.database().host(),
                "PGPASSFILE",
                PASSWORDS,
                "PGSSLMODE",
                "verify-full",
                "PGSSLROOTCERT",
                authorities().path(),
                "PGUSER",
                role));
        if (addresses.database().port() != DataServices.POSTGRES_PORT) {
            environment.put("PGPORT", String.valueOf(addresses.database().port()));
        }
        return environment;
    }

    FileSpec passwords() {
        return FileSpec.text(PASSWORDS, "*:*:*:" + role + ":" + FileSpec.placeholder(secret) + "\n");
    }

    FileSpec authorities() {
        return addresses.databaseAuthorities().orElseThrow();
    }

    /**
     * A task that runs statements with psql, and fails with the first that does.
     *
     * @param version the server's major version, which it names, so that an upgrade changes it
     */
    ServiceSpec psql(StackConfig config, String name, int version, String statements) {
        var file = "/freshtrack/" + name + ".sql";
        var environment = environment();
        var files = new ArrayList<>(List.of(
                FileSpec.text(file, "-- PostgreSQL " + version + "\n" + statements), passwords(), authorities()));
        var entrypoint = List.of("psql");
        if (!addresses.database().secretFiles().isEmpty()) {
            entrypoint = List.of("/bin/sh", StartScript.PATH, "psql");
            files.addAll(addresses.database().secretFiles());
            files.add(StartScript.render(new TreeMap<>(Map.of("PGHOST", environment.remove("PGHOST")))));
        }
        return new ServiceSpec(
                name,
                Lifecycle.ONE_OFF,
                config.images().pgbouncer(),
                new ProcessSpec(
                        entrypoint,
                        List.of("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", file),
                        "65534:65534",
                        environment,
                        "SIGTERM",
                        10),
                List.copyOf(files),
                List.of(),
                DataServices.networksToDatabase(config),
                List.of(),
                Optional.empty(),
                new Resources(config.resources().pgbouncer().cpus(), 256),
                Isolation.NONE);
    }
}
