package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.ecs.ClusterArgs;
import com.pulumi.aws.ecs.ClusterCapacityProviders;
import com.pulumi.aws.ecs.ClusterCapacityProvidersArgs;
import com.pulumi.aws.ecs.inputs.ClusterSettingArgs;
import com.pulumi.aws.servicediscovery.PrivateDnsNamespace;
import com.pulumi.aws.servicediscovery.PrivateDnsNamespaceArgs;
import com.pulumi.core.Output;

/** Where tasks run, and the private zone in which services have names. */
final class Cluster {
    private final com.pulumi.aws.ecs.Cluster cluster;
    private final ClusterCapacityProviders providers;
    private final PrivateDnsNamespace namespace;

    Cluster(Parent parent, StackConfig config, Vpc vpc) {
        this.cluster = new com.pulumi.aws.ecs.Cluster(
                parent.child("cluster"),
                ClusterArgs.builder()
                        .settings(ClusterSettingArgs.builder()
                                .name("containerInsights")
                                .value("enabled")
                                .build())
                        .build(),
                parent.options());
        this.providers = new ClusterCapacityProviders(
                parent.child("cluster"),
                ClusterCapacityProvidersArgs.builder()
                        .clusterName(cluster.name())
                        .capacityProviders("FARGATE", "FARGATE_SPOT")
                        .build(),
                parent.options());
        this.namespace = new PrivateDnsNamespace(
                parent.child("namespace"),
                PrivateDnsNamespaceArgs.builder()
                        .name(namespace(config))
                        .vpc(vpc.id())
                        .build(),
                parent.options());
    }

    com.pulumi.aws.ecs.Cluster cluster() {
        return cluster;
    }

    /** The number of the account that the stack is in. */
    Output<String> account() {
        return cluster.arn().applyValue(arn -> arn.split(":")[4]);
    }

    ClusterCapacityProviders providers() {
        return providers;
    }

    PrivateDnsNamespace namespace() {
        return namespace;
    }

    /** The private zone's name. */
    static String namespace(StackConfig config) {
        return config.stack() + ".freshtrack.internal";
    }
}
