package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.TestStack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** The life of a product on a server that is reached over ssh, step by step: each test goes on from the one before it. */
@Tag("vm")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VmTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static VirtualMachine machine;
    private static TestStack stack;
    private static CompletableFuture<Void> images;
    private static Product product;

    @BeforeAll
    static void startServer() {
        machine = VirtualMachine.start();
        stack = TestStack.runnableOn(machine.dockerHost(), machine.environment());
        stack.set("backup", "true");
        stack.setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + Product.API_SECRET + "\"}");
        Checkout.copyScripts(stack.directory());
        // It takes half a minute, and nothing needs them before the deploy.
        images = CompletableFuture.runAsync(() -> machine.load(Checkout.images().values()));
    }

    @AfterAll
    static void removeServer() {
        if (stack != null) {
            stack.close();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    @Order(1)
    void prepareMakesTheServerReadyAndASecondRunChangesNothing() {
        assertThat(machine.prepare())
                .as("the first run")
                .anyMatch(line -> line.startsWith("changed   ssh"))
                .anyMatch(line -> line.startsWith("changed   firewall"))
                .endsWith("ready");
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

    /** Neither doctor nor the engine hangs, and both give ssh's own reason. */
    @Test
    @Order(2)
    void aWrongKeyAndAHostThatDoesNotAnswerEndWithAClearErrorWithinAMinute() {
        var silent = CompletableFuture.runAsync(() -> mustFailWithin(
                machine.environment(), machine.dockerHost() + ":2222", "port 2222: Connection timed out"));
        mustFailWithin(machine.strangersEnvironment(), machine.dockerHost(), "Permission denied (publickey)");
        silent.join();
        // It remembers who failed to log in, and refuses this machine for a while.
        machine.restart("sshd");
    }

    @Test
    @Order(3)
    void deployVmChecksTheServerAndDeploys() {
        images.join();

        var unasked = script("scripts/deploy-vm.sh", stack.name());
        assertThat(unasked.exitCode()).as(unasked.output()).isEqualTo(1);
        assertThat(unasked.output()).contains("there is no terminal to ask on").doesNotContain("Previewing");
        var deployed = script("scripts/deploy-vm.sh", stack.name(), "--yes");
        assertThat(deployed.exitCode()).as(deployed.output()).isZero();
        assertThat(deployed.output()).contains("ok    Docker Engine", "Previewing update", "Updating");

        product = Product.on(machine, stack);
    }

    @Test
    @Order(4)
    void aSecondUpTouchesNothing() {
        var before = product.identities();

        assertThat(stack.up().mustSucceed().changes()).isEmpty();
        assertThat(product.identities()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void noRequestIsLostByANewImage() {
        try (var load = Load.start(product, 10, Duration.ofMillis(100))) {
            stack.set("apiImage", Checkout.images().get("testApiImageV2"));
            stack.up().mustSucceed();
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).containsOnlyKeys("v1", "v2");
        }
    }

    /** Docker's published ports go past INPUT: it is DOCKER-USER that must hold, after a restart of dockerd too. */
    @Test
    @Order(6)
    void theFirewallHoldsForWhatDockerPublishes() {
        var before = product.identities();
        var image = stack.get("apiImage");
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
                image,
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
            assertReachableAreOnly443();

            machine.restart("dockerd");
            assertReachableAreOnly443();
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

    @Test
    @Order(7)
    void aRestartedServerBringsTheProductBackWithItsDataAndItsFirewall() throws Exception {
        var id = UUID.randomUUID();
        assertThat(product.post(id, "before-restart").statusCode()).isEqualTo(201);

        machine.restart();

        product.awaitHealthy(Duration.ofMinutes(2));
        assertThat(product.get("/readings/" + id).body()).contains("before-restart");
        assertThat(machine.prepare()).noneMatch(line -> line.startsWith("changed"));
    }

    private static void mustFailWithin(Map<String, String> environment, String dockerHost, String reason) {
        try (var elsewhere = TestStack.runnableOn(dockerHost, environment)) {
            var doctor = elsewhere.run(MINUTE, Checkout.file("scripts/doctor").toString(), "--host", dockerHost);
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.output()).contains("FAIL  ssh", reason, "not ready");

            var begin = Instant.now();
            var failed = elsewhere.up().mustFail();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(MINUTE);
            assertThat(failed.output()).contains(reason);
        }
    }

    private static void assertReachableAreOnly443() {
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

    private static Shell.Result script(String script, String... arguments) {
        var command = new ArrayList<>(List.of(stack.directory().resolve(script).toString()));
        command.addAll(List.of(arguments));
        return stack.run(Duration.ofMinutes(5), command.toArray(String[]::new));
    }
}
