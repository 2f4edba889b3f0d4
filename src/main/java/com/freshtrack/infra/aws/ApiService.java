package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.AwsConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.appautoscaling.Policy;
import com.pulumi.aws.appautoscaling.PolicyArgs;
import com.pulumi.aws.appautoscaling.Target;
import com.pulumi.aws.appautoscaling.TargetArgs;
import com.pulumi.aws.appautoscaling.inputs.PolicyTargetTrackingScalingPolicyConfigurationArgs;
import com.pulumi.aws.appautoscaling.inputs.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ecs.Service;
import com.pulumi.aws.ecs.ServiceArgs;
import com.pulumi.aws.ecs.TaskDefinition;
import com.pulumi.aws.ecs.inputs.ServiceCapacityProviderStrategyArgs;
import com.pulumi.aws.ecs.inputs.ServiceDeploymentCircuitBreakerArgs;
import com.pulumi.aws.ecs.inputs.ServiceLoadBalancerArgs;
import com.pulumi.aws.ecs.inputs.ServiceNetworkConfigurationArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** API units behind the load balancer: rolled by a deploy, rolled back where the new ones don't get ready, as many as are needed. */
final class ApiService {
    private static final String NAMESPACE = "ecs";
    private static final String DIMENSION = "ecs:service:DesiredCount";
    private static final double CPU_PERCENT = 60;

    /** Requests to one API unit in a minute. */
    private static final double REQUESTS = 3000;

    private final Parent parent;
    private final StackConfig config;
    private final AwsConfig.Tasks size;
    private final Service service;

    ApiService(
            Parent parent,
            StackConfig config,
            Network network,
            Cluster cluster,
            SecurityGroup group,
            LoadBalancer front,
            TaskDefinition definition,
            List<Resource> after) {
        this.parent = parent;
        this.config = config;
        this.size = config.aws().orElseThrow().tasks();
        var first = new ArrayList<>(after);
        first.add(front.https().orElseThrow());
        first.add(cluster.providers());
        first.addAll(network.ways());
        this.service = new Service(
                parent.child("api"),
                ServiceArgs.builder()
                        .cluster(cluster.cluster().arn())
                        .taskDefinition(definition.arn())
                        .capacityProviderStrategies(strategies())
                        // Without it another strategy would replace the service.
                        .forceNewDeployment(true)
                        .desiredCount(size.minCount())
                        .deploymentMinimumHealthyPercent(100)
                        .deploymentMaximumPercent(AwsConfig.Tasks.MAXIMUM_PERCENT)
                        .deploymentCircuitBreaker(ServiceDeploymentCircuitBreakerArgs.builder()
                                .enable(true)
                                .rollback(true)
                                .build())
                        .healthCheckGracePeriodSeconds(config.api().readyTimeoutSeconds())
                        .enableExecuteCommand(size.exec())
                        .networkConfiguration(ServiceNetworkConfigurationArgs.builder()
                                .subnets(network.taskSubnetIds())
                                .securityGroups(group.id().applyValue(List::of))
                                .assignPublicIp(network.tasksArePublic())
                                .build())
                        .loadBalancers(ServiceLoadBalancerArgs.builder()
                                .targetGroupArn(front.apis().arn())
                                .containerName("api")
                                .containerPort(FargateServices.API_PORT)
                                .build())
                        // The verdict waits: the provider calls a deploy that ECS took back done.
                        .waitForSteadyState(false)
                        .build(),
                parent.builder()
                        .dependsOn(first.toArray(Resource[]::new))
                        // How many run is autoscaling's to say:
                        // https://github.com/hashicorp/terraform-provider-aws/issues/335.
                        .ignoreChanges("desiredCount")
                        .customTimeouts(CustomTimeouts.builder()
                                .create(Duration.ofMinutes(30))
                                .update(Duration.ofMinutes(30))
                                .build())
                        .build());
        scale(cluster, front);
    }

    Service service() {
        return service;
    }

    /** The fewest are never on Spot, which AWS may take back. */
    private List<ServiceCapacityProviderStrategyArgs> strategies() {
        var strategies = new ArrayList<>(List.of(ServiceCapacityProviderStrategyArgs.builder()
                .capacityProvider("FARGATE")
                .base(size.minCount())
                .weight(1)
                .build()));
        if (size.spotWeight() > 0) {
            strategies.add(ServiceCapacityProviderStrategyArgs.builder()
                    .capacityProvider("FARGATE_SPOT")
                    .weight(size.spotWeight())
                    .build());
        }
        return strategies;
    }

    private void scale(Cluster cluster, LoadBalancer front) {
        var target = new Target(
                parent.child("api"),
                TargetArgs.builder()
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(
                                Output.format("service/%s/%s", cluster.cluster().name(), service.name()))
                        .minCapacity(size.minCount())
                        .maxCapacity(size.maxCount())
                        .build(),
                parent.options());
        track(
                "cpu",
                target,
                CPU_PERCENT,
                PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs.builder()
                        .predefinedMetricType("ECSServiceAverageCPUUtilization")
                        .build());
        track(
                "requests",
                target,
                REQUESTS,
                PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs.builder()
                        .predefinedMetricType("ALBRequestCountPerTarget")
                        .resourceLabel(Output.format(
                                "%s/%s",
                                front.balancer().arnSuffix(), front.apis().arnSuffix()))
                        .build());
    }

    private void track(
            String what,
            Target target,
            double value,
            PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs metric) {
        new Policy(
                parent.child("api-" + what),
                PolicyArgs.builder()
                        .policyType("TargetTrackingScaling")
                        .serviceNamespace(target.serviceNamespace())
                        .scalableDimension(target.scalableDimension())
                        .resourceId(target.resourceId())
                        .targetTrackingScalingPolicyConfiguration(
                                PolicyTargetTrackingScalingPolicyConfigurationArgs.builder()
                                        .targetValue(value)
                                        .predefinedMetricSpecification(metric)
                                        .scaleInCooldown(300)
                                        .scaleOutCooldown(60)
                                        .build())
                        .build(),
                parent.options());
    }
}
