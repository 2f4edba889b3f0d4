package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.fargate;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class FargateReaderTest {

    @Test
    void readsTypedRecords() {
        var config = read(fargate());
        var aws = config.aws().orElseThrow();

        assertThat(config.target()).isEqualTo(Target.AWS_FARGATE);
        assertThat(config.site().url()).isEqualTo("https://freshtrack.acme.io");
        assertThat(config.database()).isEmpty();
        assertThat(aws.network())
                .isEqualTo(new AwsConfig.Network(
                        List.of("us-east-1a", "us-east-1b"), "10.20.0.0/16", AwsConfig.Nat.SINGLE));
        assertThat(aws.database())
                .isEqualTo(new AwsConfig.Database(15, false, "db.t4g.medium", true, 20, 7, Optional.of("rds-ca.pem")));
        assertThat(aws.tasks())
                .isEqualTo(new AwsConfig.Tasks(
                        new TaskSize(512, 1024),
                        new TaskSize(256, 512),
                        Optional.of(new TaskSize(256, 512)),
                        2,
                        4,
                        0,
                        false));
        assertThat(aws.frontDoor().tlsPolicy()).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void sharesATaskOutAmongItsContainers() {
        var resources = read(fargate()).resources();

        assertThat(resources.api()).isEqualTo(new Resources(0.375, 960));
        assertThat(resources.pgbouncer()).isEqualTo(new Resources(0.125, 64));
        assertThat(resources.redis()).isEqualTo(new Resources(0.25, 512));
    }

    @Test
    void countsTheUnitsOfARollingDeploy() {
        var pools = read(fargate()).pools();

        assertThat(pools.unitsAtPeak()).isEqualTo(4 * 200 / 100 + 1);
        assertThat(pools.maxConnections()).isEqualTo(383);
        assertThat(pools.reserve()).isEqualTo(20);
        assertThat(pools.defaultPoolSize()).isEqualTo(25);
        assertThat(pools.worstCase()).isEqualTo(9 * 30);
        assertThat(read(with(fargate(), "apiMaxCount", "8")).pools().defaultPoolSize())
                .isEqualTo((383 - 20) / 17);
    }

    @Test
    void hasAStandbyInProdOnly() {
        var dev = with(fargate(), "environment", "dev", "databaseRetentionDays", "1");

        assertThat(read(dev).aws().orElseThrow().database().multiAz()).isFalse();
        assertThat(read(with(dev, "databaseMultiAz", "true"))
                        .aws()
                        .orElseThrow()
                        .database()
                        .multiAz())
                .isTrue();
    }

    /** Where the file of a stack says nothing, another default would not upgrade its database. */
    @Test
    void mayUpgradeOnlyToAVersionThatWasAskedFor() {
        var upgraded = read(with(fargate(), "postgresVersion", "17", "backupImage", "example.com/backup:17"))
                .aws()
                .orElseThrow()
                .database();

        assertThat(upgraded.postgresVersion()).isEqualTo(17);
        assertThat(upgraded.mayUpgrade()).isTrue();
        assertThat(read(fargate()).aws().orElseThrow().database().mayUpgrade()).isFalse();
    }

    @Test
    void sortsTheZones() {
        assertThat(read(with(fargate(), "awsRegion", "eu-west-1", "awsZones", "eu-west-1c,eu-west-1a"))
                        .aws()
                        .orElseThrow()
                        .network()
                        .zones())
                .containsExactly("eu-west-1a", "eu-west-1c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
                "ELBSecurityPolicy-TLS13-1-3-2021-06",
                "ELBSecurityPolicy-TLS-1-2-2017-01",
                "ELBSecurityPolicy-FS-1-2-Res-2020-10"
            })
    void takesNewerTlsPolicies(String policy) {
        assertThat(read(with(fargate(), "tlsPolicy", policy))
                        .aws()
                        .orElseThrow()
                        .frontDoor()
                        .tlsPolicy())
                .isEqualTo(policy);
    }

    @Test
    void warnsInAPreviewOfWhatAnUpRefuses() {
        var config =
                StackConfigReader.read("t1", with(fargate(), "databaseCaFile", "", "alarmEmail", ""), Set.of(), true);

        assertThat(config.warnings()).hasSize(2);
        assertThat(String.join("\n", config.warnings())).contains("`pulumi up` will refuse", "alarms reach nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 0, 10.20.0.0/21",
        "10.20.0.0/16, 31, 10.20.248.0/21",
        "10.20.0.0/21, 1, 10.20.0.64/26",
        "192.168.0.0/16, 9, 192.168.72.0/21"
    })
    void cutsARangeIntoEqualParts(String range, int number, String subnet) {
        assertThat(PrivateRange.of(range).subnet(number)).isEqualTo(subnet);
    }

    @Test
    void everySoldTaskSizeIsTakenAndNoOther() {
        var sold = IntStream.of(256, 512, 1024, 2048, 4096, 8192, 16_384)
                .flatMap(cpu -> IntStream.rangeClosed(1, 240)
                        .map(step -> step * 512)
                        .filter(memory -> new TaskSize(cpu, memory).isSold()))
                .count();

        // 3 of the smallest, then every step of the table: 4, 7, 13, 23, 12 and 12.
        assertThat(sold).isEqualTo(3 + 4 + 7 + 13 + 23 + 12 + 12);
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, Set.of(), false);
    }
}
