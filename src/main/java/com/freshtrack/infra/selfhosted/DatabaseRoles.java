package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.pooling.PoolPlan;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.SecretNames;

/** The SQL that makes the database's roles; it can run any number of times. */
final class DatabaseRoles {
    /**
     * Without BYPASSRLS a table with row-level security would fail every backup; the role reads everything anyway. Two
     * connections are in use at once; a third is one that is still closing.
     */
    private static final String BACKUP =
            """
            SELECT 'CREATE ROLE ${backup}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${backup}') \\gexec
            ALTER ROLE ${backup} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS
              CONNECTION LIMIT 3 PASSWORD '${backupPassword}';
            GRANT pg_read_all_data TO ${backup};
            GRANT CONNECT ON DATABASE ${database} TO ${backup};
            """;

    /** Its password has left the state, so it must not let anybody in any more. */
    private static final String NO_BACKUP =
            """
            SELECT 'ALTER ROLE ${backup} NOLOGIN' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = '${backup}') \\gexec
            """;

    /** postgres_exporter was seen with two connections at once; a third lets it reconnect. All are within the plan's reserve. */
    private static final String MONITOR =
            """
            SELECT 'CREATE ROLE ${monitor}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${monitor}') \\gexec
            ALTER ROLE ${monitor} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
              CONNECTION LIMIT 3 PASSWORD '${monitorPassword}';
            GRANT pg_monitor TO ${monitor};
            GRANT CONNECT ON DATABASE ${database} TO ${monitor};
            """;

    /** Its password has left the state, so it must not let anybody in any more. */
    private static final String NO_MONITOR =
            """
            SELECT 'ALTER ROLE ${monitor} NOLOGIN' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = '${monitor}') \\gexec
            """;

    private DatabaseRoles() {}

    /**
     * The statements for psql, with placeholders for the passwords.
     *
     * <p>Statement logging is off for this session and psql's messages are terse, so that no password reaches a log or an
     * error.
     */
    static FileSpec sql(PoolPlan plan, boolean backedUp, boolean monitored) {
        var text =
                ("""
                \\set VERBOSITY terse
                SET log_statement = 'none';
                SET log_min_duration_statement = -1;
                SET log_min_error_statement = 'panic';
                ALTER ROLE postgres PASSWORD '${superuserPassword}';
                SELECT 'CREATE ROLE ${migrator}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${migrator}') \\gexec
                SELECT 'CREATE ROLE ${app}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${app}') \\gexec
                ALTER ROLE ${migrator} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
                  PASSWORD '${migratorPassword}';
                ALTER ROLE ${app} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
                  CONNECTION LIMIT ${limit} PASSWORD '${appPassword}';
                ALTER DATABASE ${database} OWNER TO ${migrator};
                ALTER SCHEMA public OWNER TO ${migrator};
                REVOKE CREATE ON SCHEMA public FROM PUBLIC;
                REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
                GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${app};
                GRANT USAGE ON SCHEMA public TO ${app};
                ALTER DEFAULT PRIVILEGES FOR ROLE ${migrator} IN SCHEMA public
                  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
                ALTER DEFAULT PRIVILEGES FOR ROLE ${migrator} IN SCHEMA public
                  GRANT USAGE, SELECT ON SEQUENCES TO ${app};
                """
                                + (backedUp ? BACKUP : NO_BACKUP)
                                + (monitored ? MONITOR : NO_MONITOR))
                        .replace("${superuserPassword}", FileSpec.placeholder(SecretNames.POSTGRES))
                        .replace("${migratorPassword}", FileSpec.placeholder(SecretNames.MIGRATOR_DATABASE))
                        .replace("${appPassword}", FileSpec.placeholder(SecretNames.APP_DATABASE))
                        .replace("${monitorPassword}", FileSpec.placeholder(SecretNames.MONITOR_DATABASE))
                        .replace("${backupPassword}", FileSpec.placeholder(SecretNames.BACKUP_DATABASE))
                        .replace("${monitor}", FreshTrackServices.MONITOR_ROLE)
                        .replace("${backup}", FreshTrackServices.BACKUP_ROLE)
                        .replace("${migrator}", FreshTrackServices.MIGRATOR_ROLE)
                        .replace("${app}", FreshTrackServices.APP_ROLE)
                        .replace("${database}", FreshTrackServices.DATABASE)
                        .replace("${limit}", String.valueOf(plan.applicationConnectionLimit()));
        return FileSpec.text("roles.sql", text);
    }
}
