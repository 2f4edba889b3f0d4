package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.TaskSize;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ecs.Service;
import com.pulumi.aws.ecs.ServiceArgs;
import com.pulumi.aws.ecs.inputs.ServiceDeploymentCircuitBreakerArgs;
import com.pulumi.aws.ecs.inputs.ServiceNetworkConfigurationArgs;
import com.pulumi.aws.ecs.inputs.ServiceServiceRegistriesArgs;
import com.pulumi.aws.servicediscovery.inputs.ServiceDnsConfigArgs;
import com.pulumi.aws.servicediscovery.inputs.ServiceDnsConfigDnsRecordArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A service that keeps files and of which there is never more than one: the old task ends before the new one starts. */
final class DataService {
    private final Parent parent;
    private final Network network;
    private final Cluster cluster;
    private final Tasks tasks;
    private final FileSystem files;

    DataService(Parent parent, Network network, Cluster cluster, Tasks tasks, FileSystem files) {
        this.parent = parent;
        this.network = network;
        this.cluster = cluster;
        this.tasks = tasks;
        this.files = files;
    }

    /** Runs the service, reachable by its name in the private zone. */
    Service run(ServiceSpec spec, TaskSize size, SecurityGroup group, int port) {
        var task = tasks.define(
                spec.name(),
                size,
                List.of(new Tasks.Member(spec.name(), Output.of(spec), Optional.of(port), Optional.empty())),
                Tasks.secretsOf(spec),
                List.of(spec.image()),
                Optional.of(files.volume(spec.volumeNames().get(0))),
                Optional.empty());
        return new Service(
                parent.child(spec.name()),
                ServiceArgs.builder()
                        .cluster(cluster.cluster().arn())
                        .taskDefinition(task.definition().arn())
                        .launchType("FARGATE")
                        .desiredCount(1)
                        .deploymentMinimumHealthyPercent(0)
                        .deploymentMaximumPercent(100)
                        .deploymentCircuitBreaker(ServiceDeploymentCircuitBreakerArgs.builder()
                                .enable(true)
                                .rollback(true)
                                .build())
                        .networkConfiguration(ServiceNetworkConfigurationArgs.builder()
                                .subnets(network.taskSubnetIds())
                                .securityGroups(group.id().applyValue(List::of))
                                .assignPublicIp(network.tasksArePublic())
                                .build())
                        .serviceRegistries(ServiceServiceRegistriesArgs.builder()
                                .registryArn(registered(spec.name()).arn())
                                .build())
                        .waitForSteadyState(true)
                        .build(),
                parent.builder()
                        .dependsOn(files.mountTargets().toArray(Resource[]::new))
                        .customTimeouts(CustomTimeouts.builder()
                                .create(Duration.ofMinutes(20))
                                .update(Duration.ofMinutes(20))
                                .build())
                        .build());
    }

    private com.pulumi.aws.servicediscovery.Service registered(String name) {
        return new com.pulumi.aws.servicediscovery.Service(
                parent.child(name),
                com.pulumi.aws.servicediscovery.ServiceArgs.builder()
                        .name(name)
                        .dnsConfig(ServiceDnsConfigArgs.builder()
                                .namespaceId(cluster.namespace().id())
                                .routingPolicy("MULTIVALUE")
                                .dnsRecords(ServiceDnsConfigDnsRecordArgs.builder()
                                        .type("A")
                                        .ttl(5)
                                        .build())
                                .build())
                        .build(),
                parent.options());
    }
}
