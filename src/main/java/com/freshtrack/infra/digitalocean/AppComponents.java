package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.SecretText;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StorageConfig;
import com.freshtrack.infra.services.AppPlatformServices;
import com.freshtrack.infra.services.Fingerprint;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.services.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The components of the app, and what of them App Platform answers otherwise than it was told.
 *
 * <p>It encrypts each secret anew and gives back what came of it, so that the provider takes every one of them for changed, and updates
 * the app, which deploys it, at each {@code up} (https://github.com/digitalocean/terraform-provider-digitalocean/issues/1603). A
 * secret has no path of its own to ignore, because variables are a set: the whole set of a component is ignored, as long as
 * {@link #fingerprint} says that it is the one that was deployed. Where alerts are mailed to it never reads back, which is a
 * change as well (https://github.com/digitalocean/terraform-provider-digitalocean/issues/1606), and is ignored in the same way.
 */
record AppComponents(AppComponent api, AppComponent redis, AppComponent migrate, AppComponent roles) {
    /** The names under which the app is bound to the database, a role each. */
    static final String APP = "db";

    static final String MIGRATOR = "migrator";
    static final String ADMIN = "admin";

    static AppComponents of(AppPlatformServices services) {
        return new AppComponents(
                component(services.api(), APP, SecretNames.APP_DATABASE),
                new AppComponent(services.redis(), Map.of()),
                component(services.migrations(), MIGRATOR, SecretNames.MIGRATOR_DATABASE),
                component(services.roles(), ADMIN, SecretNames.DATABASE_ADMIN));
    }

    /**
     * The inputs whose differences are none: those that hold the secrets, where what was deployed is what is wanted.
     *
     * @param deployed what the app that is deployed says of its secrets
     */
    List<String> ignoredChanges(StackConfig config, Optional<String> deployed) {
        return deployed.filter(fingerprint(config)::equals).isPresent() ? paths(config) : List.of();
    }

    private static List<String> paths(StackConfig config) {
        var paths = new ArrayList<>(List.of("spec.services[0].envs", "spec.services[1].envs", "spec.jobs[0].envs"));
        if (config.appPlatform().orElseThrow().registryCredentials().isPresent()) {
            paths.add("spec.services[0].image.registryCredentials");
            paths.add("spec.jobs[0].image.registryCredentials");
        }
        if (config.appPlatform().orElseThrow().alarmEmail().isPresent()) {
            paths.addAll(List.of("spec.alerts", "spec.services[0].alerts", "spec.services[1].alerts"));
        }
        return List.copyOf(paths);
    }

    /** Of everything at these paths, the secrets' values included; itself a secret. What the stack generates once is in it by its name. */
    String fingerprint(StackConfig config) {
        var text = new StringBuilder();
        for (var component : List.of(api, redis, migrate)) {
            text.append(component.spec().name()).append('\n');
            component.variables().forEach(variable -> text.append(variable.key())
                    .append('=')
                    .append(variable.secret() ? given(config, variable.text()) : variable.text())
                    .append('\n'));
        }
        config.appPlatform()
                .orElseThrow()
                .registryCredentials()
                .ifPresent(credentials -> text.append(credentials.value()));
        config.appPlatform().orElseThrow().alarmEmail().ifPresent(email -> text.append(AppAlerts.text(email)));
        return Fingerprint.sha256(text.toString());
    }

    private static String given(StackConfig config, String secret) {
        var storage = config.storage().external();
        Optional<SecretText> given =
                switch (secret) {
                    case SecretNames.REDIS -> config.secrets().redis();
                    case SecretNames.S3_ACCESS_KEY -> storage.map(StorageConfig.External::accessKey);
                    case SecretNames.S3_SECRET_KEY -> storage.map(StorageConfig.External::secretKey);
                    default -> Optional.of(config.api().secrets().get(secret));
                };
        return given.map(SecretText::value).orElse("generated");
    }

    private static AppComponent component(ServiceSpec spec, String database, String passwordOf) {
        return new AppComponent(
                spec,
                Map.of(
                        passwordOf,
                        "${" + database + ".PASSWORD}",
                        SecretNames.DATABASE_AUTHORITIES,
                        "${" + database + ".CA_CERT}"));
    }
}
