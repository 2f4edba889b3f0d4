package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PoolSizing;
import com.freshtrack.infra.secrets.StackSecrets;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.stack.Parent;
import com.freshtrack.infra.vm.ComposeHost;
import com.freshtrack.infra.vm.MachineOutputs;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.Project;
import com.pulumi.digitalocean.ProjectArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * FreshTrack on a Droplet of DigitalOcean: the same containers as on any Docker host, started with Compose, with their data on a
 * block volume; PostgreSQL may be DigitalOcean's instead.
 */
public final class DropletStack extends ComponentResource {
    public static final String TYPE = "freshtrack:digitalocean:DropletStack";

    private final MachineOutputs outputs;

    /**
     * What the stack is made from.
     *
     * @param config the stack's configuration, checked
     * @param files the product's own files
     */
    public record Args(StackConfig config, ProductFiles files) {}

    public DropletStack(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var config = args.config();
        var parent = new Parent(this, name);
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), parent.componentOptions());
        var machine = new Machine(parent, config, args.files());
        CloudFirewall.around(parent, config, machine.dropletId());
        DnsRecords.make(parent, config, machine.address());
        var database = config.managedPostgres().map(ignored -> new DropletDatabase(parent, config, machine));
        project(parent, config, machine, database);
        Alarms.make(parent, config, machine.droplet());
        var secrets = new StackSecrets(this, name, config);
        var values = new TreeMap<>(secrets.values());
        database.ifPresent(managed -> values.putAll(managed.values()));
        var product = new ComposeHost(
                name + "-product",
                new ComposeHost.Args(
                        config,
                        machine.login(),
                        Bundle.of(config, FreshTrackServices.of(config, args.files()), args.files()),
                        values),
                parent.componentOptions());
        machine.growFileSystem(product);

        this.outputs = MachineOutputs.of(
                config,
                machine.login(),
                product,
                config.observability().map(ignored -> secrets.value(SecretNames.GRAFANA_ADMIN)));
        registerOutputs(outputs.plain());
    }

    public MachineOutputs outputs() {
        return outputs;
    }

    private static void project(
            Parent parent, StackConfig config, Machine machine, Optional<DropletDatabase> database) {
        var urns = database.map(managed -> Output.tuple(machine.urns(), managed.urn())
                        .applyValue(both -> Stream.concat(both.t1.stream(), Stream.of(both.t2))
                                .toList()))
                .orElseGet(machine::urns);
        new Project(
                parent.child("project"),
                ProjectArgs.builder()
                        .name(config.prefix())
                        .purpose("Service or API")
                        .environment(config.environment() == Environment.PROD ? "Production" : "Development")
                        .resources(urns)
                        .build(),
                parent.options());
    }
}
