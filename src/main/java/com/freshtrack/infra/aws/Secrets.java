package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.SecretText;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StorageConfig;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.core.Output;
import com.pulumi.random.RandomPassword;
import com.pulumi.random.RandomPasswordArgs;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack's secrets in Secrets Manager, one for each purpose: given as secret config, or else generated and kept in the
 * encrypted state. Tasks read them when they start.
 */
final class Secrets {
    private static final int LENGTH = 32;

    private record Kept(Output<String> value, KeptSecret secret) {}

    private final Parent parent;
    private final StackConfig config;
    private final Map<String, Kept> kept = new HashMap<>();

    Secrets(Parent parent, StackConfig config) {
        this.parent = parent;
        this.config = config;
        var given = config.secrets();
        keep(SecretNames.DATABASE_ADMIN, Optional.empty());
        keep(SecretNames.APP_DATABASE, given.app());
        keep(SecretNames.MIGRATOR_DATABASE, given.migrator());
        keep(SecretNames.REDIS, given.redis());
        config.storage().external().ifPresentOrElse(this::keepExternalStorage, () -> keepMinio(given.minioRoot()));
        config.api().secrets().forEach((name, text) -> keep(name, Output.ofSecret(text.value())));
    }

    /** One secret's value. */
    Output<String> value(String secret) {
        return kept.get(secret).value();
    }

    /** The ARNs of these secrets. */
    Output<List<String>> arns(Collection<String> secrets) {
        return Output.all(secrets.stream()
                .map(secret -> kept.get(secret).secret().arn())
                .distinct()
                .toList());
    }

    /** The ARNs of all that grow old, by their names' order: the name of MinIO's root user is one that can't be changed. */
    Output<List<String>> aging() {
        return arns(kept.keySet().stream()
                .filter(name -> !name.equals(SecretNames.S3_ACCESS_KEY)
                        || config.storage().external().isPresent())
                .sorted()
                .toList());
    }

    /** What a container definition takes for one secret. */
    Output<String> reference(String secret) {
        return kept.get(secret).secret().reference();
    }

    private void keepExternalStorage(StorageConfig.External storage) {
        keep(SecretNames.S3_ACCESS_KEY, Output.ofSecret(storage.accessKey().value()));
        keep(SecretNames.S3_SECRET_KEY, Output.ofSecret(storage.secretKey().value()));
    }

    /** The API has MinIO's root user, whose key is its password. */
    private void keepMinio(Optional<SecretText> rootPassword) {
        keep(SecretNames.MINIO_ROOT, rootPassword);
        kept.put(SecretNames.S3_SECRET_KEY, kept.get(SecretNames.MINIO_ROOT));
        keep(SecretNames.S3_ACCESS_KEY, Output.ofSecret(FreshTrackServices.MINIO_ROOT_USER));
    }

    /** Letters and digits only, so that no URL, ini file or shell needs escaping. */
    private void keep(String secret, Optional<SecretText> given) {
        keep(secret, given.map(text -> Output.ofSecret(text.value())).orElseGet(() -> new RandomPassword(
                        KeptSecret.resourceName(parent, secret),
                        RandomPasswordArgs.builder()
                                .length(LENGTH)
                                .special(false)
                                .build(),
                        parent.options())
                .result()));
    }

    private void keep(String name, Output<String> value) {
        var kmsKeyArn = config.aws().orElseThrow().secretsKmsKeyArn();
        kept.put(name, new Kept(value, KeptSecret.of(parent, config, kmsKeyArn, name, value)));
    }
}
