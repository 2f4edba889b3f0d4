package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;

/** Asks the server itself for the {@code max_connections} that the pool plan counts on, and fails where it has another. */
final class RdsConnections {
    /** A changed parameter of RDS that is static waits for a reboot, and so does what SHOW says. */
    private static final String STATEMENTS =
            """
            \\set VERBOSITY terse
            DO $$
            BEGIN
              IF current_setting('max_connections')::int <> ${planned} THEN
                RAISE 'max_connections is %, and the pool plan counts on ${planned}: a reboot of the instance is pending: aws rds reboot-db-instance --db-instance-identifier ${instance}',
                  current_setting('max_connections');
              END IF;
            END
            $$;
            """;

    private RdsConnections() {}

    static ServiceSpec check(StackConfig config, Addresses addresses) {
        return new DatabaseClient(addresses, FreshTrackServices.MIGRATOR_ROLE, SecretNames.MIGRATOR_DATABASE)
                .psql(
                        config,
                        "connections",
                        config.aws().orElseThrow().database().postgresVersion(),
                        STATEMENTS
                                .replace(
                                        "${planned}",
                                        String.valueOf(config.pools().maxConnections()))
                                // The first label of an instance's address is its name.
                                .replace(
                                        "${instance}",
                                        addresses.database().host().replaceFirst("\\..*", "")));
    }
}
