package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;

/**
 * Says what the product's roles may do on DigitalOcean Managed PostgreSQL, which makes them, and their passwords, itself: only those
 * that its API made can be bound to an app. It can run any number of times.
 */
public final class ManagedPostgresRoles {
    /** The role that DigitalOcean gives out; no superuser. */
    public static final String ADMIN_ROLE = "doadmin";

    private static final String STATEMENTS = """
            \\set VERBOSITY terse
            """
            + OwnedSchema.ADMINISTRATION
            + """
            ALTER ROLE ${app} CONNECTION LIMIT ${limit};
            """
            + OwnedSchema.OWNERSHIP;

    private ManagedPostgresRoles() {}

    /** The statements for psql, as {@link #ADMIN_ROLE} and in the product's database; there is no secret in them. */
    public static String statements(StackConfig config) {
        return OwnedSchema.filledIn(STATEMENTS, config, ADMIN_ROLE);
    }

    /** A task that says so, once for each change of it. */
    static ServiceSpec roles(StackConfig config, Addresses addresses) {
        return new DatabaseClient(addresses, ADMIN_ROLE, SecretNames.DATABASE_ADMIN)
                .psql(config, "roles", config.managedPostgres().orElseThrow().version(), statements(config));
    }
}
