package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.kms.Key;
import com.pulumi.aws.kms.KeyArgs;
import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicPolicy;
import com.pulumi.aws.sns.TopicPolicyArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where alarms and events go, and from there by mail. Encrypted with a key of its own, because SNS's own key can be used neither by
 * CloudWatch nor by EventBridge
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services).
 */
final class AlarmTopic {
    private static final String ALARMS = "cloudwatch.amazonaws.com";
    private static final String EVENTS = "events.amazonaws.com";

    private final Parent parent;
    private final Topic topic;

    /**
     * Makes the topic.
     *
     * @param email where its mails go; empty where they reach nobody
     * @param account the number of the account that it is in
     */
    AlarmTopic(Parent parent, StackConfig config, Optional<String> email, Output<String> account) {
        this.parent = parent;
        this.topic = new Topic(
                parent.child("alarms"),
                TopicArgs.builder().kmsMasterKeyId(key(config, account).arn()).build(),
                parent.options());
        new TopicPolicy(
                parent.child("alarms"),
                TopicPolicyArgs.builder()
                        .arn(topic.arn())
                        .policy(Output.tuple(topic.arn(), account).applyValue(known -> publishing(known.t1, known.t2)))
                        .build(),
                parent.options());
        email.ifPresent(this::mail);
    }

    Output<String> arn() {
        return topic.arn();
    }

    /** Tells when a metric is above a value, minutes in a row. */
    void above(
            String name,
            String description,
            Output<Map<String, String>> dimensions,
            String namespace,
            String metric,
            String statistic,
            int minutes,
            double threshold) {
        alarm(
                name,
                MetricAlarmArgs.builder()
                        .alarmDescription(description)
                        .namespace(namespace)
                        .metricName(metric)
                        .dimensions(dimensions)
                        .statistic(statistic)
                        .comparisonOperator("GreaterThanThreshold")
                        .threshold(threshold)
                        .period(60)
                        .evaluationPeriods(minutes)
                        .treatMissingData("notBreaching"));
    }

    /** Tells what an alarm says, and that it is over. */
    void alarm(String name, MetricAlarmArgs.Builder arguments) {
        var topics = topic.arn().applyValue(List::of);
        new MetricAlarm(
                parent.child(name),
                arguments.alarmActions(topics).okActions(topics).build(),
                parent.options());
    }

    private Key key(StackConfig config, Output<String> account) {
        return new Key(
                parent.child("alarms"),
                KeyArgs.builder()
                        .description("Alarms of " + config.prefix())
                        .enableKeyRotation(true)
                        .deletionWindowInDays(config.environment() == Environment.PROD ? 30 : 7)
                        .policy(account.applyValue(AlarmTopic::encrypting))
                        .build(),
                parent.options());
    }

    /** In a key's policy {@code *} is the key; without the first statement nobody could change it any more. */
    private static String encrypting(String account) {
        var owner = Policy.allow(List.of("kms:*"), List.of("*"));
        owner.put("Principal", Map.of("AWS", "arn:aws:iam::" + account + ":root"));
        var use = List.of("kms:Decrypt", "kms:GenerateDataKey*");
        return Policy.of(List.of(
                owner,
                ofThisAccount(Policy.allowService(ALARMS, use, List.of("*")), account),
                Policy.allowService(EVENTS, use, List.of("*"))));
    }

    private static String publishing(String topic, String account) {
        var publish = List.of("sns:Publish");
        return Policy.of(List.of(
                ofThisAccount(Policy.allowService(ALARMS, publish, List.of(topic)), account),
                Policy.allowService(EVENTS, publish, List.of(topic))));
    }

    /**
     * For alarms alone: EventBridge publishes without saying for whom, so that what asks for its account lets nothing through
     * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions).
     */
    private static Map<String, Object> ofThisAccount(Map<String, Object> statement, String account) {
        var limited = new TreeMap<>(statement);
        limited.put("Condition", Map.of("StringEquals", Map.of("aws:SourceAccount", account)));
        return limited;
    }

    private void mail(String address) {
        new TopicSubscription(
                parent.child("alarms"),
                TopicSubscriptionArgs.builder()
                        .topic(topic.arn())
                        .protocol("email")
                        .endpoint(address)
                        .build(),
                parent.options());
    }
}
