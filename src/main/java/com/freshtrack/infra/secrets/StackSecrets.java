package com.freshtrack.infra.secrets;

import com.freshtrack.infra.config.BackupConfig;
import com.freshtrack.infra.config.ObservabilityConfig;
import com.freshtrack.infra.config.SecretText;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StorageConfig;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.SecretNames;
import com.pulumi.core.Output;
import com.pulumi.random.RandomPassword;
import com.pulumi.random.RandomPasswordArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stack's secrets by name: given as secret config, or else generated and kept in the encrypted state. A database service makes
 * the passwords of its roles itself.
 */
public final class StackSecrets {
    private static final int LENGTH = 32;

    private final Resource parent;
    private final String name;
    private final Map<String, Output<String>> values = new HashMap<>();

    /**
     * Reads the given ones and generates the others, as children of a component.
     *
     * @param name what the names of the generated ones begin with
     */
    public StackSecrets(Resource parent, String name, StackConfig config) {
        this.parent = parent;
        this.name = name;
        var given = config.secrets();
        config.database().ifPresent(ignored -> useDatabase(config));
        add(SecretNames.REDIS, given.redis());
        config.storage().external().ifPresentOrElse(this::useExternalStorage, () -> useMinio(given.minioRoot()));
        config.backup().ifPresent(backup -> {
            backup.offsite().ifPresent(this::useOffsite);
        });
        config.observability().ifPresent(this::useMonitoring);
        config.images()
                .registryLogin()
                .ifPresent(login -> values.put(SecretNames.REGISTRY_AUTH, Output.ofSecret(base64(login.value()))));
        config.api().secrets().forEach((secret, text) -> values.put(secret, Output.ofSecret(text.value())));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a database that the cloud runs, whoever made it knows them. */
    private void useDatabase(StackConfig config) {
        var given = config.secrets();
        add(SecretNames.POSTGRES, given.postgres());
        add(SecretNames.APP_DATABASE, given.app());
        add(SecretNames.MIGRATOR_DATABASE, given.migrator());
        if (config.backup().isPresent()) {
            add(SecretNames.BACKUP_DATABASE, given.backup());
        }
        if (config.observability().isPresent()) {
            add(SecretNames.MONITOR_DATABASE, given.monitor());
        }
    }

    private void useExternalStorage(StorageConfig.External storage) {
        values.put(
                SecretNames.S3_ACCESS_KEY, Output.ofSecret(storage.accessKey().value()));
        values.put(
                SecretNames.S3_SECRET_KEY, Output.ofSecret(storage.secretKey().value()));
    }

    private void useOffsite(BackupConfig.Offsite offsite) {
        values.put(
                SecretNames.BACKUP_S3_ACCESS_KEY,
                Output.ofSecret(offsite.accessKey().value()));
        values.put(
                SecretNames.BACKUP_S3_SECRET_KEY,
                Output.ofSecret(offsite.secretKey().value()));
    }

    private void useMinio(Optional<SecretText> rootPassword) {
        add(SecretNames.MINIO_ROOT, rootPassword);
        values.put(SecretNames.S3_ACCESS_KEY, Output.of(FreshTrackServices.MINIO_ROOT_USER));
        values.put(SecretNames.S3_SECRET_KEY, values.get(SecretNames.MINIO_ROOT));
    }

    private void useMonitoring(ObservabilityConfig observability) {
        add(SecretNames.GRAFANA_ADMIN, Optional.empty());
        observability
                .alertWebhook()
                .ifPresent(url -> values.put(SecretNames.ALERT_WEBHOOK, Output.ofSecret(url.value())));
        observability
                .alertMail()
                .flatMap(ObservabilityConfig.Mail::login)
                .ifPresent(login -> values.put(
                        SecretNames.ALERT_SMTP, Output.ofSecret(login.password().value())));
    }

    /** One secret's value. */
    public Output<String> value(String secret) {
        return values.get(secret);
    }

    /** The secrets by name. */
    public Map<String, Output<String>> values() {
        return Map.copyOf(values);
    }

    /** A file's text with its secrets in place; secret when it holds one. */
    public Output<String> render(FileSpec file) {
        var names = file.secrets().stream().toList();
        if (names.isEmpty()) {
            return Output.of(file.template());
        }
        return Output.all(names.stream().map(values::get).toList()).applyValue(resolved -> {
            var byName = new LinkedHashMap<String, String>();
            for (var i = 0; i < names.size(); i++) {
                byName.put(names.get(i), resolved.get(i));
            }
            return file.render(byName);
        });
    }

    /** Letters and digits only, so that no URL, ini file or shell needs escaping. */
    private void add(String secret, Optional<SecretText> given) {
        values.put(secret, given.map(text -> Output.ofSecret(text.value())).orElseGet(() -> new RandomPassword(
                        name + "-" + secret.replace('_', '-'),
                        RandomPasswordArgs.builder()
                                .length(LENGTH)
                                .special(false)
                                .build(),
                        CustomResourceOptions.builder().parent(parent).build())
                .result()));
    }
}
