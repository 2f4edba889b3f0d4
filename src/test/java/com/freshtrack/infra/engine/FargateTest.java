package com.freshtrack.infra.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The team's production stack on Fargate. */
class FargateTest extends SimulatedProduction {
    FargateTest() {
        super("prod", "freshtrack-database", () -> TestStack.simulated("prod", "Pulumi.prod.yaml"));
    }

    @Test
    void changesOfTheNetworkTheDatabaseAndTheLogs() {
        changes(
                new Change("log-retention", "logRetentionDays=90", "freshtrack-(?!database|https|nat|private).*"),
                new Change("multi-az", "databaseMultiAz=false", "freshtrack-database"),
                new Change("nat-per-zone", "nat=per-zone", "freshtrack-(nat|private).*"),
                new Change("tls-policy", "tlsPolicy=ELBSecurityPolicy-TLS13-1-3-2021-06", "freshtrack-https"));
    }

    /** How many units there are now is autoscaling's to say. */
    @Test
    void changesOfTheFewestUnitsAndOfTheWayBack() {
        changes(
                new Change("api-minimum", "apiMinCount=3", "freshtrack-(?!database).*"),
                new Change("retention", "databaseRetentionDays=14", "freshtrack-database"));
    }

    /** A newer Postgres takes a newer pg_dump along; "several" are changes of different resources, to save previews. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    image            | apiImage=registry.example.com/freshtrack/api@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                    api-environment  | apiEnv={"LOG_LEVEL":"debug"}
                    pool-size        | defaultPoolSize=20
                    api-maximum      | apiMaxCount=6
                    instance-class   | databaseInstanceClass=db.t4g.large
                    one-more-zone    | awsZones=us-east-1a,us-east-1b,us-east-1c
                    domain           | domain=app.freshtrack.example.com
                    postgres-version | backupImage=eeshugerman/postgres-backup-s3:16 postgresVersion=16
                    several          | apiSpotWeight=1 databaseStorageGiB=50 nat=none
                    """)
    void oneChange(String name, String settings) {
        change(name, settings);
    }
}
