package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of a production stack on App Platform. */
class AppPlatformTest extends SimulatedProduction {
    AppPlatformTest() {
        super(
                "do-app-platform",
                "freshtrack-database-database",
                () -> TestStack.simulatedApp("prod", "examples/Pulumi.do-app-platform.yaml"));
    }

    /** The platform gives back each secret encrypted anew; that is no change, and an edited one is a change of the app alone. */
    @Test
    void onlyASecretThatWasEditedIsAChange() {
        assertThat(stack().preview("--refresh").mustSucceed().changes()).isEmpty();

        stack().setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"hunter2-another\"}");
        try {
            assertThat(stack().preview().mustSucceed().changes()).containsExactly("update freshtrack-app");
        } finally {
            stack().restore();
        }
        assertThat(stack().transcript()).doesNotContain("hunter2");
    }

    @Test
    void changesOfTheAppBesideThoseOfTheDatabase() {
        changes(
                new Change("instance-count", "apiInstanceCount=3", "freshtrack-app"),
                new Change("database-nodes", "databaseNodeCount=1", "freshtrack-database-cluster"));
        changes(
                new Change("autoscaling", "apiInstanceSize=apps-d-1vcpu-1gb apiMaxInstanceCount=4", "freshtrack-app"),
                new Change("admin-network", "databaseAdminCidrs=198.51.100.7/32", "freshtrack-database-firewall"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    database-size | databaseSize=db-s-2vcpu-4gb
                    pool-size     | defaultPoolSize=12
                    alarm-email   | alarmEmail=oncall@example.com
                    domain        | domain=app.example.com
                    """)
    void oneChange(String name, String settings) {
        change(name, settings);
    }
}
