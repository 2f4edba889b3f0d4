package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Releases of a stack on Fargate by its scripts, one after another: each test goes on from the one before it. What AWS does
 * is SIMULATED.
 */
@Tag("engine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwsDeployTest {
    private static final String DEPLOY = "scripts/deploy-aws.sh";
    private static final String ROLLBACK = "scripts/rollback";
    private static final String FIRST = image('1');
    private static final String SECOND = image('2');
    private static final String THIRD = image('3');
    private static final String FOURTH = image('4');

    private static TestStack stack;

    @BeforeAll
    static void makeStack() {
        stack = TestStack.simulated("prod", "examples/Pulumi.aws-fargate.yaml");
        Checkout.copyScripts(stack.directory());
    }

    @AfterAll
    static void removeStack() {
        stack.close();
    }

    @Test
    @Order(1)
    void tooManyWordsAreWrongUsage() {
        for (var wrong : List.of(
                run(DEPLOY, "prod", FIRST, "more"), run(ROLLBACK, "prod", "more"), run(DEPLOY), run(ROLLBACK))) {
            assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(2);
            assertThat(wrong.output()).startsWith("usage: ");
        }
    }

    @Test
    @Order(1)
    void whatIsNoDigestIsRefusedBeforeAnythingElse() throws IOException {
        var before = stackFile();

        for (var wrong : List.of(
                "registry.example.com/api:2.0",
                "sha256:" + "1".repeat(64),
                FIRST + "0",
                "a b@sha256:" + "1".repeat(64))) {
            refused(run(DEPLOY, "prod", wrong, "--yes"), "'" + wrong + "' is no image by digest");
        }
        assertThat(stackFile()).isEqualTo(before);
    }

    @Test
    @Order(1)
    void anotherTargetsStackAndOneThatIsNotThereAreRefused() {
        refused(run("scripts/deploy-vm.sh", "prod", "--yes"), "freshtrack:target in Pulumi.prod.yaml is 'aws-fargate'");
        refused(run(DEPLOY, "nosuch", "--yes"), "there is no Pulumi.nosuch.yaml");
        refused(run(ROLLBACK, "nosuch", "--yes"), "there is no Pulumi.nosuch.yaml");
    }

    @Test
    @Order(1)
    void whatTheDoctorFindsStopsADeploy() throws IOException {
        var refusal = Files.writeString(stack.directory().resolve("identity.error"), "Unable to locate credentials");
        refused(run(DEPLOY, "prod", "--yes"), "FAIL  account");
        Files.delete(refusal);
    }

    @Test
    @Order(2)
    void withoutATerminalNothingIsDoneUnlessItIsToldNotToAsk() {
        refused(run(DEPLOY, "prod", FIRST), "there is no terminal to ask on");
        refused(run(ROLLBACK, "prod", "--yes"), "'prod' was never deployed");
    }

    @Test
    @Order(3)
    void theFirstReleaseHasNothingToGoBackTo() {
        stack.set("apiImage", FIRST);
        stack.up().mustSucceed();

        refused(run(ROLLBACK, "prod", "--yes"), "no successful update of 'prod' had another one than " + FIRST);
    }

    @Test
    @Order(4)
    void aDeployThatIsDeclinedLeavesTheStackFileAsItWas() throws IOException {
        var before = stackFile();

        var declined = answered("no", DEPLOY, "prod", SECOND);

        assertThat(declined.exitCode()).as(declined.output()).isEqualTo(1);
        assertThat(declined.output())
                .contains("freshtrack-api", "Deploy 'prod' to AWS, region us-east-1 as shown?", "nothing was changed")
                .doesNotContain("Updating");
        assertThat(stackFile()).isEqualTo(before);
        assertThat(deployed()).isEqualTo(FIRST);
    }

    @Test
    @Order(5)
    void aReleaseIsCheckedShownAndDeployed() {
        var release = run(DEPLOY, "prod", SECOND, "--yes");

        assertThat(release.exitCode()).as(release.output()).isZero();
        assertThat(release.output()).containsSubsequence("ok    account", "Previewing update", "Updating");
        assertThat(stack.get("apiImage")).isEqualTo(SECOND);
        assertThat(deployed()).isEqualTo(SECOND);
    }

    @Test
    @Order(6)
    void aRollbackGoesBackToTheImageBefore() {
        // It was never deployed, so it is neither what is left nor what is gone back to.
        stack.set("apiImage", THIRD);

        var rollback = answered("yes", ROLLBACK, "prod");

        assertThat(rollback.exitCode()).as(rollback.output()).isZero();
        assertThat(rollback.output())
                .containsSubsequence("from  " + SECOND, "to    " + FIRST, "Previewing", "Updating");
        assertThat(stack.get("apiImage")).isEqualTo(FIRST);
        assertThat(deployed()).isEqualTo(FIRST);
    }

    @Test
    @Order(7)
    void upsThatFailedAreLeftForTheLastGoodImage() {
        stack.set("databaseCaFile", "nosuch.pem");
        for (var image : List.of(THIRD, FOURTH)) {
            stack.set("apiImage", image);
            assertThat(stack.up().succeeded()).isFalse();
        }
        stack.restore("databaseCaFile");

        var rollback = run(ROLLBACK, "prod");

        assertThat(rollback.output()).contains("from  " + FOURTH, "to    " + FIRST);
    }

    /** The image in the newest task definition of the API that the state knows. */
    private static String deployed() {
        var images = new ArrayList<String>();
        stack.state().path("resources").forEach(resource -> {
            if (resource.path("urn").asText().endsWith("aws:ecs/taskDefinition:TaskDefinition::freshtrack-api")) {
                Engine.parse(resource.path("inputs")
                                .path("containerDefinitions")
                                .asText())
                        .forEach(container -> {
                            if (container.path("name").asText().equals("api")) {
                                images.add(container.path("image").asText());
                            }
                        });
            }
        });
        assertThat(images).hasSize(1);
        return images.get(0);
    }

    private static void refused(Shell.Result result, String reason) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains(reason).doesNotContain("Previewing");
    }

    private static Shell.Result run(String script, String... arguments) {
        var command = new ArrayList<>(List.of("env", "-u", "AWS_REGION", "-u", "AWS_DEFAULT_REGION", script(script)));
        command.addAll(List.of(arguments));
        return stack.run(Duration.ofMinutes(4), command.toArray(String[]::new));
    }

    /** On a terminal, which gets the answer at once; a dumb one, on which the engine asks for no keys. */
    private static Shell.Result answered(String answer, String script, String... arguments) {
        var command = "env -u AWS_REGION -u AWS_DEFAULT_REGION " + script(script) + " " + String.join(" ", arguments);
        return stack.run(
                Duration.ofMinutes(4),
                "sh",
                "-c",
                "echo \"$1\" | TERM=dumb script -qec \"$2\" /dev/null",
                "sh",
                answer,
                command);
    }

    private static String script(String script) {
        return stack.directory().resolve(script).toString();
    }

    private static String stackFile() throws IOException {
        return Files.readString(stack.directory().resolve("Pulumi.prod.yaml"));
    }

    private static String image(char digit) {
        return "registry.example.com/freshtrack/api@sha256:"
                + String.valueOf(digit).repeat(64);
    }
}
