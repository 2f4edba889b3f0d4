package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.services.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The statements that deploys run on RDS, on real servers of two major versions: as an administrator who may make roles and databases
 * and is no superuser.
 */
@Tag("e2e")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RdsStatementsTest {
    private static final String PREFIX =
            "freshtrack-t" + UUID.randomUUID().toString().substring(0, 6) + "-";
    private static final String SUPERUSER_PASSWORD = "postgres01";
    private static final String ADMIN = FreshTrackServices.ADMIN_ROLE;
    private static final String MIGRATOR = FreshTrackServices.MIGRATOR_ROLE;
    private static final String APP = FreshTrackServices.APP_ROLE;
    private static final Map<String, String> PASSWORDS = Map.of(
            SecretNames.DATABASE_ADMIN, "admin0001",
            SecretNames.MIGRATOR_DATABASE, "migrator01",
            SecretNames.APP_DATABASE, "app000001");
    private static final FargateServices SERVICES = FargateServices.of(
            StackConfigReader.read(
                    "t", Map.of("target", "aws-fargate", "environment", "dev", "domain", "acme.io"), Set.of(), true),
            Addresses.onEcs("freshtrack-db1.abc.us-east-1.rds.amazonaws.com", "internal", "not one"));

    private static final String NEXT = Checkout.images().getOrDefault("testPostgresImageNext", "postgres:17-alpine");

    private static final String OLD = PREFIX + "old";
    private static final String NEW = PREFIX + "new";
    private static final String UPGRADED = PREFIX + "upgraded";

    @BeforeAll
    static void start() {
        var old = Checkout.images().getOrDefault("postgresImage", "postgres:15-alpine");
        // What the plan counts on, and what the server comes with.
        server(OLD, old, 383);
        server(NEW, NEXT, 100);
        server(UPGRADED, NEXT, 100);
        for (var name : List.of(OLD, NEW, UPGRADED)) {
            awaitServer(name);
        }
        administer(OLD);
        administer(NEW);
    }

    @AfterAll
    static void remove() {
        Docker.removeAll(PREFIX);
    }

    @Test
    void theRolesAreMadeAndMadeAgainOnEitherVersion() {
        for (var server : List.of(OLD, NEW)) {
            succeeds(roles(server));
            succeeds(roles(server));
            succeeds(psql(server, MIGRATOR, "CREATE TABLE IF NOT EXISTS readings (id int);"));
            succeeds(psql(server, APP, "INSERT INTO readings VALUES (1); SELECT * FROM readings;"));
            fails(psql(server, APP, "CREATE TABLE mine (id int);"), "permission denied for schema public");
            fails(psql(server, APP, "DROP TABLE readings;"), "must be owner of table readings");
        }
    }

    /** The new server gets the roles as pg_upgrade brings them: by its own pg_dumpall, which asks the old one. */
    @Test
    void theRolesOfAnUpgradedDatabaseCanStillBeChanged() {
        succeeds(roles(OLD));
        var all = Docker.run(
                "run",
                "--rm",
                "--network",
                "container:" + OLD,
                "--env",
                "PGPASSWORD=" + SUPERUSER_PASSWORD,
                "--entrypoint",
                "pg_dumpall",
                NEXT,
                "--host=127.0.0.1",
                "--username=postgres");
        // The superuser is there already, and the dump makes it again.
        var restored = exec(UPGRADED, all, "psql", "--username=postgres", "--quiet");
        succeeds(restored);

        succeeds(roles(UPGRADED));
        succeeds(psql(UPGRADED, APP, "SELECT 1;"));
    }

    @Test
    void aServerWithOtherConnectionsThanThePlansIsNamed() {
        succeeds(roles(OLD));
        succeeds(roles(NEW));

        succeeds(psql(OLD, MIGRATOR, text(SERVICES.connections())));
        fails(
                psql(NEW, MIGRATOR, text(SERVICES.connections())),
                "max_connections is 100, and the pool plan counts on 383: a reboot of the instance is pending: "
                        + "aws rds reboot-db-instance --db-instance-identifier freshtrack-db1");
    }

    private static Shell.Result roles(String server) {
        return psql(server, ADMIN, text(SERVICES.roles()));
    }

    private static String text(ServiceSpec spec) {
        return spec.files().get(0).render(PASSWORDS);
    }

    private static void server(String name, String image, int maxConnections) {
        Docker.run(
                "run",
                "--detach",
                "--name",
                name,
                "--network",
                "none",
                "--env",
                "POSTGRES_PASSWORD=" + SUPERUSER_PASSWORD,
                image,
                "postgres",
                "-c",
                "max_connections=" + maxConnections);
    }

    /** Over TCP, which a server that is being initialised doesn't listen on. */
    private static void awaitServer(String name) {
        var end = Instant.now().plusSeconds(60);
        while (!Docker.attempt("exec", name, "pg_isready", "--host=127.0.0.1", "--username=postgres")
                .succeeded()) {
            assertThat(Instant.now()).as(Docker.run("logs", name)).isBefore(end);
            Product.pause(Duration.ofMillis(300));
        }
    }

    /** What RDS gives to its own administrator, as far as the statements need it. */
    private static void administer(String server) {
        succeeds(exec(
                server,
                "CREATE ROLE %s LOGIN CREATEDB CREATEROLE PASSWORD '%s';"
                                .formatted(ADMIN, PASSWORDS.get(SecretNames.DATABASE_ADMIN))
                        + " CREATE DATABASE %s OWNER %s;".formatted(FreshTrackServices.DATABASE, ADMIN),
                "psql",
                "--username=postgres",
                "--quiet",
                "--set=ON_ERROR_STOP=1"));
    }

    /** As the task does it. */
    private static Shell.Result psql(String server, String role, String statements) {
        var password = PASSWORDS.get(Map.of(
                        ADMIN, SecretNames.DATABASE_ADMIN,
                        MIGRATOR, SecretNames.MIGRATOR_DATABASE,
                        APP, SecretNames.APP_DATABASE)
                .get(role));
        return exec(
                server,
                statements,
                "env",
                "PGPASSWORD=" + password,
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set",
                "ON_ERROR_STOP=1",
                "--host=127.0.0.1",
                "--username=" + role,
                "--dbname=" + FreshTrackServices.DATABASE,
                "--file=-");
    }

    private static Shell.Result exec(String server, String input, String... command) {
        var all = new ArrayList<>(List.of("docker", "exec", "--interactive", server));
        all.addAll(List.of(command));
        return Shell.run(Duration.ofSeconds(60), input, all, Map.of());
    }

    private static void succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
        assertThat(result.output()).doesNotContain("WARNING");
    }

    private static void fails(Shell.Result result, String reason) {
        assertThat(result.succeeded()).as(result.output()).isFalse();
        assertThat(result.output()).contains(reason);
    }
}
