package com.freshtrack.infra.e2e;

import static com.freshtrack.infra.e2e.RdsServer.APP;
import static com.freshtrack.infra.e2e.RdsServer.MIGRATOR;
import static com.freshtrack.infra.e2e.RdsServer.fails;
import static com.freshtrack.infra.e2e.RdsServer.succeeds;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.services.FargateServices;
import java.util.List;
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
    private static final FargateServices SERVICES = RdsServer.services(RdsServer.HOST, "not one");

    private static final String NEXT = Checkout.images().getOrDefault("testPostgresImage17", "postgres:17-alpine");

    private static RdsServer old;
    private static RdsServer next;
    private static RdsServer upgraded;

    @BeforeAll
    static void start() {
        var image = Checkout.images().getOrDefault("postgresImage", "postgres:15-alpine");
        // What the plan counts on, and what the server comes with.
        old = RdsServer.start(PREFIX + "old", image, 383, "--network", "none");
        next = RdsServer.start(PREFIX + "new", NEXT, 100, "--network", "none");
        upgraded = RdsServer.start(PREFIX + "upgraded", NEXT, 100, "--network", "none");
        List.of(old, next, upgraded).forEach(RdsServer::await);
        old.administer();
        next.administer();
    }

    @AfterAll
    static void remove() {
        Docker.removeAll(PREFIX);
    }

    @Test
    void theRolesAreMadeAndMadeAgainOnEitherVersion() {
        for (var server : List.of(old, next)) {
            succeeds(server.roles(SERVICES));
            succeeds(server.roles(SERVICES));
            succeeds(server.psql(MIGRATOR, "CREATE TABLE IF NOT EXISTS readings (id int);"));
            succeeds(server.psql(APP, "INSERT INTO readings VALUES (1); SELECT * FROM readings;"));
            fails(server.psql(APP, "CREATE TABLE mine (id int);"), "permission denied for schema public");
            fails(server.psql(APP, "DROP TABLE readings;"), "must be owner of table readings");
        }
    }

    /** The new server gets the roles as pg_upgrade brings them: by its own pg_dumpall, which asks the old one. */
    @Test
    void theRolesOfAnUpgradedDatabaseCanStillBeChanged() {
        succeeds(old.roles(SERVICES));
        var all = Docker.run(
                "run",
                "--rm",
                "--network",
                "container:" + old.name(),
                "--env",
                "PGPASSWORD=" + RdsServer.SUPERUSER_PASSWORD,
                "--entrypoint",
                "pg_dumpall",
                NEXT,
                "--host=127.0.0.1",
                "--username=postgres");
        // The superuser is there already, and the dump makes it again.
        var restored = upgraded.exec(all, "psql", "--username=postgres", "--quiet");
        succeeds(restored);

        succeeds(upgraded.roles(SERVICES));
        succeeds(upgraded.psql(APP, "SELECT 1;"));
    }

    @Test
    void aServerWithOtherConnectionsThanThePlansIsNamed() {
        succeeds(old.roles(SERVICES));
        succeeds(next.roles(SERVICES));

        succeeds(old.psql(MIGRATOR, RdsServer.text(SERVICES.connections())));
        fails(
                next.psql(MIGRATOR, RdsServer.text(SERVICES.connections())),
                "max_connections is 100, and the pool plan counts on 383: a reboot of the instance is pending: "
                        + "aws rds reboot-db-instance --db-instance-identifier freshtrack-db1");
    }
}
