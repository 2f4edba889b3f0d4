package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.freshtrack.infra.Golden;
import com.freshtrack.infra.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody is told of, and that it gets through. */
@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final String ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:freshtrack-alarms";

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = Recording.of(Stacks.prod());
    }

    @Test
    void theDatabasesAlarmIsThePlansBudget() {
        assertThat(stack.one(ALARM, "freshtrack-database-connections").inputs())
                .containsEntry("threshold", (double) Stacks.prod().pools().budget());
    }

    /** An alarm on a metric or a dimension that isn't there never fires, and nothing says so. */
    @Test
    void everyAlarmAndEveryScalingLooksAtAMetricThatIsThere() throws IOException {
        var text = new StringBuilder();
        for (var type : List.of(ALARM, "aws:appautoscaling/policy:Policy")) {
            var sorted = new TreeMap<String, Object>();
            stack.ofType(type).forEach(asked -> sorted.put(asked.name(), asked.inputs()));
            text.append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sorted))
                    .append('\n');
        }
        Golden.assertMatches("aws/alarms.txt", text.toString());
    }

    @Test
    void everyAlarmGoesToTheTopic() {
        assertThat(stack.ofType(ALARM))
                .hasSize(10)
                .allMatch(alarm -> alarm.inputs().get("alarmActions").equals(List.of(TOPIC)));
    }

    @Test
    void theTopicsKeyAndPolicyLetAlarmsOfThisAccountAndEventsThrough() throws JsonProcessingException {
        assertThat(stack.one("aws:sns/topic:Topic", "freshtrack-alarms").inputs())
                .containsEntry("kmsMasterKeyId", "arn:aws:kms:us-east-1:123456789012:freshtrack-alarms");
        assertThat(stack.one("aws:kms/key:Key", "freshtrack-alarms").inputs()).containsEntry("enableKeyRotation", true);
        assertThat(allowed("aws:kms/key:Key"))
                .containsExactly(
                        "{\"AWS\":\"arn:aws:iam::123456789012:root\"} may [\"kms:*\"]",
                        "{\"Service\":\"cloudwatch.amazonaws.com\"} may [\"kms:Decrypt\",\"kms:GenerateDataKey*\"] of 123456789012",
                        "{\"Service\":\"events.amazonaws.com\"} may [\"kms:Decrypt\",\"kms:GenerateDataKey*\"]");
        assertThat(allowed("aws:sns/topicPolicy:TopicPolicy"))
                .containsExactly(
                        "{\"Service\":\"cloudwatch.amazonaws.com\"} may [\"sns:Publish\"] of 123456789012",
                        "{\"Service\":\"events.amazonaws.com\"} may [\"sns:Publish\"]");
    }

    private List<String> allowed(String type) throws JsonProcessingException {
        var statements = new ArrayList<String>();
        JSON.readTree(stack.one(type, "freshtrack-alarms").input("policy"))
                .path("Statement")
                .forEach(statement -> statements.add("%s may %s%s"
                        .formatted(statement.path("Principal"), statement.path("Action"), account(statement))));
        return statements;
    }

    private static String account(JsonNode statement) {
        var account = statement.at("/Condition/StringEquals/aws:SourceAccount");
        return account.isMissingNode() ? "" : " of " + account.asText();
    }

    /** As https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html shows them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an image that is gone        | service:api    | STOPPED | TaskFailedToStart         | CannotPullContainerError            |     | true
                    a migration that fails       | family:migrate | STOPPED | EssentialContainerExited  | Essential container in task exited  | 1   | true
                    a migration that is done     | family:migrate | STOPPED | EssentialContainerExited  | Essential container in task exited  | 0   | false
                    an API that crashes          | service:api    | STOPPED | EssentialContainerExited  | Essential container in task exited  | 137 | true
                    an API that ends by itself   | service:api    | STOPPED | EssentialContainerExited  | Essential container in task exited  | 0   | true
                    an API that doesn't answer   | service:api    | STOPPED | ServiceSchedulerInitiated | Task failed ELB health checks in (target-group a) | 0 | true
                    a deploy, or fewer units     | service:api    | STOPPED | ServiceSchedulerInitiated | Scaling activity initiated by (deployment ecs-svc/1) | 0 | false
                    Spot that is taken back      | service:api    | STOPPED | SpotInterruption          | Your Spot Task was interrupted.     | 143 | false
                    somebody who stops it        | service:api    | STOPPED | UserInitiated             | Task stopped by user                | 143 | false
                    a task that only starts      | service:api    | RUNNING |                           |                                     |     | false
                    """)
    void aTaskThatNobodyWantedToEndIsTold(
            String what, String group, String status, String code, String reason, Integer exitCode, boolean told)
            throws JsonProcessingException {
        var rule = stack.one("aws:cloudwatch/eventRule:EventRule", "freshtrack-stopped-tasks");
        var pattern = new EventPattern(rule.input("eventPattern"));
        var event = JSON.createObjectNode();
        event.put("source", "aws.ecs").put("detail-type", "ECS Task State Change");
        var detail = event.putObject("detail");
        detail.put("clusterArn", "arn:aws:ecs:us-east-1:123456789012:freshtrack-cluster");
        detail.put("group", group)
                .put("lastStatus", status)
                .put("stopCode", code)
                .put("stoppedReason", reason);
        detail.putArray("containers").addObject().put("exitCode", 0);
        detail.withArray("containers").addObject().put("exitCode", exitCode);

        assertThat(pattern.matches(event)).isEqualTo(told);
        detail.put("clusterArn", "arn:aws:ecs:us-east-1:123456789012:cluster/another");
        assertThat(pattern.matches(event)).as("of another cluster").isFalse();
    }

    @Test
    void itIsToldInAMailThatCanBeRead() {
        var target = stack.one("aws:cloudwatch/eventTarget:EventTarget", "freshtrack-stopped-tasks");

        assertThat(target.inputs()).containsEntry("arn", TOPIC).doesNotContainKey("roleArn");
        assertThat(target.input("inputTransformer"))
                .contains("\"A task of <group> stopped: <reason> (<task>)\"", "reason=$.detail.stoppedReason");
    }

    @Test
    void aSecretIsOldAfterNinetyDays() {
        assertThat(stack.one(ALARM, "freshtrack-old-secrets").inputs())
                .containsEntry("metricName", "OldestSecretDays")
                .containsEntry("threshold", 90.0)
                .containsEntry("comparisonOperator", "GreaterThanThreshold");
    }

    /** MinIO's user name is kept like a secret, and can't be changed. */
    @Test
    void theDumpsTaskSeesTheAgeOfTheStacksOwnSecretsAlone() throws JsonProcessingException {
        var statements = JSON.readTree(stack.one("aws:iam/rolePolicy:RolePolicy", "freshtrack-dump-task")
                        .input("policy"))
                .path("Statement");

        var arns = new ArrayList<String>();
        statements.forEach(statement -> {
            if (statement.path("Action").toString().contains("secretsmanager")) {
                assertThat(statement.path("Action")).hasToString("[\"secretsmanager:DescribeSecret\"]");
                statement.path("Resource").forEach(arn -> arns.add(arn.asText().replaceAll(".*:freshtrack-", "")));
            }
        });
        assertThat(arns)
                .containsExactly(
                        "ttn-webhook-key",
                        "app-database-password",
                        "database-admin-password",
                        "migrator-database-password",
                        "minio-root-password",
                        "redis-password");
    }
}
