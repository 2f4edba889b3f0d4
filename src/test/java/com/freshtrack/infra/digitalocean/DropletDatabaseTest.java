package com.freshtrack.infra.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.engine.Shell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack on a Droplet whose database is DigitalOcean's. */
@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropletDatabaseTest {
    private static final String REMOTE = "command:remote:Command";
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = Stacks.recorded(Stacks.prod("database", "managed"));
    }

    @Test
    void theDropletAloneReachesIt() {
        assertThat(stack.one("digitalocean:index/databaseFirewall:DatabaseFirewall", "freshtrack-database-firewall")
                        .inputs())
                .containsEntry("rules", List.of(Map.of("type", "droplet", "value", "12345")));
        assertThat(stack.one("digitalocean:index/databaseCluster:DatabaseCluster", "freshtrack-database-cluster")
                        .inputs())
                .containsEntry("privateNetworkUuid", "freshtrack-vpc-id")
                .containsEntry("region", "fra1");
        assertThat(stack.one("digitalocean:index/projectResources:ProjectResources", "freshtrack-project")
                        .input("resources"))
                .contains("do:dbaas:1", "do:droplet:12345");
    }

    @Test
    void noContainerOfOursIsInItsWay() {
        assertThat(file("compose.yaml"))
                .contains("api-a:", "redis:", "roles:")
                .doesNotContain("pgbouncer-a", "postgres:", "pgbouncer-exporter", "postgres-exporter");
        assertThat(file("deploy.conf"))
                .contains(
                        "\nDATA=('redis' 'minio')\n",
                        "\nPOSTGRES=''\n",
                        "\nROLES='roles'\n",
                        "\nUNITS=(':api-a' ':api-b')\n");
        assertThat(file("prometheus/etc/prometheus/prometheus.yml"))
                .contains("job_name: caddy", "job_name: node")
                .doesNotContain("job_name: postgres", "job_name: pgbouncer");
        assertThat(stack.all()).noneMatch(resource -> resource.name().equals("freshtrack-postgres-password"));
    }

    /** What is known when DigitalOcean has made it comes with the secrets. */
    @Test
    void theApiSpeaksToDigitalOceansPoolAndItsMigrationsToTheCluster() {
        var tls = "?sslmode=verify-full&sslrootcert=/freshtrack/database-authorities.pem";
        assertThat(file("api-a/freshtrack/run"))
                .contains("@$(cat /run/secrets/database_pool_host):25061/$(cat /run/secrets/database_pool)" + tls);
        assertThat(file("migrate/freshtrack/run"))
                .contains("@$(cat /run/secrets/database_host):25060/frostguard" + tls);
        assertThat(secrets())
                .containsEntry("api-a database_pool", "frostguard-17")
                .containsEntry("api-a database_pool_host", "freshtrack-database-pool.db.ondigitalocean.com")
                .containsEntry("api-a app_database_password", Stacks.SENTINEL + "-of-freshtrack-database-app")
                .containsEntry("api-b database-authorities.pem", "done")
                .containsEntry("migrate database_host", "freshtrack-database-cluster.db.ondigitalocean.com")
                .containsEntry(
                        "migrate migrator_database_password", Stacks.SENTINEL + "-of-freshtrack-database-migrator")
                .containsEntry("backup backup_database_password", Stacks.SENTINEL + "-of-freshtrack-database-migrator")
                .containsEntry("roles pgpass", "*:*:*:doadmin:" + Stacks.SENTINEL + "-of-freshtrack-database-cluster\n")
                .doesNotContainKey("deploy roles.sql");
    }

    @Test
    void whoSpeaksToItReachesTheWorld() {
        for (var service : List.of("migrate", "roles", "backup")) {
            assertThat(file("compose.yaml")
                            .split("\n  " + service + ":\n", 2)[1]
                            .split("\n    networks:\n", 2)[1])
                    .as(service)
                    .startsWith("    - \"data\"\n    - \"edge\"\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ca\":{\"certificate\":\"%s\"}} | 0 | -----BEGIN CERTIFICATE-----",
                "{\"ca\":{\"certificate\":\"bm90aGluZw==\"}} | 1 | has no certificate in it",
                "{} | 1 | has no certificate in it"
            })
    void theAuthorityIsWhatDigitalOceanSays(String answer, int exitCode, String said) {
        var certificate = Base64.getEncoder().encodeToString(CERTIFICATE.getBytes(StandardCharsets.UTF_8));
        var result = ask(answer.formatted(certificate), "dop_v1_for_tests_only");

        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        assertThat(result.output()).contains(said);
    }

    @Test
    void theAuthorityNeedsTheToken() {
        assertThat(ask("{}", "").output()).contains("DIGITALOCEAN_TOKEN is not set");
    }

    private Shell.Result ask(String answer, String token) {
        var command = stack.one("command:local:Command", "freshtrack-database-authorities");
        assertThat(command.input("environment")).isEqualTo("{CLUSTER=freshtrack-database-cluster-id}");
        var curl = "curl() { grep -q 'Bearer dop_v1_for_tests_only' && printf '%s\\n' \"$ANSWER\"; }\n";
        return Shell.run(
                Duration.ofSeconds(10),
                "",
                List.of("sh", "-c", curl + command.input("create")),
                Map.of("ANSWER", answer, "CLUSTER", "one", "DIGITALOCEAN_TOKEN", token));
    }

    /** The text of a file that the Droplet gets. */
    private String file(String name) {
        return stack.one(REMOTE, "freshtrack-product-file-" + name).input("stdin");
    }

    /** The secrets that are brought, by reader and file. */
    private Map<String, String> secrets() {
        return stack.one(REMOTE, "freshtrack-product-secrets")
                .input("stdin")
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> words[0] + " " + words[1],
                        words -> words.length < 3
                                ? ""
                                : new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8)));
    }
}
