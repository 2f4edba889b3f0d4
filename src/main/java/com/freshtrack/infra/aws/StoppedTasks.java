package com.freshtrack.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetInputTransformerArgs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells of tasks that ended though nobody asked them to
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html). What a deploy, autoscaling or Spot takes away
 * is stopped for other reasons, and is not told.
 */
final class StoppedTasks {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ENDED = "EssentialContainerExited";

    private StoppedTasks() {}

    static void tell(Parent parent, Cluster cluster, AlarmTopic topic) {
        var rule = new EventRule(
                parent.child("stopped-tasks"),
                EventRuleArgs.builder()
                        .description("A task failed")
                        .eventPattern(cluster.cluster().arn().applyValue(StoppedTasks::pattern))
                        .build(),
                parent.options());
        new EventTarget(
                parent.child("stopped-tasks"),
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(topic.arn())
                        .inputTransformer(EventTargetInputTransformerArgs.builder()
                                .inputPaths(Map.of(
                                        "group", "$.detail.group",
                                        "reason", "$.detail.stoppedReason",
                                        "task", "$.detail.taskArn"))
                                .inputTemplate("\"A task of <group> stopped: <reason> (<task>)\"")
                                .build())
                        .build(),
                parent.options());
    }

    /** A service's task never ends by itself, whatever its exit code; any other fails with one that isn't 0. */
    static String pattern(String clusterArn) {
        var failures = List.of(
                Map.of("stopCode", List.of("TaskFailedToStart")),
                new TreeMap<>(Map.of("stopCode", List.of(ENDED), "group", List.of(Map.of("prefix", "service:")))),
                new TreeMap<>(Map.of(
                        "stopCode",
                        List.of(ENDED),
                        "containers",
                        Map.of("exitCode", List.of(Map.of("anything-but", List.of(0)))))),
                // Replaced by the service, because it didn't answer.
                new TreeMap<>(Map.of(
                        "stopCode",
                        List.of("ServiceSchedulerInitiated"),
                        "stoppedReason",
                        List.of(Map.of("wildcard", "*failed*health checks*")))));
        var detail = new TreeMap<String, Object>(
                Map.of("$or", failures, "clusterArn", List.of(clusterArn), "lastStatus", List.of("STOPPED")));
        try {
            return JSON.writeValueAsString(new TreeMap<>(Map.of(
                    "detail", detail, "detail-type", List.of("ECS Task State Change"), "source", List.of("aws.ecs"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }
}
