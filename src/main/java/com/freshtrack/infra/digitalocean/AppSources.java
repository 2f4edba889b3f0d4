package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.AppImage;
import com.freshtrack.infra.config.AppInstanceSize;
import com.freshtrack.infra.config.SecretText;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.inputs.AppSpecJobArgs;
import com.pulumi.digitalocean.inputs.AppSpecJobEnvArgs;
import com.pulumi.digitalocean.inputs.AppSpecJobImageArgs;
import com.pulumi.digitalocean.inputs.AppSpecJobTerminationArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceEnvArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceImageArgs;
import java.util.Map;
import java.util.Optional;

/**
 * What services and jobs have in common, image, command and variables, in the SDK's own type for each.
 *
 * @param guarded the image that the credentials are for
 * @param registryCredentials for its registry; empty where it needs none
 */
record AppSources(AppImage guarded, Optional<SecretText> registryCredentials, Map<String, Output<String>> secrets) {
    static final String RUN_TIME = "RUN_TIME";
    private static final String SECRET = "SECRET";

    AppSpecServiceArgs.Builder service(String name, AppComponent component, AppInstanceSize size) {
        var image = component.image();
        var source = AppSpecServiceImageArgs.builder()
                .registryType(image.registryType())
                .repository(image.repository());
        image.registry().ifPresent(source::registry);
        image.tag().ifPresent(source::tag);
        image.digest().ifPresent(source::digest);
        credentials(image).ifPresent(source::registryCredentials);
        return AppSpecServiceArgs.builder()
                .name(name)
                .image(source.build())
                .runCommand(component.runCommand())
                .instanceSizeSlug(size.slug())
                .envs(component.variables().stream().map(this::ofService).toList());
    }

    /** A job that each deployment waits for; where it fails there is none. */
    AppSpecJobArgs job(String name, AppComponent component, AppInstanceSize size) {
        var image = component.image();
        var source =
                AppSpecJobImageArgs.builder().registryType(image.registryType()).repository(image.repository());
        image.registry().ifPresent(source::registry);
        image.tag().ifPresent(source::tag);
        image.digest().ifPresent(source::digest);
        credentials(image).ifPresent(source::registryCredentials);
        return AppSpecJobArgs.builder()
                .name(name)
                .kind("PRE_DEPLOY")
                .image(source.build())
                .runCommand(component.runCommand())
                .instanceCount(1)
                .instanceSizeSlug(size.slug())
                .termination(AppSpecJobTerminationArgs.builder()
                        .gracePeriodSeconds(component.spec().process().stopGraceSeconds())
                        .build())
                .envs(component.variables().stream().map(this::ofJob).toList())
                .build();
    }

    private Optional<Output<String>> credentials(AppImage image) {
        return registryCredentials.filter(text -> image.equals(guarded)).map(text -> Output.ofSecret(text.value()));
    }

    private AppSpecServiceEnvArgs ofService(AppComponent.Variable variable) {
        var env = AppSpecServiceEnvArgs.builder()
                .key(variable.key())
                .scope(RUN_TIME)
                .value(value(variable));
        return variable.secret() ? env.type(SECRET).build() : env.build();
    }

    private AppSpecJobEnvArgs ofJob(AppComponent.Variable variable) {
        var env =
                AppSpecJobEnvArgs.builder().key(variable.key()).scope(RUN_TIME).value(value(variable));
        return variable.secret() ? env.type(SECRET).build() : env.build();
    }

    private Output<String> value(AppComponent.Variable variable) {
        return variable.secret() ? secrets.get(variable.text()).asSecret() : Output.of(variable.text());
    }
}
