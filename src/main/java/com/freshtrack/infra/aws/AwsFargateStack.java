package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PoolSizing;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;

/** FreshTrack on Amazon ECS: API units on Fargate behind a load balancer, PostgreSQL on RDS. */
public final class AwsFargateStack extends ComponentResource {
    public static final String TYPE = "freshtrack:aws:AwsFargateStack";

    /**
     * What the stack is made from.
     *
     * @param config the stack's configuration, checked
     */
    public record Args(StackConfig config) {}

    public AwsFargateStack(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var config = args.config();
        var aws = config.aws().orElseThrow();
        var parent = new Parent(this, name);
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), child());
        var network = new Network(parent, aws);
        var groups =
                new SecurityGroups(parent, network.vpc(), aws.tasks().minio().isPresent());
        registerOutputs(Map.of());
    }

    private ComponentResourceOptions child() {
        return ComponentResourceOptions.builder().parent(this).build();
    }
}
