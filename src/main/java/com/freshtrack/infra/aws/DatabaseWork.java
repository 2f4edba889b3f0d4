package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.TaskSize;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.services.ServiceSpec;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ecs.TaskDefinition;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a deploy does with the database before any API unit changes. */
final class DatabaseWork {
    /** The smallest that Fargate sells. */
    private static final TaskSize SMALLEST = new TaskSize(256, 512);

    private final Tasks tasks;
    private final DeployCommands commands;
    private final SecurityGroup group;
    private final FargateServices shape;
    private final Output<FargateServices> located;

    /**
     * Knows what to run.
     *
     * @param shape the services with addresses that are known now, of a database that is not the stack's
     * @param located the same with those of the stack's own
     */
    DatabaseWork(
            Tasks tasks,
            DeployCommands commands,
            SecurityGroup group,
            FargateServices shape,
            Output<FargateServices> located) {
        this.tasks = tasks;
        this.commands = commands;
        this.group = group;
        this.shape = shape;
        this.located = located;
    }

    /** The roles; then the migrations, once per release, and beside them the server's connections are compared with the plan's. */
    List<Resource> before(TaskDefinition unit, StackConfig config) {
        var roles = commands.run("roles", define(FargateServices::roles, SMALLEST), group, List.of());
        var migrations = define(
                FargateServices::migrations, config.aws().orElseThrow().tasks().api());
        return List.of(
                commands.run("migrate", migrations, group, List.of(roles)),
                commands.runForEach(
                        unit, "connections", define(FargateServices::connections, SMALLEST), group, List.of(roles)));
    }

    private Tasks.Defined define(Function<FargateServices, ServiceSpec> work, TaskSize size) {
        return tasks.defineWork(work.apply(shape), size, located.applyValue(work::apply), Optional.empty());
    }
}
