package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Outcome;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.Story;
import java.time.Duration;
import java.time.Instant;
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

/**
 * What {@code up}, and {@code host/deploy} and {@code host/rollback} without it, do on a server, good and bad; each test goes on from
 * the one before it. The cloud around the server is SIMULATED; the server, its engine and the {@code command} provider act.
 */
@Tag("vm")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Story.class)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComposeMachineTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Map<String, String> IMAGES = Checkout.images();
    private static final String NEXT = IMAGES.get("testApiImageV2");
    private static final List<String> WITHOUT_MONITORING =
            List.of("backupImage", "caddyImage", "minioImage", "pgbouncerImage", "postgresImage", "redisImage");
    private static final UUID READING = UUID.randomUUID();

    private static VirtualMachine machine;
    private static ComposeMachine stack;
    private static String nextInRegistry;
    private static Visitor visitor;
    private static Product product;

    @BeforeAll
    static void startServer() {
        machine = VirtualMachine.start();
        machine.load(WITHOUT_MONITORING.stream()
                .filter(IMAGES::containsKey)
                .map(IMAGES::get)
                .toList());
        stack = new ComposeMachine(machine, machine.publish(IMAGES.get("apiImage")));
        nextInRegistry = machine.publish(NEXT);
        visitor = new Visitor(
                machine, stack.stack().get("domain"), () -> stack.stack().name());
        machine.beginFirstBoot();
    }

    @AfterAll
    static void removeServer() {
        try (var last = machine;
                var first = stack) {}
    }

    /** It waits for the first boot, and asks nothing from outside: nobody finds the front door yet. */
    @Test
    @Order(1)
    void theFirstUpServes() {
        var up = stack.up().mustSucceed();
        assertThat(up.output())
                .contains("SIMULATED", "reserved IPs are " + machine.address() + " (SIMULATED_RESERVED_IP)");
        assertThat(up.changes())
                .contains("create freshtrack-product-deploy")
                .noneMatch(step -> step.endsWith("verdict"));
        assertThat(machine.waitsForFirstBoot()).isEqualTo(1);

        product = Product.on(machine, stack.stack());
        assertThat(visitor.post(READING)).isEqualTo("201");
        assertThat(visitor.get("/version")).contains("v1");
        product.awaitHealthy(Duration.ofSeconds(20));
    }

    /** Whoever reads one owns it, and nobody else finds it; the engine shows none. */
    @Test
    @Order(2)
    void everySecretIsItsReadersOwn() {
        var folder = stack.home() + "/secrets";
        assertThat(machine.run("stat", "--format", "%a %u", folder)).isEqualTo("700 0");
        assertThat(machine.run("stat", "--format", "%a %u", stack.home() + "/incoming/secrets"))
                .isEqualTo("600 0");
        var files = machine.run("sh", "-c", "cd " + folder + " && stat --format '%n %a %u' */*")
                .lines()
                .toList();
        var api = product.docker("exec", product.container("api-a"), "id", "-u");

        assertThat(files)
                .hasSize(stack.secretFiles())
                .allMatch(file -> file.split(" ")[1].equals("400"))
                .contains(
                        "api-a.1/redis_password 400 " + api,
                        "pgbouncer-a.1/userlist.txt 400 65534",
                        "deploy.1/roles.sql 400 0");
        var secrets = stack.secrets();
        assertThat(secrets).hasSizeGreaterThan(8).allMatch(secret -> secret.length() > 12);
        for (var service : Product.SERVICES) {
            assertThat(product.docker("inspect", product.container(service)))
                    .as(service)
                    .doesNotContain(secrets);
        }
        assertThat(stack.stack().transcript()).doesNotContain(secrets);
    }

    @Test
    @Order(3)
    void aSecondPreviewIsEmptyAndASecondDeployTouchesNothing() {
        var before = product.identities();

        assertThat(stack.stack().preview().mustSucceed().changes()).isEmpty();
        succeeds(stack.deployAgain());
        assertThat(product.identities()).isEqualTo(before);
        assertThat(releases()).hasSize(1);
    }

    /** Nothing is sent to a machine with another key, and one that doesn't know the stack's isn't asked for long. */
    @Test
    @Order(4)
    void anotherHostKeyAndAWrongKeyEndUpWithAClearErrorWithinAMinute() {
        assertThat(mustFailWithAnother(
                                "hostKey", SshKeys.HOST, machine.hostKey(), "it is another machine than this stack's")
                        .changes())
                .filteredOn(step -> step.contains("freshtrack-product"))
                .containsExactly("update freshtrack-product-answering");
        mustFailWithAnother("deployKey", SshKeys.DEPLOY, machine.deployKey(), "Permission denied (publickey)");
        // It remembers who failed to log in, and refuses this machine for a while.
        machine.restart("sshd");
    }

    private static Outcome mustFailWithAnother(String key, String other, String own, String reason) {
        stack.stack().setSecret(key, other);
        try {
            var begin = Instant.now();
            var up = stack.up().mustFail();
            assertThat(up.output()).contains(reason);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(MINUTE);
            return up;
        } finally {
            stack.stack().setSecret(key, own);
        }
    }

    /** With the volume grown meanwhile. */
    @Test
    @Order(5)
    void onceItsDnsIsReadyAnUpAsksThroughTheFrontDoor() {
        succeeds(stack.verdict("staging", "/ready"));
        assertThat(fails(stack.verdict("public", "/ready"))).contains("certificate");
        stack.dnsIsReady(product.authority());
        assertThat(fails(stack.verdict("public", "/nothing"))).contains("answers 404, not 200");
        stack.stack().set("dataVolumeGiB", "30");
        machine.growDisk(96);

        assertThat(stack.up().mustSucceed().output())
                .contains("verdict: https://" + stack.stack().get("domain") + "/ready answers");
        assertThat(machine.fileSystemMiB()).isEqualTo(96);
    }

    /** A new pool too, so that the pooler leaves after its API and comes before it. */
    @Test
    @Order(6)
    void noRequestIsLostByANewRelease() {
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            stack.stack().set("apiImage", nextInRegistry);
            stack.stack().set("defaultPoolSize", "20");
            stack.up().mustSucceed();
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).containsOnlyKeys("v1", "v2");
        }
        assertThat(product.console("b", "SHOW CONFIG")).contains("\ndefault_pool_size|20|");
        assertThat(visitor.reading(READING)).contains("\"page\"");
    }

    @Test
    @Order(7)
    void aReleaseThatIsNeverReadyFailsTheUpAndLeavesTheOldOneServing() {
        var before = product.identities();
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            stack.stack().set("apiReadyTimeoutSeconds", "40");
            stack.stack().set("apiEnv", "{\"FAULT\":\"never-ready\"}");
            assertThat(stack.up().mustFail().output())
                    .contains("api-a is not ready after 40 s", "Its last lines:", "/ready answers 503", "serves on");
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
    @Order(8)
    void aFailedMigrationChangesNoUnitAndTheOldConfigurationLeadsBack() {
        var before = product.identities();
        stack.stack().set("migrateCommand", "[\"node\",\"src/migrate.js\",\"again\"]");
        stack.stack().set("apiEnv", "{\"FAULT\":\"migration-fails\"}");

        assertThat(stack.up().mustFail().output()).contains("migration failed: FAULT=migration-fails", "serves on");
        assertThat(product.identities()).isEqualTo(before);

        List.of("apiEnv", "apiReadyTimeoutSeconds", "migrateCommand").forEach(stack.stack()::unset);
        assertThat(stack.up().mustSucceed().changes()).contains("update freshtrack-product-deploy");
        assertThat(product.identities()).isEqualTo(before);
    }

    @Test
    @Order(9)
    void oneDeployAtATime() {
        var lock = stack.home() + "/deploy.lock";
        machine.run("sh", "-c", "echo \"4242 $(($(date +%s) - 90)) 192.0.2.1\" >" + lock);
        machine.run("sh", "-c", "flock " + lock + " sleep 300 >/dev/null 2>&1 & echo $! >/run/holder; sleep 0.5");
        try {
            assertThat(fails(stack.deployAgain()))
                    .contains("another deploy holds the lock: process 4242, from 192.0.2.1, for 9");
        } finally {
            machine.run("sh", "-c", "pkill -P $(cat /run/holder); true");
        }
    }

    @Test
    @Order(10)
    void aRollbackLeadsToTheReleaseBeforeAndASecondOneForwardAgain() throws Exception {
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            succeeds(rollback());
            assertThat(visitor.get("/version")).contains("v1");
            succeeds(rollback());
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
        }
        assertThat(visitor.get("/version")).contains("v2");
    }

    /**
     * Something has the name of the container that is started last, so a new secret's release serves when its deploy fails. The
     * old secret is then nothing new to the engine.
     */
    @Test
    @Order(11)
    void whereTheDeployOfANewSecretFailedLateTheOldOneLeadsBack() {
        var before = currentRelease();
        var last = product.container("backup");
        product.docker("rm", "--force", last);
        product.docker("create", "--name", last, NEXT);
        stack.stack().setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"hunter3-webhook\"}");
        assertThat(stack.up().mustFail().output()).contains("/" + last + "\" is already in use");
        assertThat(currentRelease()).isNotEqualTo(before);

        product.docker("rm", last);
        stack.stack().setSecret("apiSecrets", ComposeMachine.WEBHOOK_KEY);
        assertThat(stack.up().mustSucceed().changes())
                .contains("update freshtrack-product-deploy", "update freshtrack-product-secrets")
                .noneMatch(step -> step.contains("-file-"));
        assertThat(currentRelease()).isEqualTo(before);
        product.awaitHealthy(Duration.ofSeconds(20));
    }

    /** A copy whose end the engine didn't see leaves other secrets than it knows of. */
    @Test
    @Order(12)
    void secretsThatTheEngineDoesNotKnowOfAreRefusedAndBroughtAnew() {
        var before = currentRelease();
        machine.run("sed", "-i", "1d", stack.home() + "/incoming/secrets");

        var refused = fails(stack.deployAgain());
        assertThat(refused)
                .contains("incoming/secrets isn't what was asked for", "pulumi up --replace '**-product-secrets'");
        stack.stack().up("--replace", "**-product-secrets").mustSucceed();

        assertThat(machine.run("grep", "-c", "", stack.home() + "/incoming/secrets"))
                .isEqualTo(String.valueOf(stack.secretFiles()));
        assertThat(currentRelease()).isEqualTo(before);
    }

    private static String currentRelease() {
        return machine.run("readlink", stack.home() + "/current");
    }

    @Test
    @Order(13)
    void noMoreThanThreeReleasesAreKept() {
        succeeds(stack.deployAgain());

        assertThat(releases()).hasSize(3);
        assertThat(fails(machine.ssh("", stack.home() + "/host/rollback nothing")))
                .contains("there is no release 'nothing'");
    }

    @Test
    @Order(14)
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
    @Order(15)
    void aFullDiskFailsTheBackupAndNothingElse() {
        var volume = backups();
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
    @Order(16)
    void aMachineThatComesBackWithoutItsVolumeBeginsNoDatabase() throws Exception {
        machine.run("mv", "/disk", "/disk.away");
        machine.restart();

        assertThat(fails(stack.deployAgain())).contains("/var/lib/docker/volumes/.freshtrack");
        assertThat(machine.run("find", "/var/lib/docker/volumes", "-name", "PG_VERSION"))
                .isEmpty();

        machine.run("mv", "/disk.away", "/disk");
        machine.restart();
        product.awaitHealthy(Duration.ofMinutes(1));
        assertThat(readings("WHERE id = '" + READING + "'")).isEqualTo("1");
        assertThat(visitor.post(UUID.randomUUID())).isEqualTo("201");
    }

    /** With other passwords than before, and a first backup of its own, which has nothing in it. The old ones come as they would from a bucket. */
    @Test
    @Order(17)
    void aBackupIsRestoredOnAnEmptyMachine() {
        succeeds(stack.script("backup"));
        var newest = machine.run("ls", backups())
                .lines()
                .filter(name -> name.endsWith("Z"))
                .max(String::compareTo)
                .orElseThrow();
        var before = readings("");
        var password = product.docker("exec", product.container("postgres"), "cat", "/run/secrets/postgres_password");
        machine.run("cp", "-a", backups(), "/kept");
        stack.stack().destroy().mustSucceed();
        machine.run(
                "sh", "-c", "docker rm --force --volumes $(docker ps -aq) && docker volume rm $(docker volume ls -q)");
        machine.run("rm", "-r", stack.home());

        stack.stack().set("dnsReady", "false");
        stack.up().mustSucceed();
        assertThat(readings("")).isEqualTo("0");
        assertThat(product.docker("exec", product.container("postgres"), "cat", "/run/secrets/postgres_password"))
                .isNotEqualTo(password);
        machine.run("cp", "-a", "/kept/.", backups());
        succeeds(stack.script("restore", "--backup", newest));

        assertThat(readings("")).isEqualTo(before);
        assertThat(visitor.reading(READING)).contains("\"page\"");
        assertThat(fails(stack.script("restore"))).contains("--overwrite");
    }

    private static String readings(String where) {
        return product.sql("SELECT count(*) FROM readings " + where);
    }

    /** Where the machine has the volume of backups. */
    private static String backups() {
        return product.docker("volume", "inspect", "--format", "{{.Mountpoint}}", product.container("backups"));
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
