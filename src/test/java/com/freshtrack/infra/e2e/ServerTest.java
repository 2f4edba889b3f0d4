package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.CheckoutCopy;
import com.freshtrack.infra.engine.Operator;
import com.freshtrack.infra.engine.Story;
import com.freshtrack.infra.engine.TestStack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
 * The life of a product on a server that is reached over ssh, from an empty server to its teardown, as {@code
 * docs/self-hosted.md} leads through it: each test goes on from the one before it, and runs the page's next section or looks
 * at what can go wrong there.
 */
@Tag("vm")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Story.class)
@Timeout(value = 500, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Map<String, String> IMAGES = Checkout.images();
    private static final UUID READING = UUID.randomUUID();
    private static final String DEPLOY = "scripts/deploy-vm.sh";
    /** Of all deploys but the first. */
    private static final Map<String, String> WITHOUT_PREVIEW = Map.of(DEPLOY, Operator.WITHOUT_PREVIEW + DEPLOY);

    private static VirtualMachine machine;
    private static Offsite storage;
    private static CheckoutCopy checkout;
    private static Operator operator;
    private static Visitor visitor;
    private static CompletableFuture<Void> images;
    private static Product product;

    @BeforeAll
    static void startServer() {
        machine = VirtualMachine.start();
        storage = Offsite.start(machine.name() + "-offsite", machine.name());
        checkout = new CheckoutCopy(machine.environment());
        operator = ServerPage.operator(machine, storage, checkout);
        visitor = new Visitor(machine, ServerPage.DOMAIN, () -> operator.value("STACK"));
        var needed = new TreeMap<>(IMAGES);
        needed.remove("testPostgresImage17"); // RdsStatementsTest's alone
        // It takes half a minute, and nothing needs them before the deploy.
        images = CompletableFuture.runAsync(() -> machine.load(needed.values()));
    }

    @AfterAll
    static void removeServer() {
        // The storage is on the machine's network, and goes with it.
        try (var last = machine;
                var first = checkout) {}
    }

    @Test
    @Order(1)
    void prepareMakesTheServerReadyAndASecondRunChangesNothing() {
        assertThat(operator.follow("Before the first deploy"))
                .contains("changed   ssh", "changed   firewall")
                .endsWith("ready\n");
        assertThat(machine.prepare())
                .as("the second run")
                .noneMatch(line -> line.startsWith("changed"))
                .endsWith("ready");
        assertThat(machine.run("sshd", "-T"))
                .contains(
                        "passwordauthentication no",
                        "kbdinteractiveauthentication no",
                        "permitrootlogin without-password");
    }

    /** Neither doctor nor the engine hangs, and both give ssh's own reason where sshd has nothing against them yet. */
    @Test
    @Order(2)
    void aWrongKeyAndAHostThatDoesNotAnswerEndWithAClearErrorWithinAMinute() {
        mustFailWithin(machine.environment(), machine.dockerHost() + ":2222", "port 2222: Connection timed out");
        mustFailWithin(machine.strangersEnvironment(), machine.dockerHost(), "Permission denied (publickey)");
        forgetWhoFailedToLogIn();
    }

    /** Who failed a few times is refused for a while without being told why. */
    private static void forgetWhoFailedToLogIn() {
        machine.restart("sshd");
    }

    @Test
    @Order(3)
    void theFirstDeployChecksTheServerAndDeploys() {
        images.join();

        var deployed = operator.follow("First deploy", Map.of(DEPLOY, settings() + DEPLOY));
        assertThat(deployed).contains("ok    Docker Engine", "Previewing update", "Updating");
        assertThat(visitor.post(READING)).isEqualTo("201");
        product = Product.on(machine, checkout.stack(operator.value("STACK")));

        var unasked = operator.run(DEPLOY + " \"$STACK\"");
        assertThat(unasked.exitCode()).as(unasked.output()).isEqualTo(1);
        assertThat(unasked.output()).contains("there is no terminal to ask on").doesNotContain("Previewing");
    }

    /** What a server without a container registry needs, and what {@code prod} has by itself. */
    private static String settings() {
        var settings = new TreeMap<>(Map.of("environment", "dev", "observability", "true", "backup", "true"));
        IMAGES.forEach((key, image) -> {
            if (!key.startsWith("test") && !key.equals("apiImage")) {
                settings.put(key, image);
            }
        });
        var text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append("pulumi config set --stack \"$STACK\" freshtrack:%s '%s'\n".formatted(key, value)));
        return text.toString();
    }

    @Test
    @Order(4)
    void aSecondUpTouchesNothing() {
        assertThat(operator.follow("DNS and certificates"))
                .contains(ServerPage.DOMAIN + " A the public address of ", "grafana." + ServerPage.DOMAIN + " A ");
        var before = product.identities();

        assertThat(product.stack().up().mustSucceed().changes()).isEmpty();
        assertThat(product.identities()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void noRequestIsLostByANewRelease() {
        try (var load = Load.start(product, 10, Duration.ofMillis(150))) {
            operator.set("API_IMAGE", IMAGES.get("testApiImageV2"));
            operator.follow("A new release", WITHOUT_PREVIEW);
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).containsOnlyKeys("v1", "v2");
        }
        assertThat(operator.follow("Monitoring")).contains("https://grafana." + ServerPage.DOMAIN);
    }

    /** Docker's published ports go past INPUT: it is DOCKER-USER that must hold, after a restart of dockerd too. */
    @Test
    @Order(6)
    void theFirewallHoldsForWhatDockerPublishes() {
        var before = product.identities();
        var serve = "require('http').createServer((_, answer) => answer.end('inside')).listen(8080)";
        product.docker(
                "run",
                "--detach",
                "--name",
                "other",
                "--publish",
                "8080:8080",
                "--entrypoint",
                "node",
                IMAGES.get("apiImage"),
                "-e",
                serve);
        try {
            assertThat(machine.run(
                            "curl",
                            "-fs",
                            "--retry",
                            "20",
                            "--retry-all-errors",
                            "--retry-delay",
                            "1",
                            "--max-time",
                            "20",
                            "http://127.0.0.1:8080"))
                    .isEqualTo("inside");
            assertTheFrontDoorAloneIsOpen();

            machine.restart("dockerd");
            assertTheFrontDoorAloneIsOpen();
            assertThat(product.identities())
                    .as("with live-restore nothing restarts with dockerd")
                    .isEqualTo(before);

            var metadata = product.docker(
                    "exec",
                    "other",
                    "node",
                    "-e",
                    "fetch('http://169.254.169.254/').then(() => console.log('answered'), error => console.log(error.cause.code))");
            assertThat(metadata).as("the metadata service from a container").isEqualTo("ECONNREFUSED");
        } finally {
            product.docker("rm", "--force", "other");
        }
    }

    private static void assertTheFrontDoorAloneIsOpen() {
        assertThat(accepts(443)).as("the front door").isTrue();
        assertThat(accepts(8080)).as("a port that Docker published").isFalse();
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(machine.address(), port), 2000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Order(7)
    void backupsGoOffsiteAndComeBack() {
        var asked = "--secret freshtrack:backupS3AccessKey";
        var answered = asked + " " + Offsite.ACCESS_KEY;
        var secret = "--secret freshtrack:backupS3SecretKey";
        var loss = "docker --host \"ssh://$SERVER\" exec \"freshtrack-$STACK-postgres\" psql --username postgres"
                + " --dbname frostguard --command 'DELETE FROM readings'\n";
        assertThat(operator.follow(
                        "Backup and restore",
                        Map.of(
                                DEPLOY,
                                Operator.WITHOUT_PREVIEW + DEPLOY,
                                asked,
                                answered,
                                secret,
                                secret + " " + Offsite.SECRET_KEY,
                                "scripts/restore \"$STACK\"",
                                loss + "scripts/restore \"$STACK\"")))
                .contains("offsite  ", "the drill passed", "DELETE ", "restored");
        assertThat(visitor.reading(READING)).contains("\"page\"");
    }

    /** Its disk for backups is one of 16 KiB, put over the real one, which keeps what it has. */
    @Test
    @Order(8)
    void aFullDiskFailsTheBackupAndNothingElse() {
        var volume = product.docker("volume", "inspect", "--format", "{{.Mountpoint}}", product.container("backups"));
        var before = localBackups();
        assertThat(before).isNotEmpty();

        machine.run("mount", "-t", "tmpfs", "-o", "size=16k", "full", volume);
        try {
            product.docker("restart", product.container("backup"));
            var full = operator.run("scripts/backup \"$STACK\"");

            assertThat(full.succeeded()).as(full.output()).isFalse();
            assertThat(full.output()).contains("No space left on device").doesNotContain("made ");
            assertThat(product.docker("exec", product.container("backup"), "ls", "/backups"))
                    .as("what is left of it")
                    .isEmpty();
            assertThat(product.docker("exec", product.container("backup"), "cat", "/metrics/backup.prom"))
                    .contains("freshtrack_backup_last_success_timestamp_seconds{destination=\"local\"} 0");
            product.awaitHealthy(Duration.ofSeconds(30));
        } finally {
            machine.run("umount", volume);
            product.docker("restart", product.container("backup"));
        }

        var after = operator.run("scripts/backup \"$STACK\"");
        assertThat(after.succeeded()).as(after.output()).isTrue();
        assertThat(localBackups()).containsAll(before).hasSizeGreaterThan(before.size());
    }

    private static List<String> localBackups() {
        return operator.type("scripts/backup \"$STACK\" --list")
                .lines()
                .filter(line -> line.startsWith("local "))
                .map(line -> line.split(" +")[1])
                .toList();
    }

    /** The emptied server is the new one. */
    @Test
    @Order(9)
    void aNewServerGetsEverythingFromOffsite() {
        var authority = product.authority();
        machine.run(
                "sh",
                "-c",
                "docker rm --force $(docker ps --all --quiet); docker volume rm $(docker volume ls --quiet)");
        machine.run("docker", "network", "prune", "--force");

        // Half as many containers do for the rest.
        product.stack().set("observability", "false");
        assertThat(operator.follow("The server is gone", WITHOUT_PREVIEW)).contains("restored");
        operator.set("STACK", operator.value("STACK") + "-new");
        product = Product.on(machine, checkout.stack(operator.value("STACK")));
        assertThat(product.authority()).as("Caddy's certificates").isEqualTo(authority);
        assertThat(visitor.reading(READING)).contains("\"page\"");
        assertThat(visitor.get("/version")).contains("v2");
    }

    @Test
    @Order(10)
    void aNewMajorVersionOfPostgresHasTheOldOnesData() {
        var close = "ssh \"$SERVER\" 'for protocol in tcp udp; do iptables -I";
        var knock =
                "docker exec %s timeout 3 bash -c ': </dev/tcp/%s/443'".formatted(storage.name(), machine.address());
        var backup = "scripts/backup \"$STACK\"";
        operator.follow(
                "A new major version of PostgreSQL",
                Map.of(
                        DEPLOY,
                        Operator.WITHOUT_PREVIEW + DEPLOY,
                        close,
                        knock + "\n" + close,
                        backup,
                        "if " + knock + "; then echo 'somebody else gets in'; exit 1; fi\n" + backup,
                        "postgres:16",
                        IMAGES.getOrDefault("testPostgresImage16", "postgres:16"),
                        "eeshugerman/postgres-backup-s3:16",
                        IMAGES.getOrDefault("testBackupImage16", "eeshugerman/postgres-backup-s3:16")));
        assertThat(product.sql("SHOW server_version")).startsWith("16.");
        assertThat(machine.run("iptables", "-S", "DOCKER-USER"))
                .as("the front door is open again")
                .doesNotContain("--dport 443");
        assertThat(visitor.reading(READING)).contains("\"page\"");
        assertThat(visitor.post(UUID.randomUUID())).isEqualTo("201");
    }

    @Test
    @Order(11)
    void aRestartedServerBringsTheProductBackWithItsDataAndItsFirewall() {
        machine.restart();

        product.awaitHealthy(Duration.ofMinutes(2));
        assertThat(visitor.reading(READING)).contains("\"page\"");
        assertThat(machine.prepare()).noneMatch(line -> line.startsWith("changed"));
    }

    @Test
    @Order(12)
    void theTeardownLeavesNothing() {
        operator.follow("Teardown");

        assertThat(machine.run("docker", "ps", "--all", "--quiet")).isEmpty();
        assertThat(machine.run("docker", "volume", "ls", "--quiet")).isEmpty();
        assertThat(operator.unread()).as("sections that nobody followed").isEmpty();
    }

    private static void mustFailWithin(Map<String, String> environment, String dockerHost, String reason) {
        try (var elsewhere = TestStack.runnableOn(dockerHost, environment)) {
            var doctor = elsewhere.run(MINUTE, Checkout.file("scripts/doctor").toString(), "--host", dockerHost);
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.output()).contains("FAIL  ssh", reason, "not ready");
            forgetWhoFailedToLogIn();

            var begin = Instant.now();
            var failed = elsewhere.up().mustFail();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(MINUTE);
            assertThat(failed.output()).contains(reason);
        }
    }
}
