package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The team's production stack, on Fargate, through the real engine; what AWS does is SIMULATED. */
@SimulatedTest
class FargateTest {
    private TestStack stack;
    private Outcome first;

    @BeforeAll
    void make() {
        stack = TestStack.simulated("prod", "Pulumi.prod.yaml");
        first = stack.preview().mustSucceed();
        stack.up().mustSucceed();
    }

    @AfterAll
    void remove() {
        stack.close();
    }

    @Test
    void showsEverythingBeforeItIsMade() {
        assertThat(first.output()).contains("SIMULATED");
        Golden.assertMatches("preview/prod-SIMULATED.txt", PreviewText.of(first));
    }

    @Test
    void findsNothingToDoAfterwards() {
        assertThat(stack.preview().mustSucceed().changes()).isEmpty();
    }

    /** Last, because what isn't protected goes. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsWhatHoldsData() {
        assertThat(stack.destroy().mustFail().output()).contains("freshtrack-database", "protected");
    }

    /** What a reviewer sees of one change, and nothing besides. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    image             | apiImage              | registry.example.com/freshtrack/api@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                    api-environment   | apiEnv                | {"LOG_LEVEL":"debug"}
                    pool-size         | defaultPoolSize       | 20
                    api-maximum       | apiMaxCount           | 6
                    instance-class    | databaseInstanceClass | db.t4g.large
                    multi-az          | databaseMultiAz       | false
                    retention         | databaseRetentionDays | 14
                    one-more-zone     | awsZones              | us-east-1a,us-east-1b,us-east-1c
                    nat-per-zone      | nat                   | per-zone
                    tls-policy        | tlsPolicy             | ELBSecurityPolicy-TLS13-1-3-2021-06
                    log-retention     | logRetentionDays      | 90
                    domain            | domain                | app.freshtrack.example.com
                    """)
    void oneChange(String name, String key, String value) {
        changes(name, Map.of(key, value));
    }

    /** A newer pg_dump is part of it. */
    @Test
    void anotherMajorVersionOfPostgres() {
        changes(
                "postgres-version",
                new TreeMap<>(Map.of("postgresVersion", "16", "backupImage", "eeshugerman/postgres-backup-s3:16")));
    }

    /** Changes that touch different resources, in one preview to save the others. */
    @Test
    void severalChanges() {
        changes("several", new TreeMap<>(Map.of("databaseStorageGiB", "50", "nat", "none", "apiSpotWeight", "1")));
    }

    private void changes(String name, Map<String, String> values) {
        values.forEach(stack::set);
        try {
            var asked = new StringBuilder();
            values.forEach((key, value) -> asked.append("freshtrack:%s = %s%n".formatted(key, value)));
            Golden.assertMatches(
                    "preview/prod-changes-SIMULATED/" + name + ".txt",
                    asked + "\n" + ChangeText.of(stack.preview().mustSucceed()));
        } finally {
            values.keySet().forEach(stack::restore);
        }
    }
}
