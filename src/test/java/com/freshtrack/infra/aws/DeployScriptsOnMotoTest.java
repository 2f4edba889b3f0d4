package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Moto;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.RdsDump;
import com.freshtrack.infra.services.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that run at a deploy and in a task, with the real {@code aws} CLI and an emulator: it takes what they ask for, and
 * their queries find in its answers what they look for. Each way to answer is in {@link DeployScriptsTest}.
 *
 * <p>What moto can't show: its tasks run nothing, write no lines and end with 0, all of their own accord; a deployment stays what it was when
 * the service was made; and nothing answers behind a load balancer, so curl is a stand-in.
 */
@Tag("engine")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployScriptsOnMotoTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    /** What moto is told of the way that tasks take from running to stopped. */
    private static final String TASKS = "{\"model_name\": \"ecs::task\", \"transition\": {%s}}";

    @RegisterExtension
    static final Moto MOTO = new Moto();

    @TempDir
    private static Path answers;

    private static String before;
    private static String asked;
    private static Map<String, String> variables;

    @BeforeAll
    static void makeWhatAStackMakes() {
        MOTO.aws("ecs create-cluster --cluster-name cluster");
        before = register();
        asked = register();
        variables = new HashMap<>(MOTO.variables());
        variables.putAll(Map.ofEntries(
                Map.entry("ASSIGN_PUBLIC_IP", "DISABLED"),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("CLUSTER", "cluster"),
                Map.entry("CONTAINER", "migrate"),
                Map.entry("FAKE_AWS", answers.toString()),
                Map.entry("LOAD_BALANCER", "lb.example.com"),
                Map.entry("LOG_GROUP", "logs"),
                Map.entry("SECURITY_GROUP", MOTO.aws("ec2 describe-security-groups --query SecurityGroups[0].GroupId")),
                Map.entry("SUBNETS", MOTO.aws("ec2 describe-subnets --query join(',',Subnets[:2].SubnetId)")),
                Map.entry("TARGET_GROUP", unit()),
                Map.entry("TASK_DEFINITION", asked),
                Map.entry("TIMEOUT_SECONDS", "0"),
                Map.entry("URL", "https://freshtrack.acme.io/ready"),
                Map.entry("WHAT", "migrate")));
    }

    @Test
    void aTaskIsFollowedToItsEnd() {
        MOTO.post("state-manager/set-transition", TASKS.formatted("\"progression\": \"immediate\""));
        try {
            assertThat(run("run-task.sh", Map.of())).isEqualTo(new Shell.Result(0, "migrate: done\n"));
        } finally {
            MOTO.post("state-manager/unset-transition", TASKS.formatted(""));
        }
    }

    @Test
    void aTaskThatTakesTooLongIsStopped() {
        assertThat(run("run-task.sh", Map.of()).output())
                .isEqualTo("migrate: not done after 0 s; the task is stopped\n");
        var stopped = MOTO.aws(
                "ecs list-tasks --cluster cluster --started-by freshtrack --desired-status STOPPED --query taskArns[]");
        assertThat(MOTO.aws("ecs describe-tasks --query tasks[].[launchType,stoppedReason] --cluster cluster --tasks "
                        + stopped))
                .isEqualTo("FARGATE\tnot done in time");
    }

    /** The end of the script alone, from where it knows the exit code. */
    @Test
    void theLastLinesOfATaskThatFailedAreShown() {
        MOTO.aws("logs create-log-group --log-group-name logs");
        MOTO.aws("logs create-log-stream --log-group-name logs --log-stream-name migrate/migrate/0123abcd");
        var now = System.currentTimeMillis();
        MOTO.aws("logs put-log-events --log-group-name logs --log-stream-name migrate/migrate/0123abcd --log-events"
                + " timestamp=%d,message=first timestamp=%d,message=last".formatted(now, now));
        var script = ScriptFile.read(DeployCommands.class, "run-task.sh");
        var known =
                "tab=$(printf '\\t') task=arn:task/cluster/0123abcd answer=\"3${tab}Essential container exited\" code=3\n";

        var failed = runText(
                script.substring(0, script.indexOf("tab="))
                        + known
                        + script.substring(script.indexOf("if [ \"$code\"")),
                Map.of());

        assertThat(failed.output())
                .startsWith("  first\n  last\nmigrate: exit code 3, Essential container exited; the lines above");
    }

    @Test
    void whatEcsRefusesIsShownInItsWords() {
        var refused = run("run-task.sh", Map.of("CLUSTER", "nosuch"));

        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.output()).contains("(ClusterNotFoundException) when calling the RunTask operation");
    }

    @Test
    void aDeploymentThatIsDonePasses() {
        service("done", asked, 0);

        assertThat(run("verdict.sh", Map.of("SERVICE", "done")))
                .isEqualTo(new Shell.Result(
                        0, "verdict: https://freshtrack.acme.io/ready answers, and what was asked for is what runs\n"));
    }

    @Test
    void aDeploymentThatIsNotDoneInTimeFails() {
        service("late", asked, 1);

        assertThat(run("verdict.sh", Map.of("SERVICE", "late")).output())
                .contains("verdict: after 0 s the deployment of " + asked + " is IN_PROGRESS\n");
    }

    /** The service takes the other definition, and its deployment, which moto leaves as it was, is what going back looks like. */
    @Test
    void whatIsNotAskedForIsDeployedAgainAndTheReasonsOfStoppedTasksAreShown() {
        service("other", before, 0);
        var task = MOTO.aws(
                "ecs run-task --cluster cluster --query tasks[0].taskArn --launch-type FARGATE --task-definition "
                        + asked + " --network-configuration awsvpcConfiguration={subnets=[" + variables.get("SUBNETS")
                        + "],securityGroups=[" + variables.get("SECURITY_GROUP") + "]}");
        MOTO.aws("ecs stop-task --cluster cluster --reason unhealthy --task " + task);

        var takenBack = run("verdict.sh", Map.of("SERVICE", "other"));

        assertThat(takenBack.succeeded()).isFalse();
        assertThat(takenBack.output())
                .contains("  unhealthy\n", "verdict: ECS went back to " + before + ", because " + asked);
        assertThat(MOTO.aws(
                        "ecs describe-services --cluster cluster --services other --query services[0].taskDefinition"))
                .isEqualTo(asked);
    }

    @Test
    void aDumpIsStoredAndCountedAndTheAgeOfSecretsTold() throws IOException {
        MOTO.aws("s3 mb s3://dumps");
        var secret = MOTO.aws("secretsmanager create-secret --name one --secret-string NotASecret0001 --query ARN");
        var task = RdsDump.of(
                        Stacks.prod(), Addresses.onEcs("db.example.com", "internal", "PEM"), "dumps", List.of(secret))
                .process();
        var pgDump = Files.writeString(
                answers.resolve("pg_dump"), "#!/bin/sh\nfor file; do :; done\necho dump >\"$file\"\n");
        pgDump.toFile().setExecutable(true);
        var environment = new HashMap<>(task.environment());
        environment.put("PATH", answers + ":" + variables.get("PATH"));

        var dumped = runText(task.command().get(0).replace("/tmp/", answers + "/"), environment);

        assertThat(dumped.output()).isEmpty();
        assertThat(MOTO.aws("s3 ls s3://dumps")).matches(".* 5 20\\d\\d-\\d\\d-\\d\\dT.*Z\\.dump");
        assertThat(MOTO.aws("cloudwatch list-metrics --namespace " + RdsDump.NAMESPACE
                        + " --query Metrics[].[MetricName,Dimensions[0].Name,Dimensions[0].Value]"))
                .hasLineCount(2)
                .contains(RdsDump.METRIC + "\tStack\tprod", RdsDump.AGE_METRIC + "\tStack\tprod");
    }

    /** A target group with one healthy target, as which moto takes whatever is registered. */
    private static String unit() {
        var group = MOTO.aws("elbv2 create-target-group --name api --protocol HTTP --port 3000 --target-type ip"
                + " --query TargetGroups[0].TargetGroupArn --vpc-id "
                + MOTO.aws("ec2 describe-vpcs --query Vpcs[0].VpcId"));
        MOTO.aws("elbv2 register-targets --targets Id=172.31.0.9 --target-group-arn " + group);
        return group;
    }

    private static String register() {
        return MOTO.aws(
                "ecs register-task-definition --family api --requires-compatibilities FARGATE --network-mode awsvpc"
                        + " --cpu 256 --memory 512 --container-definitions [{\"name\":\"migrate\",\"image\":\"registry.example.com/api\",\"memory\":512}]"
                        + " --query taskDefinition.taskDefinitionArn");
    }

    private static void service(String name, String definition, int tasks) {
        MOTO.aws("ecs create-service --cluster cluster --launch-type FARGATE --service-name " + name
                + " --task-definition " + definition + " --desired-count " + tasks);
    }

    private static Shell.Result run(String script, Map<String, String> changes) {
        return runText(ScriptFile.read(DeployCommands.class, script), changes);
    }

    private static Shell.Result runText(String script, Map<String, String> changes) {
        var environment = new HashMap<>(variables);
        environment.putAll(changes);
        return Shell.run(LIMIT, "", List.of("sh", "-c", script), environment);
    }
}
