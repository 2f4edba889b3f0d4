package com.freshtrack.infra.aws;

import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicy;
import com.pulumi.aws.iam.RolePolicyArgs;
import com.pulumi.core.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The IAM roles of tasks: one with which ECS starts a task, and, for the few that speak to AWS, one that the task itself has. */
final class TaskRoles {
    private static final String ECS = "ecs-tasks.amazonaws.com";
    private static final Pattern PRIVATE_IMAGE = Pattern.compile(
            "(?<account>[0-9]{12})\\.dkr\\.ecr\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com/(?<repository>[^:@]+)[:@].+");

    private final Parent parent;
    private final Optional<String> kmsKeyArn;

    TaskRoles(Parent parent, Optional<String> kmsKeyArn) {
        this.parent = parent;
        this.kmsKeyArn = kmsKeyArn;
    }

    /** Reads exactly these secrets, writes to this log group, and pulls these images where ECR has them. */
    Started execution(
            String name, Output<List<String>> secretArns, Output<String> logGroupArn, Collection<String> images) {
        var role = role(name + "-execution");
        var policy = policy(
                name + "-execution",
                role,
                Output.tuple(secretArns, logGroupArn).applyValue(both -> starting(both.t1, both.t2, images)));
        return new Started(role, policy);
    }

    /** A role and what it may do, which must be there before a task needs it. */
    record Started(Role role, RolePolicy policy) {}

    /**
     * Lets ECS Exec's agent speak to Systems Manager, which knows no resources for it
     * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html).
     */
    Role exec(String name) {
        return task(
                name,
                Output.of(Policy.of(List.of(Policy.allow(
                        List.of(
                                "ssmmessages:CreateControlChannel",
                                "ssmmessages:CreateDataChannel",
                                "ssmmessages:OpenControlChannel",
                                "ssmmessages:OpenDataChannel"),
                        List.of("*"))))));
    }

    /** What a running task may do. */
    Role task(String name, Output<String> document) {
        var role = role(name + "-task");
        policy(name + "-task", role, document);
        return role;
    }

    private Role role(String name) {
        return new Role(
                parent.child(name),
                RoleArgs.builder().assumeRolePolicy(Policy.assumedBy(ECS)).build(),
                parent.options());
    }

    private RolePolicy policy(String name, Role role, Output<String> document) {
        return new RolePolicy(
                parent.child(name),
                RolePolicyArgs.builder().role(role.id()).policy(document).build(),
                parent.options());
    }

    private String starting(List<String> secretArns, String logGroupArn, Collection<String> images) {
        var statements = new ArrayList<Map<String, Object>>();
        statements.add(Policy.allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(logGroupArn + ":*")));
        if (!secretArns.isEmpty()) {
            statements.add(Policy.allow(
                    List.of("secretsmanager:GetSecretValue"),
                    secretArns.stream().sorted().toList()));
            kmsKeyArn.ifPresent(key -> statements.add(Policy.allow(List.of("kms:Decrypt"), List.of(key))));
        }
        var repositories = images.stream()
                .map(PRIVATE_IMAGE::matcher)
                .filter(Matcher::matches)
                .map(image -> "arn:aws:ecr:%s:%s:repository/%s"
                        .formatted(image.group("region"), image.group("account"), image.group("repository")))
                .distinct()
                .sorted()
                .toList();
        if (!repositories.isEmpty()) {
            statements.add(Policy.allow(
                    List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                    repositories));
            // A login is for the whole registry: the action takes no resource.
            statements.add(Policy.allow(List.of("ecr:GetAuthorizationToken"), List.of("*")));
        }
        return Policy.of(statements);
    }
}
