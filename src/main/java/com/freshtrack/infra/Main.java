package com.freshtrack.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.infra.aws.AwsFargateStack;
import com.freshtrack.infra.aws.DatabaseAuthorities;
import com.freshtrack.infra.aws.Ec2Stack;
import com.freshtrack.infra.config.AwsConfig;
import com.freshtrack.infra.config.InvalidConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.digitalocean.AppPlatformStack;
import com.freshtrack.infra.digitalocean.DeployedSecrets;
import com.freshtrack.infra.digitalocean.DropletStack;
import com.freshtrack.infra.selfhosted.SelfHostedStack;
import com.freshtrack.infra.services.ProductFiles;
import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.aws.Provider;
import com.pulumi.aws.ProviderArgs;
import com.pulumi.aws.inputs.ProviderDefaultTagsArgs;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.LogManager;

/** Reads the stack's configuration, picks the component for its target and exports its outputs. */
public final class Main {
    /** Those of the program, and of all that {@code Recorded} runs for tests. */
    static final StackOptions OPTIONS =
            StackOptions.builder().resourceTransformations(new SettledInputs()).build();

    private Main() {}

    public static void main(String[] args) {
        // The SDK prints on standard error what it has already told the engine; once is enough.
        LogManager.getLogManager().reset();
        Pulumi.withOptions(OPTIONS).run(Main::deploy);
    }

    private static void deploy(Context context) {
        RunnerPause.install();
        var config = readConfig(context);
        config.warnings().forEach(context.log()::warn);
        switch (config.target()) {
            case SELF_HOSTED -> selfHosted(context, config);
            case DO_DROPLET -> droplet(context, config);
            case DO_APP_PLATFORM -> appPlatform(context, config);
            case AWS_EC2 -> ec2(context, config);
            case AWS_FARGATE -> awsFargate(context, config);
        }
    }

    private static void selfHosted(Context context, StackConfig config) {
        var stack = new SelfHostedStack(
                "freshtrack",
                new SelfHostedStack.Args(config, ProductFiles.read(Path.of(""))),
                ComponentResourceOptions.Empty);
        if (!config.site().dnsReady()) {
            context.export("dnsRecords", Output.of(dnsRecords(config)));
        }
        export(context, config, stack.outputs().plain(), stack.outputs().grafanaAdminPassword());
    }

    private static void export(
            Context context,
            StackConfig config,
            Map<String, Output<?>> outputs,
            Optional<Output<String>> grafanaAdminPassword) {
        outputs.forEach(context::export);
        config.observability().ifPresent(observability -> {
            context.export(
                    "grafanaUrl", Output.of("https://" + config.site().authority(observability.grafanaDomain())));
            context.export("grafanaAdminPassword", grafanaAdminPassword.orElseThrow());
        });
        context.export("poolPlan", Output.of(config.pools().explanation()));
    }

    private static void droplet(Context context, StackConfig config) {
        var stack = new DropletStack(
                "freshtrack",
                new DropletStack.Args(config, ProductFiles.read(Path.of(""))),
                ComponentResourceOptions.Empty);
        var outputs = stack.outputs();
        export(context, config, outputs.plain(), outputs.product().grafanaAdminPassword());
    }

    private static void ec2(Context context, StackConfig config) {
        var stack = new Ec2Stack(
                "freshtrack",
                new Ec2Stack.Args(config, ProductFiles.read(Path.of(""))),
                at(config.ec2().orElseThrow().place().region(), config));
        var outputs = stack.outputs();
        export(context, config, outputs.plain(), outputs.product().grafanaAdminPassword());
    }

    private static void appPlatform(Context context, StackConfig config) {
        var stack = new AppPlatformStack(
                "freshtrack",
                new AppPlatformStack.Args(config, deployedSecrets(context)),
                ComponentResourceOptions.Empty);
        context.export("dnsRecords", stack.dnsRecords());
        context.export("url", stack.url());
        context.export("apiImage", stack.apiImage());
        context.export("poolPlan", Output.of(config.pools().explanation()));
    }

    /** What this very stack's state says of the secrets that are deployed; empty before the first deploy. */
    private static Optional<String> deployedSecrets(Context context) {
        return DeployedSecrets.in(StackResources.of(
                context.organizationName() + "/" + context.projectName() + "/" + context.stackName()));
    }

    private static void awsFargate(Context context, StackConfig config) {
        var aws = config.aws().orElseThrow();
        var stack = new AwsFargateStack(
                "freshtrack",
                new AwsFargateStack.Args(config, databaseAuthorities(context, aws)),
                at(aws.region(), config));
        context.export("dnsRecords", stack.dnsRecords());
        context.export("url", stack.url());
        context.export("apiImage", stack.apiImage());
        context.export("poolPlan", Output.of(config.pools().explanation()));
    }

    /** A region of AWS, where all that takes tags gets the stack's. */
    private static ComponentResourceOptions at(String region, StackConfig config) {
        var provider = new Provider(
                "aws",
                ProviderArgs.builder()
                        .region(region)
                        .defaultTags(ProviderDefaultTagsArgs.builder()
                                .tags(Map.of(
                                        "freshtrack:environment",
                                        config.environment().text(),
                                        "freshtrack:stack",
                                        config.stack()))
                                .build())
                        .build(),
                CustomResourceOptions.Empty);
        return ComponentResourceOptions.builder().provider(provider).build();
    }

    /** The certificates of the region's RDS authorities; a preview may go without. */
    private static String databaseAuthorities(Context context, AwsConfig aws) {
        var placeholder = "database authorities not set\n";
        var file = aws.database().caFile();
        if (file.isEmpty()) {
            return placeholder;
        }
        var text = placeholder;
        Optional<String> wrong;
        try {
            text = Files.readString(Path.of(file.get()));
            wrong = DatabaseAuthorities.problem(text);
        } catch (IOException e) {
            wrong = Optional.of("can't be read here");
        }
        if (wrong.isEmpty()) {
            return text;
        }
        var problem = "freshtrack:databaseCaFile names " + file.get() + ", which " + wrong.get();
        var mend = "AWS publishes the file for each region: " + AwsConfig.Database.AUTHORITIES_URL;
        if (!isPreview()) {
            throw new RunException(problem + ". " + mend);
        }
        context.log().warn(problem + ": this preview shows a placeholder, and `pulumi up` will refuse. " + mend);
        return placeholder;
    }

    /** What to do outside before a public certificate can be had; in short lines, because the engine cuts long ones. */
    private static List<String> dnsRecords(StackConfig config) {
        var address = "the public address of "
                + config.dockerHost()
                        .filter(host -> host.startsWith("ssh:"))
                        .map(host -> URI.create(host).getHost())
                        .orElse("this host");
        var records = new ArrayList<String>();
        records.add(config.site().domain() + " A " + address);
        config.observability().ifPresent(observability -> records.add(observability.grafanaDomain() + " A " + address));
        records.add("no AAAA: Caddy is published on IPv4");
        records.add("then: pulumi config set freshtrack:dnsReady true --stack " + config.stack()
                + " && pulumi up --stack " + config.stack());
        return List.copyOf(records);
    }

    /** The engine hands every key over as JSON; the SDK's own reader can't list them or tell a secret from a plain value. */
    private static StackConfig readConfig(Context context) {
        var values = json(System.getenv("PULUMI_CONFIG"), "{}", new TypeReference<Map<String, String>>() {});
        var secretKeys = json(System.getenv("PULUMI_CONFIG_SECRET_KEYS"), "[]", new TypeReference<Set<String>>() {});
        try {
            return StackConfigReader.read(context.stackName(), values, secretKeys, isPreview());
        } catch (InvalidConfig e) {
            // The one exception that the SDK reports without a stack trace.
            throw new RunException(e.getMessage());
        }
    }

    private static boolean isPreview() {
        return "true".equals(System.getenv("PULUMI_DRY_RUN"));
    }

    private static <T> T json(String text, String otherwise, TypeReference<T> type) {
        try {
            return new ObjectMapper().readValue(text == null ? otherwise : text, type);
        } catch (JsonProcessingException e) {
            // The exception would quote the text, and with it the secrets.
            throw new IllegalStateException("the engine's configuration isn't the JSON that this program expects");
        }
    }
}
