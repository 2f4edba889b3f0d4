package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.services.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The deploy's scripts with an AWS CLI that answers from files. */
@Tag("unit")
@Timeout(30)
class DeployScriptsTest {
    private static final Path FAKES = Path.of("src/test/resources/fake-aws").toAbsolutePath();
    private static final String ASKED = "arn:aws:ecs:us-east-1:123456789012:task-definition/api:2";
    private static final String BEFORE = "arn:aws:ecs:us-east-1:123456789012:task-definition/api:1";

    private record Ended(int code, String output) {}

    @TempDir
    private Path answers;

    @BeforeEach
    void noCalls() throws IOException {
        Files.createFile(answers.resolve("calls"));
    }

    @Test
    void aTaskRunsInItsNetworkToItsEnd() throws Exception {
        var ended = run("run-task.sh");

        assertThat(ended.output()).isEqualTo("migrate: done\n");
        assertThat(ended.code()).isZero();
        assertThat(calls())
                .contains(
                        "awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=DISABLED}")
                .contains("--task-definition " + ASKED);
    }

    @Test
    void aTaskThatFailsFailsTheDeployWithItsLastLines() throws Exception {
        answer("task", "STOPPED\t3\tEssential container in task exited\n");

        var ended = run("run-task.sh");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("  the last line\n", "migrate: exit code 3, Essential container", "serves on");
        assertThat(calls()).contains("--log-stream-name migrate/migrate/0123abcd");
    }

    @Test
    void aTaskThatNeverStartedHasNoExitCodeAndFailsToo() throws Exception {
        answer("task", "STOPPED\tNone\tCannotPullContainerError: no such digest\n");

        assertThat(run("run-task.sh").output()).contains("exit code None, CannotPullContainerError: no such digest");
    }

    @Test
    void aTaskThatEcsRefusesFailsWithItsReason() throws Exception {
        answer("run-task", "Capacity is unavailable\tNone\n");

        assertThat(run("run-task.sh").output()).isEqualTo("migrate: ECS started no task: Capacity is unavailable\n");
    }

    @Test
    void aTaskThatTakesTooLongIsStopped() throws Exception {
        answer("task", "RUNNING\tNone\tNone\n");

        var ended = run("run-task.sh");

        assertThat(ended.output()).contains("not done after 0 s");
        assertThat(calls()).contains("ecs stop-task");
    }

    @Test
    void aTaskThatCanNotBeAskedAfterIsStoppedToo() throws Exception {
        answer("task.error", "(ThrottlingException) when calling the DescribeTasks operation\n");

        var ended = run("run-task.sh");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("ThrottlingException", "not done after 0 s");
        assertThat(calls())
                .contains("ecs stop-task --cluster cluster --task arn:aws:ecs:us-east-1:123456789012:task/")
                .contains("--reason not done in time");
    }

    @Test
    void anEndOfTheDeployStopsTheTask() throws Exception {
        answer("task", "RUNNING\tNone\tNone\n");
        var deploy = start("run-task.sh", Map.of("TIMEOUT_SECONDS", "60"));
        while (!calls().contains("ecs describe-tasks")) {
            Thread.sleep(50);
        }
        deploy.destroy();

        assertThat(deploy.waitFor()).isEqualTo(143);
        assertThat(calls()).contains("ecs stop-task", "--reason its deploy ended first");
    }

    @Test
    void theVerdictPassesWhenWhatWasAskedForRuns() throws Exception {
        var ended = run("verdict.sh");

        assertThat(ended.output())
                .isEqualTo("verdict: https://freshtrack.acme.io/ready answers, and what was asked for is what runs\n");
        assertThat(ended.code()).isZero();
        assertThat(calls()).doesNotContain("update-service");
    }

    @Test
    void aDeployThatEcsTookBackFailsWithTheReasonsOfItsTasks() throws Exception {
        answer("deployment", BEFORE + "\tCOMPLETED\n");
        answer("rolls-back", "");

        var ended = run("verdict.sh");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("CannotPullContainerError", "verdict: ECS went back to " + BEFORE + ", because " + ASKED);
    }

    /** As a service's first deployment does, before which there is nothing to go back to. */
    @Test
    void aDeployThatEcsGivesUpFailsAndTheNextTriesAgain() throws Exception {
        answer("deployment", ASKED + "\tFAILED\tecs-svc/1\tsubnet-1,subnet-2\n");
        answer("rolls-back", "");

        assertThat(run("verdict.sh").output())
                .contains("CannotPullContainerError", "verdict: ECS gave " + ASKED + " up");

        Files.delete(answers.resolve("rolls-back"));
        assertThat(run("verdict.sh").code()).isZero();
        assertThat(calls()).contains("--task-definition " + ASKED + " --force-new-deployment");
    }

    @Test
    void aDeployInAnotherNetworkThatEcsTookBackFailsAndTheNextTriesAgain() throws Exception {
        answer("deployment", ASKED + "\tIN_PROGRESS\tecs-svc/2\tsubnet-1,subnet-2\n");
        answer("next-deployment", ASKED + "\tCOMPLETED\tecs-svc/3\tsubnet-1\n");

        assertThat(run("verdict.sh", Map.of("TIMEOUT_SECONDS", "9")).output())
                .contains("verdict: ECS went back to " + ASKED);
        assertThat(calls()).doesNotContain("update-service");

        assertThat(run("verdict.sh").code()).isZero();
        assertThat(calls())
                .contains("--network-configuration awsvpcConfiguration={subnets=[subnet-1,subnet-2],"
                        + "securityGroups=[sg-1],assignPublicIp=DISABLED}");
    }

    @Test
    void aUnitThatIsNotHealthyBehindTheFrontDoorFails() throws Exception {
        for (var states : List.of("healthy\tunhealthy", "initial\thealthy", "draining", "")) {
            answer("targets", states + "\n");

            assertThat(run("verdict.sh").output())
                    .contains("not every unit is healthy behind the load balancer, which says: "
                            + states.replace('\t', ' '));
        }
    }

    @Test
    void whatHasNoFrontDoorIsNotAskedForOne() throws Exception {
        answer("status", "503");

        assertThat(run("verdict.sh", Map.of("URL", "")))
                .isEqualTo(new Ended(0, "verdict: what was asked for is what runs\n"));
        assertThat(calls()).doesNotContain("elbv2");
    }

    @Test
    void whatWasTakenBackBeforeIsTriedAgain() throws Exception {
        answer("deployment", BEFORE + "\tCOMPLETED\n");

        assertThat(run("verdict.sh").code()).isZero();
        assertThat(calls()).contains("ecs update-service --cluster cluster --service api --task-definition " + ASKED);
    }

    @Test
    void aDeployThatIsNotDoneInTimeFails() throws Exception {
        answer("deployment", ASKED + "\tIN_PROGRESS\n");

        assertThat(run("verdict.sh").output()).contains("after 0 s the deployment of " + ASKED + " is IN_PROGRESS");
    }

    @Test
    void aFrontDoorThatDoesNotAnswerFails() throws Exception {
        answer("status", "503");

        assertThat(run("verdict.sh").output()).contains("https://freshtrack.acme.io/ready answers 503, not 200");
    }

    private void answer(String file, String text) throws IOException {
        Files.writeString(answers.resolve(file), text);
    }

    private String calls() throws IOException {
        return Files.readString(answers.resolve("calls"));
    }

    private Ended run(String script) throws Exception {
        return run(script, Map.of());
    }

    private Ended run(String script, Map<String, String> changes) throws Exception {
        var process = start(script, changes);
        var output = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), output);
    }

    private Process start(String script, Map<String, String> changes) throws IOException {
        var builder =
                new ProcessBuilder("sh", "-c", ScriptFile.read(DeployCommands.class, script)).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("ASSIGN_PUBLIC_IP", "DISABLED"),
                        Map.entry("CLUSTER", "cluster"),
                        Map.entry("CONTAINER", "migrate"),
                        Map.entry("FAKE_AWS", answers.toString()),
                        Map.entry("LOAD_BALANCER", "lb.example.com"),
                        Map.entry("LOG_GROUP", "logs"),
                        Map.entry("PATH", FAKES + ":" + System.getenv("PATH")),
                        Map.entry("SECURITY_GROUP", "sg-1"),
                        Map.entry("SERVICE", "api"),
                        Map.entry("SUBNETS", "subnet-1,subnet-2"),
                        Map.entry("TARGET_GROUP", "arn:targetgroup/api"),
                        Map.entry("TASK_DEFINITION", ASKED),
                        Map.entry("TIMEOUT_SECONDS", "0"),
                        Map.entry("URL", "https://freshtrack.acme.io/ready"),
                        Map.entry("WHAT", "migrate")));
        builder.environment().putAll(changes);
        return builder.start();
    }
}
