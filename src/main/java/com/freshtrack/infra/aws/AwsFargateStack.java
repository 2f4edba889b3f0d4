package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PoolSizing;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.services.FreshTrackServices.ApiUnit;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ecs.TaskDefinition;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** FreshTrack on Amazon ECS: API units on Fargate behind a load balancer, PostgreSQL on RDS. */
public final class AwsFargateStack extends ComponentResource {
    public static final String TYPE = "freshtrack:aws:AwsFargateStack";

    private static final int REDIS_PORT = 6379;
    private static final int MINIO_PORT = 9000;

    private final StackConfig config;
    private final Output<List<String>> dnsRecords;
    private final Output<String> url;
    private final Output<String> apiImage;

    /**
     * What the stack is made from.
     *
     * @param config the stack's configuration, checked
     * @param databaseAuthorities the certificates of the region's RDS authorities, PEM
     */
    public record Args(StackConfig config, String databaseAuthorities) {}

    public AwsFargateStack(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.config = args.config();
        var aws = config.aws().orElseThrow();
        var parent = new Parent(this, name);
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), parent.componentOptions());
        var network = new Network(parent, aws);
        if (config.environment() == Environment.PROD) {
            FlowLogs.of(parent, network.vpc(), aws.logRetentionDays());
        }
        var groups =
                new SecurityGroups(parent, network.vpc(), aws.tasks().minio().isPresent());
        var secrets = new Secrets(parent, config);
        var database =
                new Database(parent, config, network, groups.database(), secrets.value(SecretNames.DATABASE_ADMIN));
        var certificate = new Certificate(parent, config);
        var cluster = new Cluster(parent, config, network.vpc());
        var front = new LoadBalancer(parent, config, network, groups.loadBalancer(), cluster, certificate.validArn());
        var tasks = new Tasks(parent, config, secrets);

        // What runs, but for where the database is; that is known when it is there.
        var services = FargateServices.of(config, addresses("database", args.databaseAuthorities()));
        var commands = new DeployCommands(parent, config, network, cluster);
        var data = startData(parent, network, groups, cluster, tasks, services, commands);
        var addresses = database.host().applyValue(host -> addresses(host, args.databaseAuthorities()));
        var located = addresses.applyValue(known -> FargateServices.of(config, known));
        new Dumps(parent, config, network, cluster, groups.work(), tasks, secrets)
                .nightly(addresses("database", args.databaseAuthorities()), addresses);
        var unit = defineUnit(tasks, services.unit(), located.applyValue(FargateServices::unit));
        var prepared = new DatabaseWork(tasks, commands, groups.work(), services, located).before(unit, config);
        this.url = front.https().isEmpty()
                ? Output.of(config.site().url())
                : serve(parent, network, groups, cluster, front, unit, commands, join(data, prepared));
        this.apiImage = front.https().isEmpty()
                ? Output.of("")
                : url.applyValue(ignored -> config.images().apiOrPlaceholder());
        var topic = new AlarmTopic(parent, config, aws.alarmEmail(), cluster.account());
        new Alarms(config, topic, front, database);
        StoppedTasks.tell(parent, cluster, topic);
        Dashboard.of(parent, config, front, database, cluster);

        this.dnsRecords = Output.tuple(certificate.proof(), front.balancer().dnsName())
                .applyValue(both -> List.of(both.t1, config.site().domain() + " CNAME " + both.t2));
        registerOutputs(Map.of("apiImage", apiImage, "dnsRecords", dnsRecords, "url", url));
    }

    /** The records that the domain needs, as {@code name type value}: made here where the zone is ours, or else elsewhere. */
    public Output<List<String>> dnsRecords() {
        return dnsRecords;
    }

    /** Where the product answers; known once the verdict has passed, which waits for DNS to be ready. */
    public Output<String> url() {
        return url;
    }

    /** The API image that runs; known once the verdict has passed, empty while DNS isn't ready and none runs. */
    public Output<String> apiImage() {
        return apiImage;
    }

    private List<Resource> startData(
            Parent parent,
            Network network,
            SecurityGroups groups,
            Cluster cluster,
            Tasks tasks,
            FargateServices services,
            DeployCommands commands) {
        var files = new FileSystem(parent, config.environment(), network, groups.files());
        var data = new DataService(parent, network, cluster, tasks, files, commands);
        var sizes = config.aws().orElseThrow().tasks();
        var running = new ArrayList<Resource>();
        running.add(data.run(services.redis(), sizes.redis(), groups.redis(), REDIS_PORT));
        services.objectStorage().ifPresent(minio -> {
            var storage =
                    data.run(minio, sizes.minio().orElseThrow(), groups.minio().orElseThrow(), MINIO_PORT);
            var bucket = services.bucket().orElseThrow();
            var task = tasks.defineWork(bucket, sizes.minio().orElseThrow(), Output.of(bucket), Optional.empty());
            // As an API unit, because these alone may speak to MinIO.
            running.add(commands.run("bucket", task, groups.api(), List.of(storage)));
        });
        return running;
    }

    private TaskDefinition defineUnit(Tasks tasks, ApiUnit shape, Output<ApiUnit> unit) {
        var secrets = new LinkedHashSet<>(Tasks.secretsOf(shape.api()));
        secrets.addAll(Tasks.secretsOf(shape.pooler().orElseThrow()));
        var size = config.aws().orElseThrow().tasks();
        return tasks.define(
                        "api",
                        size.api(),
                        List.of(
                                new Tasks.Member(
                                        "api",
                                        unit.applyValue(ApiUnit::api),
                                        Optional.of(FargateServices.API_PORT),
                                        Optional.of("pgbouncer")),
                                new Tasks.Member(
                                        "pgbouncer",
                                        unit.applyValue(one -> one.pooler().orElseThrow()),
                                        Optional.empty(),
                                        Optional.empty())),
                        secrets,
                        List.of(
                                shape.api().image(),
                                shape.pooler().orElseThrow().image()),
                        Optional.empty(),
                        size.exec() ? Optional.of(tasks.roles().exec("api")) : Optional.empty())
                .definition();
    }

    /** Puts the API units behind the front door; where they answer, known once the verdict has passed. */
    private Output<String> serve(
            Parent parent,
            Network network,
            SecurityGroups groups,
            Cluster cluster,
            LoadBalancer front,
            TaskDefinition unit,
            DeployCommands commands,
            List<Resource> after) {
        var api = new ApiService(parent, config, network, cluster, groups.api(), front, unit, after);
        return commands.verdict(api.service(), groups.api(), unit, front)
                .stdout()
                .applyValue(ignored -> config.site().url());
    }

    private static List<Resource> join(List<Resource> some, List<Resource> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private Addresses addresses(String databaseHost, String authorities) {
        return Addresses.onEcs(databaseHost, Cluster.namespace(config), authorities);
    }
}
