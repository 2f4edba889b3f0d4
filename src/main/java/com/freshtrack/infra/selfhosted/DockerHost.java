package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.ImagesConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.secrets.StackSecrets;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.docker.NetworkArgs;
import com.pulumi.docker.Provider;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.docker.RemoteImage;
import com.pulumi.docker.RemoteImageArgs;
import com.pulumi.docker.Volume;
import com.pulumi.docker.VolumeArgs;
import com.pulumi.docker.inputs.ProviderRegistryAuthArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Docker Engine that a stack runs on: its networks, volumes, images, and the containers on them. */
final class DockerHost {
    /**
     * Options of {@code ssh} for the provider: no prompt that nobody sees, and an end within a minute for a host that doesn't
     * answer or stops to.
     */
    private static final List<String> SSH_OPTIONS = List.of(
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=10",
            "-o",
            "ServerAliveInterval=10",
            "-o",
            "ServerAliveCountMax=3");

    private final Resource parent;
    private final String name;
    private final StackConfig config;
    private final StackSecrets secrets;
    private final Provider provider;
    private final Map<Network, com.pulumi.docker.Network> networks = new EnumMap<>(Network.class);
    private final Map<String, Output<String>> imageIds = new HashMap<>();
    private final List<Resource> images = new ArrayList<>();
    private final List<Container> running = new ArrayList<>();
    private final Map<String, Volume> volumes = new HashMap<>();

    DockerHost(Resource parent, String name, StackConfig config, StackSecrets secrets) {
        this.parent = parent;
        this.name = name;
        this.config = config;
        this.secrets = secrets;
        var settings = ProviderArgs.builder();
        config.dockerHost().ifPresent(settings::host);
        config.dockerHost().filter(host -> host.startsWith("ssh:")).ifPresent(host -> settings.sshOpts(SSH_OPTIONS));
        // Without an entry the provider pulls as nobody, whatever ~/.docker/config.json says; an address alone reads
        // that file.
        config.images()
                .privateRegistry()
                .ifPresent(address -> settings.registryAuth(
                        ProviderRegistryAuthArgs.builder().address(address).build()));
        this.provider = new Provider(
                name + "-docker",
                settings.build(),
                CustomResourceOptions.builder().parent(parent).build());
        for (var network : Network.values()) {
            if (network != Network.MONITORING || config.observability().isPresent()) {
                networks.put(network, network(network));
            }
        }
        var images = config.images();
        image("api", images.apiOrPlaceholder());
        image("caddy", images.caddy());
        config.resources().minio().ifPresent(ignored -> image("minio", images.minio()));
        image("pgbouncer", images.pgbouncer());
        image("postgres", images.postgres());
        image("redis", images.redis());
        config.backup().ifPresent(ignored -> image("backup", images.backup()));
        config.observability().ifPresent(ignored -> monitoringImages(images.monitoring()));
    }

    private void monitoringImages(ImagesConfig.Monitoring images) {
        image("alertmanager", images.alertmanager());
        image("alloy", images.alloy());
        image("blackbox-exporter", images.blackboxExporter());
        image("grafana", images.grafana());
        image("loki", images.loki());
        image("node-exporter", images.nodeExporter());
        image("pgbouncer-exporter", images.pgbouncerExporter());
        image("postgres-exporter", images.postgresExporter());
        image("prometheus", images.prometheus());
    }

    /** The ID of an image of the configuration, pulled where the engine doesn't have it. */
    Output<String> imageId(String reference) {
        return imageIds.get(reference);
    }

    /** The stack's secrets, for what isn't a container's file. */
    StackSecrets secrets() {
        return secrets;
    }

    /** The volume with this name within the stack; made once, and kept in {@code prod} whatever happens to the stack. */
    Volume volume(String volume) {
        return volumes.computeIfAbsent(
                volume,
                ignored -> new Volume(
                        name + "-" + volume,
                        VolumeArgs.builder()
                                .name(config.prefix() + "-" + volume)
                                .build(),
                        resource()
                                .protect(config.environment() == Environment.PROD)
                                .retainOnDelete(config.environment() == Environment.PROD)
                                .build()));
    }

    /** A service's container; it is replaced delete-first, because its name, ports and volumes can't be held twice. */
    Container container(ServiceSpec spec, List<Resource> after) {
        return container(spec, after, Map.of());
    }

    /** As above, with further labels: a label that comes from another container ties the two together. */
    Container container(ServiceSpec spec, List<Resource> after, Map<String, Output<String>> labels) {
        // Every image is there before anything that runs is stopped: a digest that can't be pulled then changes
        // nothing.
        var dependencies = new ArrayList<>(images);
        dependencies.addAll(after);
        spec.volumeNames().forEach(volume -> dependencies.add(volume(volume)));
        var container = new Container(
                name + "-" + spec.name(),
                new ContainerDocument(config.prefix(), spec, networks, labels, imageId(spec.image()), this::content)
                        .render(),
                resource()
                        .deleteBeforeReplace(true)
                        // The provider reports an edited health check as updated and leaves the container as it was.
                        .replaceOnChanges("healthcheck")
                        .dependsOn(dependencies.toArray(Resource[]::new))
                        .build());
        if (spec.lifecycle() == Lifecycle.PERMANENT) {
            running.add(container);
        }
        return container;
    }

    /** The IDs of all containers that were made so far and run for good, a line each. */
    Output<String> runningIds() {
        return Output.all(running.stream().map(Container::id).toList()).applyValue(ids -> String.join("\n", ids));
    }

    private Output<String> content(FileSpec file) {
        return secrets.render(file);
    }

    private com.pulumi.docker.Network network(Network network) {
        return new com.pulumi.docker.Network(
                name + "-" + network.text(),
                NetworkArgs.builder()
                        .name(config.prefix() + "-" + network.text())
                        .driver("bridge")
                        .internal(network != Network.EDGE)
                        .build(),
                resource().build());
    }

    /** A local image is named by its ID and used as it is; everything else is looked up, and pulled when it isn't there. */
    private void image(String role, String reference) {
        if (reference.startsWith("sha256:")) {
            imageIds.put(reference, Output.of(reference));
            return;
        }
        var image = new RemoteImage(
                name + "-image-" + role,
                RemoteImageArgs.builder().name(reference).keepLocally(true).build(),
                resource().build());
        images.add(image);
        imageIds.put(reference, image.imageId());
    }

    private CustomResourceOptions.Builder resource() {
        return CustomResourceOptions.builder().parent(parent).provider(provider);
    }
}
