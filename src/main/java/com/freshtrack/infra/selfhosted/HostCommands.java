package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.DatabaseRoles;
import com.freshtrack.infra.services.Fingerprint;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.ServiceSpec;
import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one-off work of a deploy, as commands that speak to the stack's engine through the {@code docker} CLI.
 *
 * <p>A command runs again when anything in its environment or input changes, and at the next {@code up} after it failed.
 */
final class HostCommands {
    private final Resource parent;
    private final String name;
    private final StackConfig config;
    private final ProductFiles files;

    HostCommands(Resource parent, String name, StackConfig config, ProductFiles files) {
        this.parent = parent;
        this.name = name;
        this.config = config;
        this.files = files;
    }

    /** Waits until a container is healthy, and says its last lines when it isn't in time. */
    Command ready(ServiceSpec spec, Container container, int timeoutSeconds) {
        return ready(spec.name(), List.of(spec), List.of(container), timeoutSeconds);
    }

    /** As above for several containers, which have the time together. */
    Command ready(String what, List<ServiceSpec> specs, List<Container> containers, int timeoutSeconds) {
        var names =
                specs.stream().map(spec -> config.prefix() + "-" + spec.name()).collect(Collectors.joining("\n"));
        var ids = Output.all(containers.stream().map(Container::id).toList()).applyValue(all -> String.join("\n", all));
        return run(
                what + "-ready",
                "wait-healthy.sh",
                environment(Map.of(
                        "CONTAINERS", Output.of(names),
                        "CONTAINER_IDS", ids,
                        "TIMEOUT_SECONDS", Output.of(String.valueOf(timeoutSeconds)))),
                Optional.empty(),
                List.copyOf(containers));
    }

    /** Makes the database's roles as the plan has them; their passwords travel on standard input. */
    Command roles(DockerHost host, ServiceSpec spec, Container container, Resource ready) {
        return run(
                "roles",
                "roles.sh",
                environment(Map.of(
                        "CONTAINER", Output.of(config.prefix() + "-" + spec.name()),
                        "CONTAINER_ID", container.id(),
                        "DATABASE", Output.of(FreshTrackServices.DATABASE))),
                Optional.of(host.secrets().render(DatabaseRoles.sql(config))),
                List.of(ready));
    }

    /** Makes the API's bucket in the object storage. */
    Command bucket(ServiceSpec spec, Container container, Resource ready) {
        return run(
                "bucket",
                "bucket.sh",
                environment(Map.of(
                        "BUCKET", Output.of(config.storage().bucket()),
                        "CONTAINER", Output.of(config.prefix() + "-" + spec.name()),
                        "CONTAINER_ID", container.id())),
                Optional.empty(),
                List.of(ready));
    }

    /** Runs the migrations of the API's image: once for each image and each volume of the database, before any unit changes. */
    Command migrate(ServiceSpec spec, Container container, List<Resource> after) {
        var dependencies = new ArrayList<>(after);
        dependencies.add(container);
        return run(
                "migrations",
                "migrate.sh",
                environment(Map.of(
                        "CONTAINER", Output.of(config.prefix() + "-" + spec.name()),
                        "DATABASE_VOLUME",
                                Output.of(config.database().orElseThrow().volume()),
                        "IMAGE", Output.of(spec.image()),
                        "MIGRATE_COMMAND",
                                Output.of(String.join(" ", spec.process().command())))),
                Optional.empty(),
                dependencies);
    }

    /** Checks the Caddyfile with the image's own caddy and puts it into the configuration volume. */
    Command caddyfile(DockerHost host, FreshTrackServices services, List<Resource> after) {
        var spec = services.frontDoor();
        var variables = spec.process().environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining("\n"));
        var volume = spec.volumeNames().get(0);
        var dependencies = new ArrayList<>(after);
        dependencies.add(host.volume(volume));
        return run(
                "caddyfile",
                "caddyfile.sh",
                environment(Map.of(
                        "CADDY_ENVIRONMENT", Output.of(variables),
                        "IMAGE", host.imageId(spec.image()),
                        "MEMORY_MIB", Output.of(String.valueOf(spec.resources().memoryMiB())),
                        "VOLUME", Output.of(config.prefix() + "-" + volume))),
                Optional.of(Output.of(services.caddyfile())),
                dependencies);
    }

    /** Makes the running Caddy take up a changed Caddyfile without a restart. */
    Command reload(FreshTrackServices services, Container container, Resource ready) {
        return run(
                "caddy-reload",
                "reload.sh",
                environment(Map.of(
                        "CADDYFILE", Output.of(Fingerprint.of(services.caddyfile())),
                        "CONTAINER",
                                Output.of(config.prefix() + "-"
                                        + services.frontDoor().name()),
                        "CONTAINER_ID", container.id())),
                Optional.empty(),
                List.of(ready));
    }

    /** The last resource: what was asked for is what runs, healthy as far as the engine has asked, and answers. */
    Command verdict(DockerHost host, FreshTrackServices services, List<Resource> after) {
        var site = config.site();
        var internal = site.hasInternalCertificate();
        var units = services.units().stream()
                .map(unit -> config.prefix() + "-" + unit.api().name())
                .collect(Collectors.joining("\n"));
        return run(
                "verdict",
                "verdict.sh",
                environment(Map.ofEntries(
                        Map.entry("ADDRESS", Output.of(internal ? frontDoorAddress() : "")),
                        Map.entry("AUTHORITY", Output.of(site.certifiedBy())),
                        Map.entry(
                                "CADDY",
                                Output.of(config.prefix() + "-"
                                        + services.frontDoor().name())),
                        Map.entry("CADDYFILE", Output.of(Fingerprint.of(services.caddyfile()))),
                        Map.entry("CONTAINER_IDS", host.runningIds()),
                        Map.entry("IMAGE", host.imageId(config.images().apiOrPlaceholder())),
                        Map.entry(
                                "MAX_CONNECTIONS",
                                Output.of(String.valueOf(config.pools().maxConnections()))),
                        Map.entry(
                                "POSTGRES",
                                Output.of(config.prefix() + "-"
                                        + services.postgres().orElseThrow().name())),
                        Map.entry("TIMEOUT_SECONDS", Output.of(String.valueOf(site.answersWithinSeconds()))),
                        Map.entry("UNITS", Output.of(units)),
                        Map.entry("URL", Output.of(site.url() + config.api().readyPath())))),
                Optional.empty(),
                after);
    }

    /** Where Caddy is published, as seen from where this program runs. */
    private String frontDoorAddress() {
        var site = config.site();
        if (!site.publishAddress().equals("0.0.0.0")) {
            return site.publishAddress() + ":" + site.httpsPort();
        }
        return config.dockerHost()
                        .map(URI::create)
                        .filter(uri -> uri.getScheme().equals("ssh"))
                        .map(URI::getHost)
                        .orElse("127.0.0.1")
                + ":" + site.httpsPort();
    }

    /** With the engine that the provider uses too: without a host it knows nothing of the docker CLI's contexts. */
    private Map<String, Output<String>> environment(Map<String, Output<String>> variables) {
        var environment = new LinkedHashMap<>(variables);
        config.dockerHost()
                .ifPresentOrElse(
                        host -> environment.put("DOCKER_HOST", Output.of(host)),
                        () -> environment.put("DOCKER_CONTEXT", Output.of("default")));
        return environment;
    }

    private Command run(
            String commandName,
            String script,
            Map<String, Output<String>> environment,
            Optional<Output<String>> stdin,
            List<Resource> after) {
        var names = environment.keySet().stream().sorted().toList();
        var args = CommandArgs.builder()
                .create(files.text("host/steps/" + script))
                .environment(Output.all(names.stream().map(environment::get).toList())
                        .applyValue(values -> {
                            var sorted = new LinkedHashMap<String, String>();
                            for (var i = 0; i < names.size(); i++) {
                                sorted.put(names.get(i), values.get(i));
                            }
                            return sorted;
                        }))
                .addPreviousOutputInEnv(false);
        stdin.ifPresent(args::stdin);
        return new Command(
                name + "-" + commandName,
                args.build(),
                CustomResourceOptions.builder()
                        .parent(parent)
                        .dependsOn(after.toArray(Resource[]::new))
                        .build());
    }
}
