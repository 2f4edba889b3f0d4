package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.TaskSize;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.RdsDump;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicy;
import com.pulumi.aws.iam.RolePolicyArgs;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.aws.scheduler.Schedule;
import com.pulumi.aws.scheduler.ScheduleArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleFlexibleTimeWindowArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleTargetArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleTargetEcsParametersArgs;
import com.pulumi.aws.scheduler.inputs.ScheduleTargetEcsParametersNetworkConfigurationArgs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dump of the database each night, in a bucket that keeps versions: what the database's own backups can't be read without RDS. */
final class Dumps {
    /** Half a processor; the dump is written to the task's own disk, of 20 GiB, first. */
    private static final TaskSize SIZE = new TaskSize(512, 1024);

    private final Parent parent;
    private final StackConfig config;
    private final Network network;
    private final Cluster cluster;
    private final SecurityGroup group;
    private final Tasks tasks;
    private final Secrets secrets;

    Dumps(
            Parent parent,
            StackConfig config,
            Network network,
            Cluster cluster,
            SecurityGroup group,
            Tasks tasks,
            Secrets secrets) {
        this.parent = parent;
        this.config = config;
        this.network = network;
        this.cluster = cluster;
        this.group = group;
        this.tasks = tasks;
        this.secrets = secrets;
    }

    /**
     * Makes the bucket, the task and its schedule.
     *
     * @param shape addresses that are known now, of a database that is not the stack's
     * @param located those of the stack's own
     */
    void nightly(Addresses shape, Output<Addresses> located) {
        var bucket = new ClosedBucket(
                parent,
                "dumps",
                config.environment(),
                config.aws().orElseThrow().dumpKeepDays());
        bucket.keepVersions();
        schedule(tasks.defineWork(
                RdsDump.of(config, shape, "bucket", List.of()),
                SIZE,
                Output.tuple(located, bucket.bucket().bucket(), secrets.aging())
                        .applyValue(known -> RdsDump.of(config, known.t1, known.t2, known.t3)),
                Optional.of(writer(bucket.bucket()))));
    }

    /**
     * Writes to the bucket and never reads or deletes; sees how old the secrets are and never reads one. CloudWatch's metrics know a
     * namespace, but no resource.
     */
    private Role writer(BucketV2 bucket) {
        return tasks.roles()
                .task("dump", Output.tuple(bucket.arn(), secrets.aging()).applyValue(known -> {
                    var metrics = Policy.allow(List.of("cloudwatch:PutMetricData"), List.of("*"));
                    metrics.put("Condition", Map.of("StringEquals", Map.of("cloudwatch:namespace", RdsDump.NAMESPACE)));
                    return Policy.of(List.of(
                            Policy.allow(List.of("s3:PutObject"), List.of(known.t1 + "/*")),
                            metrics,
                            Policy.allow(List.of("secretsmanager:DescribeSecret"), known.t2)));
                }));
    }

    private void schedule(Tasks.Defined task) {
        var role = new Role(
                parent.child("dump-schedule"),
                RoleArgs.builder()
                        .assumeRolePolicy(Policy.assumedBy("scheduler.amazonaws.com"))
                        .build(),
                parent.options());
        var policy = new RolePolicy(
                parent.child("dump-schedule"),
                RolePolicyArgs.builder()
                        .role(role.id())
                        .policy(Output.tuple(task.definition().arn(), Output.all(task.roleArns()))
                                .applyValue(known -> Policy.of(List.of(
                                        Policy.allow(List.of("ecs:RunTask"), List.of(known.t1)),
                                        Policy.allow(List.of("iam:PassRole"), known.t2)))))
                        .build(),
                parent.options());
        new Schedule(
                parent.child("dump"),
                ScheduleArgs.builder()
                        .scheduleExpression("cron(30 2 * * ? *)")
                        .scheduleExpressionTimezone("UTC")
                        .flexibleTimeWindow(ScheduleFlexibleTimeWindowArgs.builder()
                                .mode("OFF")
                                .build())
                        .target(ScheduleTargetArgs.builder()
                                .arn(cluster.cluster().arn())
                                .roleArn(role.arn())
                                .ecsParameters(ScheduleTargetEcsParametersArgs.builder()
                                        .taskDefinitionArn(task.definition().arn())
                                        .launchType("FARGATE")
                                        .taskCount(1)
                                        .networkConfiguration(
                                                ScheduleTargetEcsParametersNetworkConfigurationArgs.builder()
                                                        .subnets(network.taskSubnetIds())
                                                        .securityGroups(
                                                                group.id().applyValue(List::of))
                                                        .assignPublicIp(network.tasksArePublic())
                                                        .build())
                                        .build())
                                .build())
                        .build(),
                parent.after(policy));
    }
}
