package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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

    /** By what the engine has noted, which runs the rest side by side. */
    @Test
    void oneOffWorkIsWaitedForBeforeTheUnitsChange() {
        var command = "command:local:Command::freshtrack-";
        var service = "aws:ecs/service:Service::freshtrack-";

        assertThat(waitsFor(command + "roles")).contains("aws:rds/instance:Instance::freshtrack-database");
        assertThat(waitsFor(command + "migrate")).contains(command + "roles");
        assertThat(waitsFor(command + "connections")).contains(command + "roles");
        assertThat(waitsFor(command + "bucket")).contains(command + "minio-verdict");
        assertThat(waitsFor(command + "minio-verdict")).contains(service + "minio");
        assertThat(waitsFor(command + "redis-verdict")).contains(service + "redis");
        assertThat(waitsFor(service + "api"))
                .contains(command + "bucket", command + "connections", command + "migrate", command + "redis-verdict");
        assertThat(waitsFor(command + "verdict")).contains(service + "api");
    }

    /** All that a resource depends on, each as its type and name. */
    private Set<String> waitsFor(String typeAndName) {
        Map<String, JsonNode> resources = StreamSupport.stream(
                        stack().state().path("resources").spliterator(), false)
                .collect(Collectors.toMap(resource -> resource.path("urn").asText(), Function.identity()));
        var found = new TreeSet<String>();
        var next = new ArrayDeque<>(resources.keySet().stream()
                .filter(urn -> urn.endsWith("$" + typeAndName))
                .toList());
        assertThat(next).as(typeAndName).hasSize(1);
        while (!next.isEmpty()) {
            for (var dependency : resources.get(next.pop()).path("dependencies")) {
                var urn = dependency.asText();
                if (found.add(urn.substring(urn.lastIndexOf('$') + 1))) {
                    next.push(urn);
                }
            }
        }
        return found;
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
