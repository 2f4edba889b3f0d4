package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;

/** The SQL that makes the database's roles; it can run any number of times. */
public final class DatabaseRoles {
    /**
     * A role beside the product's own. Two of its connections were seen in use at once; a third is one that is still closing.
     * All are within the plan's reserve.
     */
    private static final String LIMITED_LOGIN =
            """
            SELECT 'CREATE ROLE ${role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') \\gexec
            ALTER ROLE ${role} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION ${rowSecurity}
              CONNECTION LIMIT 3 PASSWORD '${password}';
            GRANT ${right} TO ${role};
            GRANT CONNECT ON DATABASE ${database} TO ${role};
            """;

    /** Its password has left the state, so it must not let anybody in any more. */
    private static final String NO_LOGIN =
            """
            SELECT 'ALTER ROLE ${role} NOLOGIN' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') \\gexec
            """;

    private DatabaseRoles() {}

    /**
     * The statements for psql, with placeholders for the passwords.
     *
     * <p>Statement logging is off for this session and psql's messages are terse, so that no password reaches a log or an
     * error.
     */
    public static FileSpec sql(StackConfig config) {
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
                                + backup(config.backup().isPresent())
                                + monitor(config.observability().isPresent()))
                        .replace("${superuserPassword}", FileSpec.placeholder(SecretNames.POSTGRES))
                        .replace("${migratorPassword}", FileSpec.placeholder(SecretNames.MIGRATOR_DATABASE))
                        .replace("${appPassword}", FileSpec.placeholder(SecretNames.APP_DATABASE))
                        .replace("${migrator}", FreshTrackServices.MIGRATOR_ROLE)
                        .replace("${app}", FreshTrackServices.APP_ROLE)
                        .replace("${database}", FreshTrackServices.DATABASE)
                        .replace("${limit}", String.valueOf(config.pools().applicationConnectionLimit()));
        return FileSpec.text("roles.sql", text);
    }

    /** Without BYPASSRLS a table with row-level security would fail every backup; the role reads everything anyway. */
    private static String backup(boolean wanted) {
        return limitedLogin(
                wanted, FreshTrackServices.BACKUP_ROLE, SecretNames.BACKUP_DATABASE, "BYPASSRLS", "pg_read_all_data");
    }

    private static String monitor(boolean wanted) {
        return limitedLogin(
                wanted, FreshTrackServices.MONITOR_ROLE, SecretNames.MONITOR_DATABASE, "NOBYPASSRLS", "pg_monitor");
    }

    private static String limitedLogin(boolean wanted, String role, String password, String rowSecurity, String right) {
        return (wanted ? LIMITED_LOGIN : NO_LOGIN)
                .replace("${role}", role)
                .replace("${password}", FileSpec.placeholder(password))
                .replace("${rowSecurity}", rowSecurity)
                .replace("${right}", right);
    }
}
