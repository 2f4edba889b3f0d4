package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;

/**
 * Makes the product's roles on RDS, where nobody is a superuser: what only one may say, such as NOSUPERUSER, is left out, as is
 * what holds for a new role anyway. It can run any number of times.
 */
final class RdsRoles {
    /**
     * From PostgreSQL 16 on only who has the ADMIN option of a role may change it. Who makes a role there has it; of a database that
     * comes from an older version it must have been granted before (https://www.postgresql.org/docs/16/release-16.html).
     *
     * <p>As the owner's role, the owner's rights on the schema {@code public} come from owning the database. What the planner knows is
     * gathered anew, because an upgrade forgets it.
     */
    private static final String STATEMENTS =
            """
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

    static ServiceSpec roles(StackConfig config, Addresses addresses) {
        return new RdsClient(addresses, FreshTrackServices.ADMIN_ROLE, SecretNames.DATABASE_ADMIN)
                .psql(config, "roles", statements(config));
    }

    private static String statements(StackConfig config) {
        return STATEMENTS
                .replace("${migratorPassword}", FileSpec.placeholder(SecretNames.MIGRATOR_DATABASE))
                .replace("${appPassword}", FileSpec.placeholder(SecretNames.APP_DATABASE))
                .replace("${migrator}", FreshTrackServices.MIGRATOR_ROLE)
                .replace("${app}", FreshTrackServices.APP_ROLE)
                .replace("${admin}", FreshTrackServices.ADMIN_ROLE)
                .replace("${database}", FreshTrackServices.DATABASE)
                .replace("${limit}", String.valueOf(config.pools().applicationConnectionLimit()));
    }
}
