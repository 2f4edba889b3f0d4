package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PoolSizing;
import com.freshtrack.infra.secrets.StackSecrets;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.FreshTrackServices.ApiUnit;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.stack.Parent;
import com.freshtrack.infra.stack.ProductOutputs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * FreshTrack on an existing Docker Engine, container by container.
 *
 * <p>The order of a deploy: data services, roles, migrations, unit {@code a} until it is ready, then unit {@code b}, then the
 * front door, and last the verdict. What fails on the way leaves the unit that was not yet touched serving.
 */
public final class SelfHostedStack extends ComponentResource {
    public static final String TYPE = "freshtrack:selfhosted:SelfHostedStack";

    private final ProductOutputs outputs;

    /**
     * What the stack is made from.
     *
     * @param config the stack's configuration, checked
     * @param files the product's own files that services get as they are
     */
    public record Args(StackConfig config, ProductFiles files) {}

    public SelfHostedStack(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var config = args.config();
        var services = FreshTrackServices.of(config, args.files());
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), new Parent(this, name).componentOptions());
        var secrets = new StackSecrets(this, name, config);
        var host = new DockerHost(this, name, config, secrets);
        var commands = new HostCommands(this, name, config, args.files());

        var data = startData(host, commands, services);
        var migrated = migrate(host, commands, services, data);
        var backup = startBackups(host, commands, services, migrated);
        var ready = migrated;
        for (var unit : services.units()) {
            ready = startUnit(host, commands, unit, config, ready);
        }
        ready = openFrontDoor(host, commands, services, ready);
        ready = startMonitoring(host, commands, services, ready);
        var verdict = commands.verdict(
                host, services, Stream.concat(ready.stream(), backup.stream()).toList());

        this.outputs = new ProductOutputs(
                verdict.stdout().applyValue(ignored -> config.site().url()),
                verdict.stdout().applyValue(ignored -> config.images().apiOrPlaceholder()),
                config.observability().map(ignored -> secrets.value(SecretNames.GRAFANA_ADMIN)));
        registerOutputs(outputs.plain());
    }

    public ProductOutputs outputs() {
        return outputs;
    }

    private static List<Resource> startData(DockerHost host, HostCommands commands, FreshTrackServices services) {
        var database = services.postgres().orElseThrow();
        var postgres = host.container(database, List.of());
        var postgresReady = commands.ready(database, postgres, 120);
        var redis = host.container(services.redis(), List.of());
        var ready = new ArrayList<Resource>(List.of(
                commands.roles(host, database, postgres, postgresReady), commands.ready(services.redis(), redis, 60)));
        services.objectStorage().ifPresent(spec -> {
            var storage = host.container(spec, List.of());
            ready.add(commands.bucket(spec, storage, commands.ready(spec, storage, 120)));
        });
        return ready;
    }

    private static List<Resource> migrate(
            DockerHost host, HostCommands commands, FreshTrackServices services, List<Resource> after) {
        var container = host.container(services.migrations(), after);
        return List.of(commands.migrate(services.migrations(), container, after));
    }

    /** Beside the units: the first backup has the whole schema, and no release waits for it. */
    private static List<Resource> startBackups(
            DockerHost host, HostCommands commands, FreshTrackServices services, List<Resource> after) {
        return services.backup()
                .<List<Resource>>map(spec -> List.of(commands.ready(spec, host.container(spec, after), 60)))
                .orElse(List.of());
    }

    /** A changed pooler takes its API down first and brings it up after, because the API holds a property of it. */
    private static List<Resource> startUnit(
            DockerHost host, HostCommands commands, ApiUnit unit, StackConfig config, List<Resource> after) {
        var spec = unit.pooler().orElseThrow();
        var pooler = host.container(spec, after);
        var poolerReady = commands.ready(spec, pooler, 60);
        var api = host.container(unit.api(), List.of(poolerReady), Map.of("com.freshtrack.pooler", pooler.id()));
        return List.of(commands.ready(unit.api(), api, config.api().readyTimeoutSeconds()));
    }

    private static List<Resource> openFrontDoor(
            DockerHost host, HostCommands commands, FreshTrackServices services, List<Resource> after) {
        var filled = commands.caddyfile(host, services, after);
        var caddy = host.container(services.frontDoor(), List.of(filled));
        var ready = commands.ready(services.frontDoor(), caddy, 60);
        return List.of(commands.reload(services, caddy, ready));
    }

    /** All at once, and after what serves: what watches must not hold up a release. */
    private static List<Resource> startMonitoring(
            DockerHost host, HostCommands commands, FreshTrackServices services, List<Resource> after) {
        var specs = services.monitoring();
        if (specs.isEmpty()) {
            return after;
        }
        var containers = specs.stream().map(spec -> host.container(spec, after)).toList();
        return List.of(commands.ready("monitoring", specs, containers, 180));
    }
}
