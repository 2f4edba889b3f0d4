package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the product's roles on RDS, where nobody is a superuser: what only one may say, such as NOSUPERUSER, is left out, as is
 * what holds for a new role anyway. It can run any number of times.
 */
final class RdsRoles {
    private static final String SQL = "/freshtrack/roles.sql";
    private static final String PASSWORDS = "/freshtrack/pgpass";

    /**
     * From PostgreSQL 16 on only who has the ADMIN option of a role may change it. Who makes a role there has it; of a database that
     * comes from an older version it must have been granted before (https://www.postgresql.org/docs/16/release-16.html).
     *
     * <p>As the owner's role, the owner's rights on the schema {@code public} come from owning the database. What the planner knows is
     * gathered anew, because an upgrade forgets it; the version is named, so that an upgrade is a change here.
     */
    private static final String STATEMENTS =
            """
            -- PostgreSQL ${version}
            \\set VERBOSITY terse
            SELECT 'CREATE ROLE ${migrator}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${migrator}') \\gexec
            SELECT 'CREATE ROLE ${app}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${app}') \\gexec
            ALTER ROLE ${migrator} WITH LOGIN NOCREATEDB NOCREATEROLE PASSWORD '${migratorPassword}';
            ALTER ROLE ${app} WITH LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT ${limit} PASSWORD '${appPassword}';
            SELECT current_setting('server_version_num')::int < 160000 AS grants_admin \\gset
            \\if :grants_admin
            GRANT ${migrator}, ${app} TO ${admin} WITH ADMIN OPTION;
            \\else
            GRANT ${migrator} TO ${admin};
            \\endif
            ALTER DATABASE ${database} OWNER TO ${migrator};
            SET ROLE ${migrator};
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
            GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${app};
            GRANT CONNECT ON DATABASE ${database} TO ${admin};
            GRANT USAGE ON SCHEMA public TO ${app};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${app};
            -- No warning of each table that is the system's.
            SET client_min_messages = error;
            ANALYZE;
            """;

    private RdsRoles() {}

    static ServiceSpec roles(StackConfig config, Addresses addresses, FileSpec authorities) {
        return new ServiceSpec(
                "roles",
                Lifecycle.ONE_OFF,
                config.images().pgbouncer(),
                new ProcessSpec(
                        List.of("psql"),
                        List.of("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", SQL),
                        "65534:65534",
                        new TreeMap<>(Map.of(
                                "PGDATABASE",
                                FreshTrackServices.DATABASE,
                                "PGHOST",
                                addresses.database(),
                                "PGPASSFILE",
                                PASSWORDS,
                                "PGSSLMODE",
                                "verify-full",
                                "PGSSLROOTCERT",
                                authorities.path(),
                                "PGUSER",
                                FreshTrackServices.ADMIN_ROLE)),
                        "SIGTERM",
                        10),
                List.of(
                        FileSpec.text(SQL, statements(config)),
                        FileSpec.text(
                                PASSWORDS,
                                "*:*:*:" + FreshTrackServices.ADMIN_ROLE + ":"
                                        + FileSpec.placeholder(SecretNames.DATABASE_ADMIN) + "\n"),
                        authorities),
                List.of(),
                List.of(Network.DATA),
                List.of(),
                Optional.empty(),
                new Resources(config.resources().pgbouncer().cpus(), 256),
                Isolation.NONE);
    }

    private static String statements(StackConfig config) {
        return STATEMENTS
                .replace("${migratorPassword}", FileSpec.placeholder(SecretNames.MIGRATOR_DATABASE))
                .replace("${appPassword}", FileSpec.placeholder(SecretNames.APP_DATABASE))
                .replace("${migrator}", FreshTrackServices.MIGRATOR_ROLE)
                .replace("${app}", FreshTrackServices.APP_ROLE)
                .replace("${admin}", FreshTrackServices.ADMIN_ROLE)
                .replace("${database}", FreshTrackServices.DATABASE)
                .replace(
                        "${version}",
                        String.valueOf(config.aws().orElseThrow().database().postgresVersion()))
                .replace("${limit}", String.valueOf(config.pools().applicationConnectionLimit()));
    }
}
