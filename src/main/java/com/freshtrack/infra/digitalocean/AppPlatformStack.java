package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.AppRegion;
import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PoolSizing;
import com.freshtrack.infra.secrets.StackSecrets;
import com.freshtrack.infra.services.AppPlatformServices;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.App;
import com.pulumi.digitalocean.AppArgs;
import com.pulumi.digitalocean.SpacesBucket;
import com.pulumi.digitalocean.SpacesBucketArgs;
import com.pulumi.digitalocean.Vpc;
import com.pulumi.digitalocean.VpcArgs;
import com.pulumi.digitalocean.inputs.AppSpecArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * FreshTrack on DigitalOcean App Platform: the API and Redis as components of an app, with Managed PostgreSQL beside it in a VPC and the
 * API's objects in Spaces.
 *
 * <p>The database lets in its VPC and not the app by its ID: that is known only once the app is deployed, and its first deployment is
 * what needs the database (https://github.com/digitalocean/terraform-provider-digitalocean/issues/841).
 */
public final class AppPlatformStack extends ComponentResource {
    public static final String TYPE = "freshtrack:digitalocean:AppPlatformStack";

    /** How long a deployment may take, its jobs included. */
    private static final Duration DEPLOYMENT = Duration.ofMinutes(30);

    /** How long the platform may take for a certificate. */
    private static final Duration CERTIFICATE = Duration.ofMinutes(15);

    private final Parent parent;
    private final StackConfig config;
    private final Output<List<String>> dnsRecords;
    private final Output<String> url;
    private final Output<String> apiImage;

    /**
     * What the stack is made from.
     *
     * @param config the stack's configuration, checked
     * @param deployedSecrets what {@link DeployedSecrets} finds in the stack's state; empty before the first deploy
     */
    public record Args(StackConfig config, Optional<String> deployedSecrets) {}

    public AppPlatformStack(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.parent = new Parent(this, name);
        this.config = args.config();
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), child());
        var vpc = network();
        var database = new ManagedPostgres(
                name + "-database",
                new ManagedPostgres.Args(
                        config,
                        region().datacenter(),
                        vpc.id(),
                        List.of(ManagedPostgres.Source.network(vpc.ipRange()))),
                child());
        var bucket = bucket();
        var secrets = new StackSecrets(this, name, config);
        var pool = ManagedPostgres.poolName(config);
        var components = AppComponents.of(AppPlatformServices.of(config, pool));
        var app = app(
                new AppSpec(config, components, secrets.values())
                        .render(
                                new AppSpec.Ground(
                                        vpc.id(), database.clusterName(), database.host(), database.poolHost()),
                                components.fingerprint(config)),
                components.ignoredChanges(config, args.deployedSecrets()),
                database,
                bucket);
        Alarms.make(parent, config, database);
        var verdict = verdict(app, components);

        this.dnsRecords = app.defaultIngress().applyValue(this::records);
        this.url = Output.tuple(verdict.stdout(), address(app)).applyValue(both -> both.t2);
        this.apiImage = verdict.stdout().applyValue(ignored -> config.images().apiOrPlaceholder());
        registerOutputs(Map.of("apiImage", apiImage, "dnsRecords", dnsRecords, "url", url));
    }

    /** The record that the host name needs, as {@code name type value}; none where the platform makes it. */
    public Output<List<String>> dnsRecords() {
        return dnsRecords;
    }

    /** Where the product answers; known once the verdict has passed. */
    public Output<String> url() {
        return url;
    }

    /** The API image that runs; known once the verdict has passed. */
    public Output<String> apiImage() {
        return apiImage;
    }

    private AppRegion region() {
        return config.appPlatform().orElseThrow().region();
    }

    /** In prod it stays with the database, which is in it and stays: DigitalOcean removes none that something is in. */
    private Vpc network() {
        return new Vpc(
                parent.child("vpc"),
                VpcArgs.builder()
                        .name(config.prefix())
                        .region(region().datacenter())
                        .build(),
                parent.builder()
                        .retainOnDelete(config.environment() == Environment.PROD)
                        .build());
    }

    /** The API's objects, in Spaces; empty where the stack names another S3 service. */
    private Optional<SpacesBucket> bucket() {
        if (!config.appPlatform().orElseThrow().ownBucket()) {
            return Optional.empty();
        }
        boolean kept = config.environment() == Environment.PROD;
        return Optional.of(new SpacesBucket(
                parent.child("objects"),
                SpacesBucketArgs.builder()
                        .name(config.storage().bucket())
                        .region(region().spaces())
                        .acl("private")
                        .forceDestroy(!kept)
                        .build(),
                parent.builder().protect(kept).retainOnDelete(kept).build()));
    }

    private App app(AppSpecArgs spec, List<String> ignored, ManagedPostgres database, Optional<SpacesBucket> bucket) {
        var before = new ArrayList<Resource>(List.of(database));
        bucket.ifPresent(before::add);
        return new App(
                parent.child("app"),
                AppArgs.builder().spec(spec).build(),
                parent.builder()
                        .dependsOn(before)
                        .ignoreChanges(ignored)
                        .customTimeouts(CustomTimeouts.builder()
                                .create(DEPLOYMENT)
                                .update(DEPLOYMENT)
                                .build())
                        .build());
    }

    /**
     * The provider waits for a deployment, but may look at the one before
     * (waitForAppDeployment in digitalocean/app/resource_app.go of github.com/digitalocean/terraform-provider-digitalocean).
     */
    private Command verdict(App app, AppComponents components) {
        var digest = components.api().image().digest().orElse("not set");
        var seconds = config.api().readyTimeoutSeconds() + (config.site().dnsReady() ? CERTIFICATE.toSeconds() : 0);
        return new Command(
                parent.child("verdict"),
                CommandArgs.builder()
                        .create(ScriptFile.read(AppPlatformStack.class, "verdict.sh"))
                        .environment(Output.tuple(app.id(), app.activeDeploymentId(), address(app))
                                .applyValue(known -> Map.of(
                                        "APP",
                                        known.t1,
                                        // Another deployment is another verdict.
                                        "DEPLOYMENT",
                                        known.t2,
                                        "DEPLOYMENT_SECONDS",
                                        String.valueOf(DEPLOYMENT.toSeconds()),
                                        "DIGEST",
                                        digest,
                                        "TIMEOUT_SECONDS",
                                        String.valueOf(seconds),
                                        "URL",
                                        known.t3 + config.api().readyPath())))
                        .addPreviousOutputInEnv(false)
                        .build(),
                parent.builder()
                        .dependsOn(app)
                        .customTimeouts(CustomTimeouts.builder()
                                .create(DEPLOYMENT.plusSeconds(seconds).plusMinutes(1))
                                .update(DEPLOYMENT.plusSeconds(seconds).plusMinutes(1))
                                .build())
                        .build());
    }

    /** By its own name, or by the platform's while the domain's record isn't there. */
    private Output<String> address(App app) {
        return config.site().dnsReady() ? Output.of(config.site().url()) : app.defaultIngress();
    }

    private List<String> records(String defaultIngress) {
        return config.appPlatform().orElseThrow().dnsZone().isPresent()
                ? List.of()
                : List.of(config.site().domain() + " CNAME " + defaultIngress.replaceFirst("^https://", ""));
    }

    private ComponentResourceOptions child() {
        return ComponentResourceOptions.builder().parent(this).build();
    }
}
