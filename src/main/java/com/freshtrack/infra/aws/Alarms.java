package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.RdsDump;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryMetricArgs;
import com.pulumi.core.Output;
import java.util.Map;

/** What somebody should be told of. */
final class Alarms {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final int OLD_DAYS = 90;
    private static final int DUMP_HOURS = 30;

    private final AlarmTopic topic;

    Alarms(StackConfig config, AlarmTopic topic, LoadBalancer front, Database database) {
        this.topic = topic;
        var balancer = front.balancer().arnSuffix().applyValue(suffix -> Map.of("LoadBalancer", suffix));
        var targets = Output.tuple(front.balancer().arnSuffix(), front.apis().arnSuffix())
                .applyValue(both -> Map.of("LoadBalancer", both.t1, "TargetGroup", both.t2));
        var server = database.identifier().applyValue(name -> Map.of("DBInstanceIdentifier", name));

        topic.above(
                "5xx",
                "The API answers with server errors",
                balancer,
                "AWS/ApplicationELB",
                "HTTPCode_Target_5XX_Count",
                "Sum",
                5,
                10);
        topic.above(
                "front-5xx",
                "The load balancer itself answers with server errors: no unit took the request",
                balancer,
                "AWS/ApplicationELB",
                "HTTPCode_ELB_5XX_Count",
                "Sum",
                5,
                10);
        topic.above(
                "unhealthy",
                "An API unit isn't ready",
                targets,
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                "Maximum",
                5,
                0);
        topic.above(
                "latency",
                "The API takes longer than 2 s on average",
                targets,
                "AWS/ApplicationELB",
                "TargetResponseTime",
                "Average",
                5,
                2);
        topic.above(
                "database-cpu",
                "The database's processors are busy",
                server,
                "AWS/RDS",
                "CPUUtilization",
                "Average",
                10,
                80);
        topic.above(
                "database-connections",
                "More connections to the database than the pool plan allows",
                server,
                "AWS/RDS",
                "DatabaseConnections",
                "Maximum",
                1,
                config.pools().budget());
        front.https().ifPresent(ignored -> units(targets));
        storage(server, config.aws().orElseThrow().database().storageGiB());
        dumps(config.stack());
        secrets(config.stack());
    }

    /** Without any unit there is none that could be unhealthy. */
    private void units(Output<Map<String, String>> dimensions) {
        topic.alarm(
                "no-unit",
                MetricAlarmArgs.builder()
                        .alarmDescription("No API unit is ready")
                        .namespace("AWS/ApplicationELB")
                        .metricName("HealthyHostCount")
                        .dimensions(dimensions)
                        .statistic("Maximum")
                        .comparisonOperator("LessThanThreshold")
                        .threshold(1.0)
                        .period(60)
                        .evaluationPeriods(5)
                        .treatMissingData("breaching"));
    }

    private void storage(Output<Map<String, String>> dimensions, int storageGiB) {
        topic.alarm(
                "database-storage",
                MetricAlarmArgs.builder()
                        .alarmDescription("Less than a fifth of the database's storage is free")
                        .namespace("AWS/RDS")
                        .metricName("FreeStorageSpace")
                        .dimensions(dimensions)
                        .statistic("Minimum")
                        .comparisonOperator("LessThanThreshold")
                        .threshold(storageGiB * GIB / 5)
                        .period(300)
                        .evaluationPeriods(1)
                        .treatMissingData("notBreaching"));
    }

    /**
     * No dump for a day and what a dump may be late is a failed one, whatever it failed of. Hours without a value count as 0: of
     * a metric with gaps CloudWatch would look for its last values, days ago.
     */
    private void dumps(String stack) {
        topic.alarm(
                "dumps",
                MetricAlarmArgs.builder()
                        .alarmDescription("The database was not dumped for " + DUMP_HOURS + " hours")
                        .metricQueries(
                                MetricAlarmMetricQueryArgs.builder()
                                        .id("dumps")
                                        .expression("FILL(made, 0)")
                                        .label("dumps")
                                        .returnData(true)
                                        .build(),
                                MetricAlarmMetricQueryArgs.builder()
                                        .id("made")
                                        .metric(MetricAlarmMetricQueryMetricArgs.builder()
                                                .namespace(RdsDump.NAMESPACE)
                                                .metricName(RdsDump.METRIC)
                                                .dimensions(Map.of("Stack", stack))
                                                .period(3600)
                                                .stat("Sum")
                                                .build())
                                        .build())
                        .comparisonOperator("LessThanThreshold")
                        .threshold(1.0)
                        .evaluationPeriods(DUMP_HOURS)
                        .treatMissingData("breaching"));
    }

    /** Told once a day by the dump's task; a day without it is the alarm above, and leaves this one as it was. */
    private void secrets(String stack) {
        topic.alarm(
                "old-secrets",
                MetricAlarmArgs.builder()
                        .alarmDescription("A secret was not changed for " + OLD_DAYS + " days")
                        .namespace(RdsDump.NAMESPACE)
                        .metricName(RdsDump.AGE_METRIC)
                        .dimensions(Map.of("Stack", stack))
                        .statistic("Maximum")
                        .comparisonOperator("GreaterThanThreshold")
                        .threshold((double) OLD_DAYS)
                        .period(86_400)
                        .evaluationPeriods(1)
                        .treatMissingData("ignore"));
    }
}
