package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.Story;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code host/deploy} and {@code host/rollback} do on a server, good and bad; each test goes on from the one before it. */
@Tag("vm")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Story.class)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComposeMachineTest {
    private static final String NEXT = Checkout.images().get("testApiImageV2");
    private static final UUID READING = UUID.randomUUID();

    private static VirtualMachine machine;
    private static ComposeMachine stack;
    private static Product product;

    @BeforeAll
    static void startServer() {
        machine = VirtualMachine.start();
        machine.bootFirst();
        stack = new ComposeMachine(machine);
        machine.load(stack.images());
        machine.load(List.of(NEXT));
    }

    @AfterAll
    static void removeServer() {
        machine.close();
    }

    @Test
    @Order(1)
    void theFirstDeployServes() throws Exception {
        succeeds(stack.deploy());
        product = Product.on(machine, stack.prefix());

        assertThat(product.post(READING, "first").statusCode()).isEqualTo(201);
        assertThat(product.get("/version").body()).contains("v1");
        product.awaitHealthy(Duration.ofSeconds(20));

        var asked = Map.of("AUTHORITY", "staging", "TIMEOUT_SECONDS", "1", "URL", product.url() + "/ready");
        succeeds(ComposeMachine.local("verdict.sh", asked));
        assertThat(fails(ComposeMachine.local("verdict.sh", with(asked, "AUTHORITY", "public"))))
                .contains("certificate");
        assertThat(fails(ComposeMachine.local("verdict.sh", with(asked, "URL", product.url() + "/nothing"))))
                .contains("answers 404, not 200");
    }

    /** Whoever reads one owns it, and nobody else finds it; the engine shows none. */
    @Test
    @Order(2)
    void everySecretIsItsReadersOwn() {
        var secrets = stack.home() + "/secrets";
        assertThat(machine.run("stat", "--format", "%a %u", secrets)).isEqualTo("700 0");
        var files = machine.run("sh", "-c", "cd " + secrets + " && stat --format '%n %a %u' */*")
                .lines()
                .toList();
        var api = product.docker("exec", product.container("api-a"), "id", "-u");

        assertThat(files)
                .hasSize((int) stack.secretLines().lines().count())
                .allMatch(file -> file.split(" ")[1].equals("400"))
                .contains(
                        "api-a.1/redis_password 400 " + api,
                        "pgbouncer-a.1/userlist.txt 400 65534",
                        "deploy.1/roles.sql 400 0");
        for (var service : Product.SERVICES) {
            assertThat(product.docker("inspect", product.container(service)))
                    .as(service)
                    .doesNotContain("Value0Of");
        }
    }

    @Test
    @Order(3)
    void aSecondDeployTouchesNothing() {
        var before = product.identities();

        succeeds(stack.deploy());
        assertThat(product.identities()).isEqualTo(before);
        assertThat(releases()).hasSize(1);
    }

    /** A new pool too, so that the pooler leaves after its API and comes before it. */
    @Test
    @Order(4)
    void noRequestIsLostByANewRelease() throws Exception {
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            stack.set("apiImage", NEXT);
            stack.set("defaultPoolSize", "20");
            succeeds(stack.deploy());
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).containsOnlyKeys("v1", "v2");
        }
        assertThat(product.console("b", "SHOW CONFIG")).contains("\ndefault_pool_size|20|");
        assertThat(product.sql("SELECT count(*) FROM readings WHERE sensor_id = 'first'"))
                .isEqualTo("1");
    }

    @Test
    @Order(5)
    void aReleaseThatIsNeverReadyLeavesTheOldOneServing() throws Exception {
        var before = product.identities();
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            stack.set("apiReadyTimeoutSeconds", "25");
            stack.set("apiEnv", "{\"FAULT\":\"never-ready\"}");
            assertThat(fails(stack.deploy()))
                    .contains("api-a is not ready after 25 s", "/ready answers 503", "serves on");
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).containsOnlyKeys("v2");
        }
        assertThat(product.identities())
                .as("the other unit")
                .containsEntry("api-b", before.get("api-b"))
                .containsEntry("pgbouncer-a", before.get("pgbouncer-a"));
        assertThat(product.inspect("{{.Image}}", product.container("api-a"))).isEqualTo(NEXT);
        product.awaitHealthy(Duration.ofSeconds(20));
    }

    @Test
    @Order(6)
    void aFailedMigrationChangesNoUnit() {
        var before = product.identities();
        stack.set("migrateCommand", "[\"node\",\"src/migrate.js\",\"again\"]");
        stack.set("apiEnv", "{\"FAULT\":\"migration-fails\"}");

        assertThat(fails(stack.deploy())).contains("migration failed: FAULT=migration-fails", "serves on");
        assertThat(product.identities()).isEqualTo(before);

        List.of("apiEnv", "apiReadyTimeoutSeconds", "migrateCommand").forEach(stack::unset);
    }

    @Test
    @Order(7)
    void oneDeployAtATime() {
        var lock = stack.home() + "/deploy.lock";
        machine.run("sh", "-c", "echo \"4242 $(($(date +%s) - 90)) 192.0.2.1\" >" + lock);
        machine.run("sh", "-c", "flock " + lock + " sleep 300 >/dev/null 2>&1 & echo $! >/run/holder; sleep 0.5");
        try {
            assertThat(fails(stack.deploy()))
                    .contains("another deploy holds the lock: process 4242, from 192.0.2.1, for 9");
        } finally {
            machine.run("sh", "-c", "pkill -P $(cat /run/holder); true");
        }
    }

    @Test
    @Order(8)
    void aRollbackLeadsToTheReleaseBeforeAndASecondOneForwardAgain() throws Exception {
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            succeeds(rollback());
            assertThat(product.get("/version").body()).contains("v1");
            succeeds(rollback());
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
        }
        assertThat(product.get("/version").body()).contains("v2");
    }

    @Test
    @Order(9)
    void noMoreThanThreeReleasesAreKept() {
        succeeds(stack.deploy());

        assertThat(releases()).hasSize(3);
        assertThat(fails(machine.ssh("", stack.home() + "/host/rollback nothing")))
                .contains("there is no release 'nothing'");
    }

    @Test
    @Order(10)
    void aKilledDockerEngineTakesNothingWithIt() {
        var before = product.identities();
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            machine.kill("dockerd");
            product.assertStored(load.stop());
        }
        assertThat(product.identities()).isEqualTo(before);
        product.awaitHealthy(Duration.ofSeconds(20));
    }

    /** Its disk for backups is one of 16 KiB, put over the real one. */
    @Test
    @Order(11)
    void aFullDiskFailsTheBackupAndNothingElse() {
        var volume = product.docker("volume", "inspect", "--format", "{{.Mountpoint}}", product.container("backups"));
        machine.run("mount", "-t", "tmpfs", "-o", "size=16k", "full", volume);
        try {
            product.docker("restart", product.container("backup"));
            assertThat(machine.ssh("", "docker exec " + product.container("backup") + " sh /freshtrack/backup")
                            .output())
                    .contains("No space left on device");
            product.awaitHealthy(Duration.ofSeconds(30));
        } finally {
            machine.run("umount", volume);
            product.docker("restart", product.container("backup"));
        }
    }

    /** Systemd wouldn't start Docker then; here it starts, and what has data doesn't. */
    @Test
    @Order(12)
    void aMachineThatComesBackWithoutItsVolumeBeginsNoDatabase() throws Exception {
        machine.run("mv", "/disk", "/disk.away");
        machine.restart();

        assertThat(fails(stack.deploy())).contains("/var/lib/docker/volumes/.freshtrack");
        assertThat(machine.run("find", "/var/lib/docker/volumes", "-name", "PG_VERSION"))
                .isEmpty();

        machine.run("mv", "/disk.away", "/disk");
        machine.restart();
        product.awaitHealthy(Duration.ofMinutes(1));
        assertThat(product.sql("SELECT count(*) FROM readings WHERE id = '" + READING + "'"))
                .isEqualTo("1");
        assertThat(product.post(UUID.randomUUID(), "last").statusCode()).isEqualTo(201);
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        var changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static Shell.Result rollback() {
        return machine.ssh("", stack.home() + "/host/rollback");
    }

    private static List<String> releases() {
        return machine.run("ls", stack.home() + "/releases").lines().toList();
    }

    private static void succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }

    private static String fails(Shell.Result result) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        return result.output();
    }
}
