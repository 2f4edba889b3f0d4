package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.AwsConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.TaskSize;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.cloudwatch.LogGroup;
import com.pulumi.aws.cloudwatch.LogGroupArgs;
import com.pulumi.aws.ecs.TaskDefinition;
import com.pulumi.aws.ecs.TaskDefinitionArgs;
import com.pulumi.aws.ecs.inputs.TaskDefinitionRuntimePlatformArgs;
import com.pulumi.aws.ecs.inputs.TaskDefinitionVolumeArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.core.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Task definitions: each with a role that starts it, a log group, and its containers as ECS itself would write them. */
final class Tasks {
    private final Parent parent;
    private final StackConfig config;
    private final AwsConfig aws;
    private final Secrets secrets;
    private final TaskRoles roles;

    Tasks(Parent parent, StackConfig config, Secrets secrets) {
        this.parent = parent;
        this.config = config;
        this.aws = config.aws().orElseThrow();
        this.secrets = secrets;
        this.roles = new TaskRoles(parent, aws.secretsKmsKeyArn());
    }

    /**
     * One container of a task.
     *
     * @param spec the service, which may hold what is known at deploy time only
     * @param port what it listens on for others
     * @param dependsOn the container that must be healthy first
     */
    record Member(String name, Output<ServiceSpec> spec, Optional<Integer> port, Optional<String> dependsOn) {}

    /**
     * What was made for a task.
     *
     * @param logGroup the name of the group in which its lines are
     * @param roleArns its roles, which who starts it must be allowed to pass on
     */
    record Defined(TaskDefinition definition, Output<String> logGroup, List<Output<String>> roleArns) {}

    TaskRoles roles() {
        return roles;
    }

    /** Defines a task of one container that ends by itself. */
    Defined defineWork(ServiceSpec shape, TaskSize size, Output<ServiceSpec> spec, Optional<Role> taskRole) {
        return define(
                shape.name(),
                size,
                List.of(new Member(shape.name(), spec, Optional.empty(), Optional.empty())),
                secretsOf(shape),
                List.of(shape.image()),
                Optional.empty(),
                taskRole);
    }

    /**
     * Defines a task.
     *
     * @param secretNames every secret that its containers hold
     * @param images every image that its containers are made of
     * @param taskRole what its containers may do on AWS; most may do nothing
     */
    Defined define(
            String name,
            TaskSize size,
            List<Member> members,
            Collection<String> secretNames,
            Collection<String> images,
            Optional<TaskDefinitionVolumeArgs> volume,
            Optional<Role> taskRole) {
        var logs = new LogGroup(
                parent.child(name),
                LogGroupArgs.builder().retentionInDays(aws.logRetentionDays()).build(),
                parent.options());
        var names = secretNames.stream().sorted().distinct().toList();
        var started = roles.execution(name, secrets.arns(names), logs.arn(), images);
        var arguments = TaskDefinitionArgs.builder()
                .family(config.prefix() + "-" + name)
                .requiresCompatibilities("FARGATE")
                .networkMode("awsvpc")
                .cpu(String.valueOf(size.cpu()))
                .memory(String.valueOf(size.memoryMiB()))
                .runtimePlatform(TaskDefinitionRuntimePlatformArgs.builder()
                        .cpuArchitecture("X86_64")
                        .operatingSystemFamily("LINUX")
                        .build())
                .executionRoleArn(started.role().arn())
                .containerDefinitions(containers(members, names, logs));
        volume.ifPresent(arguments::volumes);
        taskRole.ifPresent(role -> arguments.taskRoleArn(role.arn()));
        return new Defined(
                new TaskDefinition(parent.child(name), arguments.build(), parent.after(started.policy())),
                logs.name(),
                Stream.concat(Stream.of(started.role()), taskRole.stream())
                        .map(Role::arn)
                        .toList());
    }

    private Output<String> containers(List<Member> members, List<String> names, LogGroup logs) {
        var specs = Output.all(members.stream().map(Member::spec).toList());
        var references = Output.all(names.stream().map(secrets::reference).toList());
        return Output.tuple(specs, references, logs.name()).applyValue(known -> {
            var byName = new TreeMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                byName.put(names.get(i), known.t2.get(i));
            }
            var definitions = new ArrayList<ContainerDefinition>();
            for (int i = 0; i < members.size(); i++) {
                definitions.add(definition(members.get(i), known.t1.get(i), byName, known.t3));
            }
            return ContainerDefinition.render(definitions);
        });
    }

    private ContainerDefinition definition(
            Member member, ServiceSpec spec, SortedMap<String, String> references, String logGroup) {
        return new ContainerDefinition(
                member.name(),
                spec,
                member.port().stream().toList(),
                member.dependsOn(),
                references,
                logGroup,
                aws.region());
    }

    /** The names of the secrets in a service's files. */
    static List<String> secretsOf(ServiceSpec spec) {
        return spec.files().stream()
                .map(FileSpec::secrets)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }
}
