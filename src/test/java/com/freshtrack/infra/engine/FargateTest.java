package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** By what the engine has noted, which runs the rest side by side; nothing comes after the verdict. */
    @Test
    void oneOffWorkIsWaitedForBeforeTheUnitsChange() {
        var command = "command:local:Command::freshtrack-";
        var service = "aws:ecs/service:Service::freshtrack-";
        var waits = waits();

        assertThat(waits.get(command + "roles")).contains("aws:rds/instance:Instance::freshtrack-database");
        assertThat(waits.get(command + "migrate")).contains(command + "roles");
        assertThat(waits.get(command + "connections")).contains(command + "roles");
        assertThat(waits.get(command + "bucket")).contains(command + "minio-verdict");
        assertThat(waits.get(command + "minio-verdict")).contains(service + "minio");
        assertThat(waits.get(command + "redis-verdict")).contains(service + "redis");
        assertThat(waits.get(service + "api"))
                .contains(command + "bucket", command + "connections", command + "migrate", command + "redis-verdict");
        assertThat(waits.get(command + "verdict")).contains(service + "api");
        assertThat(waits.get(command + "verdict").stream().filter(name -> name.startsWith(command)))
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(waits.keySet().stream()
                        .filter(name -> name.startsWith(command) && !name.equals(command + "verdict"))
                        .toList());
    }

    /** All that each resource depends on, by type and name. A resource is in the state after what it depends on. */
    private Map<String, Set<String>> waits() {
        var waits = new TreeMap<String, Set<String>>();
        for (var resource : stack().state().path("resources")) {
            var all = new TreeSet<String>();
            for (var dependency : resource.path("dependencies")) {
                var name = typeAndName(dependency);
                all.add(name);
                all.addAll(waits.get(name));
            }
            waits.put(typeAndName(resource.path("urn")), all);
        }
        return waits;
    }

    private static String typeAndName(JsonNode urn) {
        return urn.asText().replaceFirst(".*[$]", "");
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
