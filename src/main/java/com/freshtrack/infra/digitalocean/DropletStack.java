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
import com.pulumi.core.Output;
import com.pulumi.digitalocean.Project;
import com.pulumi.digitalocean.ProjectArgs;
import com.pulumi.digitalocean.ProjectResources;
import com.pulumi.digitalocean.ProjectResourcesArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * FreshTrack on a Droplet of DigitalOcean: the same containers as on any Docker host, started with Compose, with their data on a
 * block volume.
 */
public final class DropletStack extends ComponentResource {
    public static final String TYPE = "freshtrack:digitalocean:DropletStack";

    private final Output<String> address;
    private final Output<String> hostKey;
    private final Output<List<String>> dnsRecords;
    private final Output<String> url;
    private final Output<String> apiImage;
    private final Optional<Output<String>> grafanaAdminPassword;

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
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), child());
        var machine = new Machine(parent, config, args.files());
        CloudFirewall.around(parent, config, machine.dropletId());
        DnsRecords.make(parent, config, machine.address());
        project(parent, config, machine);
        Alarms.make(parent, config, machine.droplet());
        var secrets = new StackSecrets(this, name, config);
        var product = new ComposeHost(
                name + "-product",
                new ComposeHost.Args(
                        config,
                        machine.login(),
                        Bundle.of(config, FreshTrackServices.of(config, args.files()), args.files()),
                        secrets.values(),
                        machine::growFileSystem),
                child());

        this.address = machine.address();
        this.hostKey = machine.login().hostKey();
        this.dnsRecords = machine.address().applyValue(address -> DnsRecords.names(config).stream()
                .map(host -> host + " A " + address)
                .toList());
        this.url = product.url();
        this.apiImage = product.apiImage();
        this.grafanaAdminPassword = config.observability().map(ignored -> secrets.value(SecretNames.GRAFANA_ADMIN));
        registerOutputs(Map.of(
                "address", address, "apiImage", apiImage, "dnsRecords", dnsRecords, "hostKey", hostKey, "url", url));
    }

    /** The Droplet's address, at which {@code root} may log in with one of its keys. */
    public Output<String> address() {
        return address;
    }

    /** The public key by which the Droplet proves who it is. */
    public Output<String> hostKey() {
        return hostKey;
    }

    /** The records that the host names need, as {@code name type value}: made here where the zone is ours, or else elsewhere. */
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

    /** The password of Grafana's user {@code admin}, secret; empty where nothing watches the product. */
    public Optional<Output<String>> grafanaAdminPassword() {
        return grafanaAdminPassword;
    }

    private ComponentResourceOptions child() {
        return ComponentResourceOptions.builder().parent(this).build();
    }

    private static void project(Parent parent, StackConfig config, Machine machine) {
        var project = new Project(
                parent.child("project"),
                ProjectArgs.builder()
                        .name(config.prefix())
                        .purpose("Service or API")
                        .environment(config.environment() == Environment.PROD ? "Production" : "Development")
                        .build(),
                parent.options());
        new ProjectResources(
                parent.child("project"),
                ProjectResourcesArgs.builder()
                        .project(project.id())
                        .resources(machine.urns())
                        .build(),
                parent.options());
    }
}
