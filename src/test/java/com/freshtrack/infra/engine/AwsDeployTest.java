package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the scripts that deploy do, in which order, and what stops them. The engine is a stand-in: {@link AwsPageTest} deploys
 * with the real one.
 */
@Tag("engine")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwsDeployTest {
    private static final String DEPLOY = "scripts/deploy-aws.sh";
    private static final String ROLLBACK = "scripts/rollback";
    private static final String FIRST = image('1');
    private static final String SECOND = image('2');
    private static final String THIRD = image('3');

    private static final String WITH_STAND_IN =
            "PATH='%s':$PATH\n".formatted(Checkout.file("src/test/resources/fake-pulumi"));

    @RegisterExtension
    static final FargateProject PROJECT = new FargateProject();

    @Test
    void tooManyWordsAreWrongUsage() {
        for (var wrong : List.of(
                run(DEPLOY, "prod", FIRST, "more"), run(ROLLBACK, "prod", "more"), run(DEPLOY), run(ROLLBACK))) {
            assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(2);
            assertThat(wrong.output()).startsWith("usage: ");
        }
    }

    @Test
    void whatIsNoDigestIsRefusedBeforeAnythingElse() {
        for (var wrong : List.of(
                "registry.example.com/api:2.0",
                "sha256:" + "1".repeat(64),
                FIRST + "0",
                "a b@sha256:" + "1".repeat(64))) {
            refused(run(DEPLOY, "prod", "'" + wrong + "'", "--yes"), "'" + wrong + "' is no image by digest");
        }
    }

    @Test
    void anotherTargetsStackAndOneThatIsNotThereAreRefused() {
        refused(run("scripts/deploy-vm.sh", "prod", "--yes"), "freshtrack:target in Pulumi.prod.yaml is 'aws-fargate'");
        refused(run(DEPLOY, "nosuch", "--yes"), "there is no Pulumi.nosuch.yaml");
        refused(run(ROLLBACK, "nosuch", "--yes"), "there is no Pulumi.nosuch.yaml");
    }

    @Test
    void withoutATerminalNothingIsDoneUnlessItIsToldNotToAsk() {
        refused(run(DEPLOY, "prod", FIRST), "there is no terminal to ask on");
    }

    @Test
    void whatTheDoctorFindsStopsADeploy() {
        PROJECT.says("identity.error", "Unable to locate credentials");

        refused(run(DEPLOY, "prod", "--yes"), "FAIL  account");
    }

    @Test
    void aDeployIsCheckedShownAndDoneAsTheStackFileSays() {
        var deployed = run(DEPLOY, "prod", "--yes");

        assertThat(deployed.exitCode()).as(deployed.output()).isZero();
        assertThat(deployed.output()).contains("ok    account");
        assertThat(PROJECT.pulumiCalls())
                .containsExactly("preview --stack prod", "up --stack prod --yes --skip-preview");
    }

    @Test
    void anImageIsShownInACopyAndWrittenOnceItWasAgreedTo() {
        var set = "config set freshtrack:apiImage " + SECOND + " --stack prod";

        var deployed = answered("yes", DEPLOY, "prod", SECOND);

        assertThat(deployed.exitCode()).as(deployed.output()).isZero();
        assertThat(deployed.output()).contains("Deploy 'prod' to AWS, region us-east-1 as shown?");
        assertThat(PROJECT.pulumiCalls())
                .satisfiesExactly(
                        call -> assertThat(call).startsWith(set + " --config-file /"),
                        call -> assertThat(call).startsWith("preview --stack prod --config-file /"),
                        call -> assertThat(call).isEqualTo(set),
                        call -> assertThat(call).isEqualTo("up --stack prod --yes --skip-preview"));
        assertThat(PROJECT.stack().get("apiImage")).isEqualTo(SECOND);
    }

    @Test
    void anImageThatIsDeclinedLeavesTheStackFileAsItWas() {
        var before = PROJECT.text("Pulumi.prod.yaml");

        var declined = answered("no", DEPLOY, "prod", SECOND);

        assertThat(declined.exitCode()).as(declined.output()).isEqualTo(1);
        assertThat(declined.output()).contains("as shown?", "nothing was changed");
        assertThat(PROJECT.pulumiCalls()).noneMatch(call -> call.startsWith("up"));
        assertThat(PROJECT.text("Pulumi.prod.yaml")).isEqualTo(before);
    }

    @Test
    void aPreviewThatFailsStopsADeploy() {
        var before = PROJECT.text("Pulumi.prod.yaml");
        PROJECT.says("preview", "fails");

        var failed = run(DEPLOY, "prod", SECOND, "--yes");

        assertThat(failed.exitCode()).as(failed.output()).isEqualTo(1);
        assertThat(failed.output()).contains("'pulumi preview' did not finish");
        assertThat(PROJECT.pulumiCalls()).noneMatch(call -> call.startsWith("up"));
        assertThat(PROJECT.text("Pulumi.prod.yaml")).isEqualTo(before);
    }

    @Test
    void anUpThatFailsFailsTheDeploy() {
        PROJECT.says("up", "fails");

        var failed = run(DEPLOY, "prod", "--yes");

        assertThat(failed.exitCode()).as(failed.output()).isEqualTo(1);
        assertThat(failed.output()).contains("'pulumi up' did not finish", "run this again");
    }

    @Test
    void aRollbackDeploysTheImageBefore() {
        // What the file says was never deployed, so it is neither what is left nor what is gone back to.
        PROJECT.stack().set("apiImage", THIRD);
        history(update("succeeded", SECOND), update("succeeded", SECOND), update("succeeded", FIRST));

        var rollback = answered("yes", ROLLBACK, "prod");

        assertThat(rollback.exitCode()).as(rollback.output()).isZero();
        assertThat(rollback.output()).containsSubsequence("from  " + SECOND, "to    " + FIRST, "ok    account");
        assertThat(PROJECT.pulumiCalls()).endsWith("up --stack prod --yes --skip-preview");
        assertThat(PROJECT.stack().get("apiImage")).isEqualTo(FIRST);
    }

    @Test
    void upsThatFailedAreLeftForTheLastGoodImage() {
        history(
                update("failed", THIRD),
                update("failed", image('4')),
                operation("preview", "succeeded", image('5')),
                operation("destroy", "succeeded", image('6')),
                update("succeeded", FIRST),
                update("succeeded", SECOND));

        assertThat(run(ROLLBACK, "prod").output()).contains("from  " + THIRD, "to    " + FIRST);
    }

    /** The CLI gives ten entries where it isn't asked for more: changes of the configuration alone can be as many. */
    @Test
    void theHistoryIsReadFurtherThanItsFirstPage() {
        history(update("succeeded", SECOND), update("succeeded", FIRST));

        assertThat(run(ROLLBACK, "prod").output()).contains("to    " + FIRST);
        assertThat(PROJECT.pulumiCalls()).contains("stack history --stack prod --json --page-size 200");
    }

    @Test
    void withoutAnEarlierImageThereIsNothingToGoBackTo() {
        history();
        refused(run(ROLLBACK, "prod", "--yes"), "'prod' was never deployed");

        history(update("succeeded", SECOND), update("failed", FIRST), update("succeeded", SECOND));
        refused(run(ROLLBACK, "prod", "--yes"), "no successful update of 'prod' had another one than " + SECOND);
    }

    private static void refused(Shell.Result result, String reason) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains(reason);
        assertThat(PROJECT.pulumiCalls()).allMatch(call -> call.startsWith("stack history"));
    }

    private static Shell.Result run(String... command) {
        return PROJECT.run(WITH_STAND_IN + String.join(" ", command));
    }

    /** On a terminal, which gets the answer at once; a dumb one, of which the CLI asks nothing. */
    private static Shell.Result answered(String answer, String... command) {
        return PROJECT.run(WITH_STAND_IN
                + "echo %s | TERM=dumb script -qec '%s' /dev/null".formatted(answer, String.join(" ", command)));
    }

    private static void history(String... operations) {
        PROJECT.says("history", "[\n" + String.join(",\n", operations) + "\n]");
    }

    private static String update(String result, String image) {
        return operation("update", result, image);
    }

    /** One of the history's entries, as the CLI indents them. */
    private static String operation(String kind, String result, String image) {
        return """
                {
                  "kind": "%s",
                  "config": {
                    "freshtrack:apiImage": {
                      "value": "%s",
                      "secret": false
                    }
                  },
                  "result": "%s"
                }"""
                .formatted(kind, image, result)
                .indent(2)
                .stripTrailing();
    }

    private static String image(char digit) {
        return "registry.example.com/freshtrack/api@sha256:"
                + String.valueOf(digit).repeat(64);
    }
}
