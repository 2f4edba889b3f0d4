package com.freshtrack.infra.aws;

import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.cloudwatch.LogGroup;
import com.pulumi.aws.cloudwatch.LogGroupArgs;
import com.pulumi.aws.ec2.FlowLog;
import com.pulumi.aws.ec2.FlowLogArgs;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicy;
import com.pulumi.aws.iam.RolePolicyArgs;
import java.util.List;

/** Who spoke to whom in the network, in CloudWatch. */
final class FlowLogs {
    private FlowLogs() {}

    static void of(Parent parent, Vpc vpc, int retentionDays) {
        var group = new LogGroup(
                parent.child("flow-logs"),
                LogGroupArgs.builder().retentionInDays(retentionDays).build(),
                parent.options());
        var role = new Role(
                parent.child("flow-logs"),
                RoleArgs.builder()
                        .assumeRolePolicy(Policy.assumedBy("vpc-flow-logs.amazonaws.com"))
                        .build(),
                parent.options());
        var policy = new RolePolicy(
                parent.child("flow-logs"),
                RolePolicyArgs.builder()
                        .role(role.id())
                        .policy(group.arn()
                                .applyValue(arn -> Policy.of(List.of(
                                        Policy.allow(
                                                List.of(
                                                        "logs:CreateLogStream",
                                                        "logs:DescribeLogStreams",
                                                        "logs:PutLogEvents"),
                                                List.of(arn, arn + ":*")),
                                        // It looks for the group before it writes, and IAM knows no resource for that.
                                        Policy.allow(List.of("logs:DescribeLogGroups"), List.of("*"))))))
                        .build(),
                parent.options());
        new FlowLog(
                parent.child("flow-logs"),
                FlowLogArgs.builder()
                        .vpcId(vpc.id())
                        .trafficType("ALL")
                        .logDestinationType("cloud-watch-logs")
                        .logDestination(group.arn())
                        .iamRoleArn(role.arn())
                        .build(),
                parent.after(policy));
    }
}
