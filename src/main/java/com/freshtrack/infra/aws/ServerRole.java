package com.freshtrack.infra.aws;

import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.iam.InstanceProfile;
import com.pulumi.aws.iam.InstanceProfileArgs;
import com.pulumi.aws.iam.Role;
import com.pulumi.aws.iam.RoleArgs;
import com.pulumi.aws.iam.RolePolicy;
import com.pulumi.aws.iam.RolePolicyArgs;
import com.pulumi.aws.iam.RolePolicyAttachment;
import com.pulumi.aws.iam.RolePolicyAttachmentArgs;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.core.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the instance may do at AWS: be reached with Session Manager, read the stack's secrets, and copy backups to the stack's bucket,
 * where it may delete nothing. Containers can't take the role: they don't reach the metadata service.
 */
final class ServerRole {
    private static final String SESSION_MANAGER = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

    private ServerRole() {}

    static InstanceProfile of(
            Parent parent, Collection<KeptSecret> secrets, Optional<String> kmsKeyArn, Optional<BucketV2> backups) {
        var role = role(parent, "server", "ec2.amazonaws.com");
        attach(parent, "server-session", role, SESSION_MANAGER);
        var bucket = backups.map(BucketV2::arn).orElse(Output.of(""));
        new RolePolicy(
                parent.child("server"),
                RolePolicyArgs.builder()
                        .role(role.id())
                        .policy(Output.tuple(
                                        Output.all(secrets.stream()
                                                .map(KeptSecret::arn)
                                                .toList()),
                                        bucket)
                                .applyValue(known -> policy(known.t1, kmsKeyArn, known.t2)))
                        .build(),
                parent.options());
        return new InstanceProfile(
                parent.child("server"),
                InstanceProfileArgs.builder().role(role.name()).build(),
                parent.options());
    }

    /** A role that a service of AWS takes. */
    static Role role(Parent parent, String name, String service) {
        return new Role(
                parent.child(name),
                RoleArgs.builder().assumeRolePolicy(Policy.assumedBy(service)).build(),
                parent.options());
    }

    /** Gives a role what a policy of AWS's own allows. */
    static RolePolicyAttachment attach(Parent parent, String name, Role role, String policyArn) {
        return new RolePolicyAttachment(
                parent.child(name),
                RolePolicyAttachmentArgs.builder()
                        .role(role.name())
                        .policyArn(policyArn)
                        .build(),
                parent.options());
    }

    private static String policy(List<String> secretArns, Optional<String> kmsKeyArn, String bucketArn) {
        var statements = new ArrayList<Map<String, Object>>();
        statements.add(Policy.allow(
                List.of("secretsmanager:GetSecretValue"),
                secretArns.stream().sorted().toList()));
        kmsKeyArn.ifPresent(key -> statements.add(Policy.allow(List.of("kms:Decrypt"), List.of(key))));
        if (!bucketArn.isEmpty()) {
            statements.add(Policy.allow(List.of("s3:ListBucket"), List.of(bucketArn)));
            statements.add(Policy.allow(List.of("s3:GetObject", "s3:PutObject"), List.of(bucketArn + "/*")));
        }
        return Policy.of(statements);
    }
}
