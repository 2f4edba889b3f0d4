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
import com.pulumi.command.local.Command;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A service that keeps files and of which there is never more than one: the old task ends before the new one starts. */
final class DataService {
    private final Parent parent;
    private final Network network;
    private final Cluster cluster;
    private final Tasks tasks;
    private final FileSystem files;
    private final DeployCommands commands;

    DataService(
            Parent parent, Network network, Cluster cluster, Tasks tasks, FileSystem files, DeployCommands commands) {
        this.parent = parent;
        this.network = network;
        this.cluster = cluster;
        this.tasks = tasks;
        this.files = files;
        this.commands = commands;
    }

    /** Runs the service, reachable by its name in the private zone; done when its verdict has passed. */
    Command run(ServiceSpec spec, TaskSize size, SecurityGroup group, int port) {
        var task = tasks.define(
                spec.name(),
                size,
                List.of(new Tasks.Member(spec.name(), Output.of(spec), Optional.of(port), Optional.empty())),
                Tasks.secretsOf(spec),
                List.of(spec.image()),
                Optional.of(files.volume(spec.volumeNames().get(0))),
                Optional.empty());
        var first = new ArrayList<>(files.mountTargets());
        first.addAll(network.ways());
        var service = new Service(
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
                        // The verdict waits: the provider calls a deploy that ECS took back done.
                        .waitForSteadyState(false)
                        .build(),
                parent.after(first.toArray(Resource[]::new)));
        return commands.verdict(spec.name(), service, group, task.definition());
    }

    private com.pulumi.aws.servicediscovery.Service registered(String name) {
        return new com.pulumi.aws.servicediscovery.Service(
                parent.child(name),
                com.pulumi.aws.servicediscovery.ServiceArgs.builder()
                        .name(name)
                        // ECS takes a stopped task out a little later than it calls the service deleted.
                        .forceDestroy(true)
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
