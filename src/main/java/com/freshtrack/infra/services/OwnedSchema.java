package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;

/** The SQL by which a role that is no superuser gives the database to the migrations' role, and its use to the application's. */
final class OwnedSchema {
    /**
     * From PostgreSQL 16 on only who has the ADMIN option of a role may change it. Who makes a role there has it; of a database that
     * comes from an older version it must have been granted before (https://www.postgresql.org/docs/16/release-16.html).
     */
    static final String ADMINISTRATION =
            """
            SELECT current_setting('server_version_num')::int < 160000 AS grants_admin \\gset
            \\if :grants_admin
            GRANT ${migrator}, ${app} TO ${admin} WITH ADMIN OPTION;
            \\else
            GRANT ${migrator} TO ${admin};
            \\endif
            """;

    /**
     * As the owner's role: its rights on the schema {@code public} come from owning the database. What the planner knows is gathered
     * anew, because an upgrade forgets it.
     */
    static final String OWNERSHIP =
            """
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

    private OwnedSchema() {}

    /** The statements with names and limit in place; {@code admin} is the role that runs them. */
    static String filledIn(String statements, StackConfig config, String admin) {
        return statements
                .replace("${migrator}", FreshTrackServices.MIGRATOR_ROLE)
                .replace("${app}", FreshTrackServices.APP_ROLE)
                .replace("${admin}", admin)
                .replace("${database}", FreshTrackServices.DATABASE)
                .replace("${limit}", String.valueOf(config.pools().applicationConnectionLimit()));
    }
}
