package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;

/**
 * Makes the product's roles on RDS, where nobody is a superuser: what only one may say, such as NOSUPERUSER, is left out, as is
 * what holds for a new role anyway. It can run any number of times.
 */
final class RdsRoles {
    private static final String STATEMENTS =
            """
            \\set VERBOSITY terse
            SELECT 'CREATE ROLE ${migrator}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${migrator}') \\gexec
            SELECT 'CREATE ROLE ${app}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${app}') \\gexec
            ALTER ROLE ${migrator} WITH LOGIN NOCREATEDB NOCREATEROLE PASSWORD '${migratorPassword}';
            ALTER ROLE ${app} WITH LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT ${limit} PASSWORD '${appPassword}';
            """
                    + OwnedSchema.ADMINISTRATION
                    + OwnedSchema.OWNERSHIP;

    private RdsRoles() {}

    static ServiceSpec roles(StackConfig config, Addresses addresses) {
        return new DatabaseClient(addresses, FreshTrackServices.ADMIN_ROLE, SecretNames.DATABASE_ADMIN)
                .psql(config, "roles", config.aws().orElseThrow().database().postgresVersion(), statements(config));
    }

    private static String statements(StackConfig config) {
        return OwnedSchema.filledIn(STATEMENTS, config, FreshTrackServices.ADMIN_ROLE)
                .replace("${migratorPassword}", FileSpec.placeholder(SecretNames.MIGRATOR_DATABASE))
                .replace("${appPassword}", FileSpec.placeholder(SecretNames.APP_DATABASE));
    }
}
