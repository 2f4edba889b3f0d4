package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.secretsmanager.Secret;
import com.pulumi.aws.secretsmanager.SecretArgs;
import com.pulumi.aws.secretsmanager.SecretVersion;
import com.pulumi.aws.secretsmanager.SecretVersionArgs;
import com.pulumi.core.Output;
import java.util.Locale;
import java.util.Optional;

/** A secret in Secrets Manager, and the version of it that the stack has now. */
record KeptSecret(Secret secret, SecretVersion version) {
    /** For environments that are made and removed: a name is free again at once. */
    private static final int NO_RECOVERY = 0;

    private static final int RECOVERY_DAYS = 30;

    /**
     * Puts a value there.
     *
     * @param kmsKeyArn the key that encrypts it; empty for Secrets Manager's own
     */
    static KeptSecret of(
            Parent parent, StackConfig config, Optional<String> kmsKeyArn, String name, Output<String> value) {
        var arguments = SecretArgs.builder()
                .recoveryWindowInDays(config.environment() == Environment.PROD ? RECOVERY_DAYS : NO_RECOVERY);
        kmsKeyArn.ifPresent(arguments::kmsKeyId);
        var secret = new Secret(resourceName(parent, name), arguments.build(), parent.options());
        var version = new SecretVersion(
                resourceName(parent, name),
                SecretVersionArgs.builder()
                        .secretId(secret.id())
                        .secretString(value)
                        .build(),
                parent.options());
        return new KeptSecret(secret, version);
    }

    /** What the resources of a secret are called. */
    static String resourceName(Parent parent, String name) {
        return parent.child(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    Output<String> arn() {
        return secret.arn();
    }

    /** The value as Secrets Manager has it; whoever takes it waits until it is there. */
    Output<String> value() {
        return version.secretString().applyValue(Optional::orElseThrow);
    }

    /**
     * What a container definition takes for it: its ARN and its version, so that a changed secret is a changed task and reaches
     * what runs (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html).
     */
    Output<String> reference() {
        return Output.tuple(secret.arn(), version.versionId()).applyValue(both -> both.t1 + ":::" + both.t2);
    }
}
