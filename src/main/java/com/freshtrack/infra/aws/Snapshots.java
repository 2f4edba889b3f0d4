package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.dlm.LifecyclePolicy;
import com.pulumi.aws.dlm.LifecyclePolicyArgs;
import com.pulumi.aws.dlm.inputs.LifecyclePolicyPolicyDetailsArgs;
import com.pulumi.aws.dlm.inputs.LifecyclePolicyPolicyDetailsScheduleArgs;
import com.pulumi.aws.dlm.inputs.LifecyclePolicyPolicyDetailsScheduleCreateRuleArgs;
import com.pulumi.aws.dlm.inputs.LifecyclePolicyPolicyDetailsScheduleRetainRuleArgs;
import java.util.Map;

/** A snapshot of the data volume each day, for as many days as the stack says. */
final class Snapshots {
    /** In UTC, between a backup of the night before and the morning. */
    private static final String TIME = "03:00";

    /** What AWS says that a policy's role needs: https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html. */
    private static final String POLICY = "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole";

    private Snapshots() {}

    static void daily(Parent parent, StackConfig config, Map<String, String> volumeTag) {
        var role = ServerRole.role(parent, "snapshots", "dlm.amazonaws.com");
        var allowed = ServerRole.attach(parent, "snapshots", role, POLICY);
        new LifecyclePolicy(
                parent.child("snapshots"),
                LifecyclePolicyArgs.builder()
                        .description("Daily snapshots of " + config.prefix())
                        .executionRoleArn(role.arn())
                        .state("ENABLED")
                        .policyDetails(LifecyclePolicyPolicyDetailsArgs.builder()
                                .resourceTypes("VOLUME")
                                .targetTags(volumeTag)
                                .schedules(LifecyclePolicyPolicyDetailsScheduleArgs.builder()
                                        .name("daily")
                                        .createRule(LifecyclePolicyPolicyDetailsScheduleCreateRuleArgs.builder()
                                                .interval(24)
                                                .intervalUnit("HOURS")
                                                .times(TIME)
                                                .build())
                                        .retainRule(LifecyclePolicyPolicyDetailsScheduleRetainRuleArgs.builder()
                                                .count(config.ec2()
                                                        .orElseThrow()
                                                        .snapshotKeepDays())
                                                .build())
                                        .copyTags(true)
                                        .build())
                                .build())
                        .build(),
                parent.after(allowed));
    }
}
