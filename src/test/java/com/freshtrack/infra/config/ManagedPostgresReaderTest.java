package com.freshtrack.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ManagedPostgresReaderTest {

    @Test
    void readsTypedRecords() {
        assertThat(ManagedPostgresReader.read(
                        values(
                                ConfigKey.DATABASE_SIZE,
                                "db-s-2vcpu-4gb",
                                ConfigKey.DATABASE_ADMIN_CIDRS,
                                "203.0.113.0/24, 10.0.0.0/8"),
                        Environment.PROD))
                .isEqualTo(new ManagedPostgresConfig(
                        15,
                        new ManagedPostgresSize("db-s-2vcpu-4gb", 4, 60),
                        2,
                        List.of("10.0.0.0/8", "203.0.113.0/24")));
    }

    @ParameterizedTest
    @CsvSource({"PROD, , 2", "DEV, , 1", "PROD, 1, 1", "DEV, 2, 2"})
    void aStandbyIsThereInProdOrWhereItWasAskedFor(Environment environment, String given, int nodes) {
        assertThat(ManagedPostgresReader.read(
                                values(ConfigKey.DATABASE_NODE_COUNT, given == null ? "" : given), environment)
                        .nodeCount())
                .isEqualTo(nodes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_SIZE | db-s-1vcpu-1gb | takes no standby",
                "DATABASE_SIZE | large | db-s-8vcpu-32gb (480 USD a month and node)",
                "DATABASE_NODE_COUNT | 3 | from 1 to 2",
                "DATABASE_ADMIN_CIDRS | 0.0.0.0/0 | none wider than /8",
                "DATABASE_ADMIN_CIDRS | 2001:db8::/32 | takes no IPv6",
                "POSTGRES_VERSION | 14 | from 15 to 17",
                "POOL_MODE | session | one for all API instances",
                "MIN_POOL_SIZE | 5 | has a size alone",
                "RESERVE_POOL_SIZE | 5 | has a size alone",
                "MAX_CLIENT_CONN | 500 | has a size alone",
                "MAX_PREPARED_STATEMENTS | 0 | has a size alone",
                "APP_DATABASE_PASSWORD | hunter2-hunter2-hunter2 | makes the passwords",
                "MIGRATOR_DATABASE_PASSWORD | hunter2-hunter2-hunter2 | makes the passwords"
            })
    void refusesWhatItCantBe(ConfigKey key, String value, String reason) {
        var values = values(key, value);

        ManagedPostgresReader.read(values, Environment.PROD);

        assertThat(values.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key.text());
            assertThat(problem.allowed()).contains(reason);
            assertThat(problem.got()).doesNotContain("hunter2");
        });
    }

    @Test
    void thePlanFollowsFromTheSize() {
        var values = values(ConfigKey.DEFAULT_POOL_SIZE, "18");
        var database = ManagedPostgresReader.read(values, Environment.PROD);

        assertThat(DatabaseReader.plan(values, database, 10)).isEmpty();
        assertThat(values.problems()).singleElement().satisfies(problem -> assertThat(problem.allowed())
                .contains("The largest size that fits is 17"));
        assertThat(DatabaseReader.plan(values(), database, 10).orElseThrow().defaultPoolSize())
                .isEqualTo(17);
    }

    private static ConfigValues values(Object... keysAndValues) {
        var given = new EnumMap<ConfigKey, String>(ConfigKey.class);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put((ConfigKey) keysAndValues[i], (String) keysAndValues[i + 1]);
        }
        return new ConfigValues("t1", Map.copyOf(given), Set.of(), false);
    }
}
