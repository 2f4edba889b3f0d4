package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.core.Output;
import java.util.Map;

/** What somebody should be told of when the instance itself, and what watches the product there, can't tell it. */
final class ServerAlarms {
    private static final String EC2 = "AWS/EC2";

    private ServerAlarms() {}

    /**
     * Makes them; none where nobody is to be told.
     *
     * @param account the number of the account that the stack is in
     */
    static void make(Parent parent, StackConfig config, Output<String> account, Output<String> instanceId) {
        var email = config.ec2().orElseThrow().alarmEmail();
        if (email.isPresent()) {
            make(new AlarmTopic(parent, config, email, account), instanceId);
        }
    }

    private static void make(AlarmTopic topic, Output<String> instanceId) {
        var dimensions = instanceId.applyValue(id -> Map.of("InstanceId", id));
        topic.alarm(
                "down",
                MetricAlarmArgs.builder()
                        .alarmDescription("The instance, or the machine below it, fails AWS's checks")
                        .namespace(EC2)
                        .metricName("StatusCheckFailed")
                        .dimensions(dimensions)
                        .statistic("Maximum")
                        .comparisonOperator("GreaterThanThreshold")
                        .threshold(0.0)
                        .period(60)
                        .evaluationPeriods(3)
                        .treatMissingData("breaching"));
        // Without detailed monitoring, which costs, there is one value in five minutes.
        topic.alarm(
                "cpu",
                MetricAlarmArgs.builder()
                        .alarmDescription("The instance's processors are busy")
                        .namespace(EC2)
                        .metricName("CPUUtilization")
                        .dimensions(dimensions)
                        .statistic("Average")
                        .comparisonOperator("GreaterThanThreshold")
                        .threshold(85.0)
                        .period(300)
                        .evaluationPeriods(2)
                        .treatMissingData("notBreaching"));
    }
}
