package com.freshtrack.infra;

import com.freshtrack.infra.aws.TaskText;
import com.freshtrack.infra.compose.ComposeText;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.digitalocean.AppText;
import com.freshtrack.infra.pooling.PoolPlan;
import com.freshtrack.infra.selfhosted.ContainerText;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.AppPlatformServices;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.ServiceSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The targets as {@link ParityTest} compares them, and what each of them says of what it doesn't render. A further host with Compose is
 * one more call of {@link #withCompose}.
 */
final class ParityTargets {
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    /** What the database services need as tasks of their own is a command on a Docker host. */
    private static final Map<String, Map<String, String>> ON_DOCKER = Map.of(
            "service",
            Map.of(
                    "bucket", "equivalent: host/steps/bucket.sh",
                    "connections", "equivalent: the verdict asks the server",
                    "roles", "equivalent: host/steps/roles.sh"));

    /**
     * One target.
     *
     * @param services what it runs, by name, without the name of a unit
     * @param text a specification as the target's platform gets it
     * @param reasons by {@code service} and {@code field}, what is equivalent, or why it is not applicable
     */
    record Target(
            String name,
            Map<String, ServiceSpec> services,
            PoolPlan pools,
            Function<ServiceSpec, String> text,
            Map<String, Map<String, String>> reasons) {

        Map<String, String> reasons(String kind) {
            return reasons.getOrDefault(kind, Map.of());
        }
    }

    private ParityTargets() {}

    static List<Target> all() {
        return List.of(
                selfHosted(),
                withCompose("do-droplet", droplet()),
                appPlatform(),
                withCompose("aws-ec2", ec2()),
                fargate());
    }

    private static Target selfHosted() {
        var config =
                read("self-hosted", "publishAddress", "0.0.0.0", "tlsEmail", "ops@acme.io", "hostMemoryMiB", "8192");
        return new Target("self-hosted", onDocker(config), config.pools(), ContainerText::of, ON_DOCKER);
    }

    private static Target withCompose(String name, StackConfig config) {
        return new Target(name, onDocker(config), config.pools(), ComposeText::of, ON_DOCKER);
    }

    private static StackConfig droplet() {
        return read(
                "do-droplet",
                "tlsEmail",
                "ops@acme.io",
                "dropletSize",
                "s-4vcpu-8gb",
                "sshCidrs",
                "198.51.100.7/32",
                "hostKey",
                SshKeys.HOST,
                "deployKey",
                SshKeys.DEPLOY);
    }

    private static StackConfig ec2() {
        return read(
                "aws-ec2",
                "tlsEmail",
                "ops@acme.io",
                "ec2InstanceType",
                "t3.large",
                "ec2Ami",
                "ami-0123456789abcdef0",
                "sshCidrs",
                "198.51.100.7/32",
                "hostKey",
                SshKeys.HOST,
                "deployKey",
                SshKeys.DEPLOY);
    }

    private static Target appPlatform() {
        var config = read(
                "do-app-platform",
                "doRegion",
                "fra1",
                "apiImage",
                "ghcr.io/acme/api" + DIGEST,
                "s3Bucket",
                "freshtrack-acme",
                "s3AccessKey",
                "access",
                "s3SecretKey",
                "secret");
        var services = AppPlatformServices.of(config, "frostguard-17");
        var watched = "equivalent: graphs, logs and alerts of the platform and of the cluster";
        return new Target(
                "do-app-platform",
                byName(Stream.of(services.api(), services.migrations(), services.redis(), services.roles())),
                config.pools(),
                AppText::of,
                Map.of(
                        "service",
                        Map.ofEntries(
                                Map.entry("alertmanager", watched),
                                Map.entry("alloy", watched),
                                Map.entry("backup", "equivalent: the cluster's backups of 7 days; Spaces has none"),
                                Map.entry("blackbox-exporter", "equivalent: DigitalOcean's uptime check"),
                                Map.entry("bucket", "equivalent: SpacesBucket"),
                                Map.entry("caddy", "equivalent: the platform's front door and certificate"),
                                Map.entry("connections", "not applicable: max_connections follows from the plan"),
                                Map.entry("grafana", watched),
                                Map.entry("loki", watched),
                                Map.entry("minio", "equivalent: Spaces; the platform has no volumes"),
                                Map.entry("node-exporter", "not applicable: the platform shows no machine"),
                                Map.entry("pgbouncer", "equivalent: the cluster's own pool"),
                                Map.entry("pgbouncer-exporter", watched),
                                Map.entry("postgres", "equivalent: Managed PostgreSQL; the platform has no volumes"),
                                Map.entry("postgres-exporter", watched),
                                Map.entry("prometheus", watched)),
                        "field",
                        Map.ofEntries(
                                Map.entry(
                                        "name", "equivalent: a component's name, given where the app is put together"),
                                Map.entry("lifecycle", "equivalent: a service, or a job before each deployment"),
                                Map.entry("process.user", "not applicable: the platform knows the image's user alone"),
                                Map.entry("files.executable", "not applicable: the start script gives them to a shell"),
                                Map.entry(
                                        "ports", "equivalent: httpPort and internalPorts; the front door's are fixed"),
                                Map.entry("networks", "equivalent: the app's own network, and the VPC of the database"),
                                Map.entry("mounts", "not applicable: no volumes; Redis loses what it holds"),
                                Map.entry("healthCheck.command", "equivalent: the platform asks the ready path"),
                                Map.entry(
                                        "healthCheck.startPeriodSeconds",
                                        "equivalent: a deployment's own time limit; nothing is sent there before"),
                                Map.entry("resources", "equivalent: the instance's size"),
                                Map.entry("isolation", "not applicable: the platform confines containers itself"))));
    }

    private static Target fargate() {
        var config = read("aws-fargate", "databaseCaFile", "rds-ca.pem");
        var services = FargateServices.of(config, Addresses.onEcs("database", "internal", "PEM"));
        var watched = "equivalent: CloudWatch's metrics, logs, alarms and dashboard";
        return new Target(
                "aws-fargate",
                byName(Stream.of(
                        services.unit().api(),
                        services.unit().pooler().orElseThrow(),
                        services.migrations(),
                        services.redis(),
                        services.roles(),
                        services.connections(),
                        services.objectStorage().orElseThrow(),
                        services.bucket().orElseThrow())),
                config.pools(),
                TaskText::of,
                Map.of(
                        "service",
                        Map.ofEntries(
                                Map.entry("alertmanager", watched),
                                Map.entry("alloy", watched),
                                Map.entry("backup", "equivalent: RDS' own backups, and a nightly task that dumps"),
                                Map.entry("blackbox-exporter", "equivalent: the load balancer's health checks"),
                                Map.entry("caddy", "equivalent: an Application Load Balancer, and ACM"),
                                Map.entry("grafana", watched),
                                Map.entry("loki", watched),
                                Map.entry("node-exporter", "not applicable: Fargate shows no machine"),
                                Map.entry("pgbouncer-exporter", watched),
                                Map.entry("postgres", "equivalent: RDS"),
                                Map.entry("postgres-exporter", watched),
                                Map.entry("prometheus", watched)),
                        "field",
                        Map.ofEntries(
                                Map.entry("lifecycle", "equivalent: a service, or a task that is run once"),
                                Map.entry("files.executable", "not applicable: the start script gives them to a shell"),
                                Map.entry("ports", "equivalent: port mappings, and the load balancer's listeners"),
                                Map.entry("networks", "equivalent: subnets and security groups"))));
    }

    private static Map<String, ServiceSpec> onDocker(StackConfig config) {
        return byName(FreshTrackServices.of(config, ProductFiles.read(Path.of(""))).all().stream());
    }

    private static Map<String, ServiceSpec> byName(Stream<ServiceSpec> specs) {
        var services = new TreeMap<String, ServiceSpec>();
        specs.forEach(
                spec -> services.putIfAbsent(spec.name().replaceFirst("-(?:a|b|fargate|app-platform)$", ""), spec));
        return services;
    }

    private static StackConfig read(String target, String... more) {
        var values = new HashMap<>(Map.of(
                "target",
                target,
                "environment",
                "prod",
                "domain",
                "freshtrack.acme.io",
                "apiImage",
                "registry.example.com/api" + DIGEST,
                "apiSecrets",
                "{\"TTN_WEBHOOK_KEY\":\"webhook\"}"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return StackConfigReader.read(
                "prod", values, Set.of("apiSecrets", "deployKey", "hostKey", "s3AccessKey", "s3SecretKey"), false);
    }
}
