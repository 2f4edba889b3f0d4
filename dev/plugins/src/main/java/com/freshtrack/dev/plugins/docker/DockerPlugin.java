package com.freshtrack.dev.plugins.docker;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.EngineLog;
import com.freshtrack.dev.plugins.serve.Plugin;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code docker} provider, acting through the {@code docker} command, which speaks to local sockets and {@code ssh://}
 * alike. It does what provider 5.1.0 does, built on https://github.com/kreuzwerker/terraform-provider-docker ; what it can't
 * do it refuses by name.
 */
public final class DockerPlugin implements Plugin {

    private static final Set<String> CONFIG =
            Set.of("host", "sshOpts", "context", "disableDockerDaemonCheck", "registryAuth");

    private static final Set<String> ADDRESS = Set.of("address");

    private final PackageSchema schema = PackageSchema.load("docker");
    private final Subprocesses processes = new Subprocesses();
    private final DockerCli docker = new DockerCli(processes);
    private final Map<String, ResourceType> resources = Map.of(
            "docker:index/container:Container", new Container(docker),
            "docker:index/network:Network", new Network(docker),
            "docker:index/volume:Volume", new Volume(docker),
            "docker:index/remoteImage:RemoteImage", new RemoteImage(docker));

    @Override
    public PackageSchema schema() {
        return schema;
    }

    @Override
    public List<String> configProblems(Map<String, Object> config) {
        List<String> problems = new ArrayList<>();
        for (String name : config.keySet()) {
            if (!CONFIG.contains(name)) {
                problems.add(
                        "property \"" + name + "\" of the provider isn't acted on by the bundled docker plugin;"
                                + " allowed are host, sshOpts and context: put the rest into the docker command's own configuration");
            }
        }
        if (config.get("registryAuth") instanceof List<?> registries
                && registries.stream()
                        .anyMatch(registry -> !(registry instanceof Map<?, ?> map)
                                || !map.keySet().equals(ADDRESS))) {
            problems.add(
                    "property \"registryAuth\" of the provider may hold addresses alone with the bundled docker plugin:"
                            + " the docker command takes the credentials from ~/.docker/config.json by itself");
        }
        if (config.get("host") != null && config.get("context") != null) {
            problems.add("property \"context\" of the provider can't be combined with host; remove one of them");
        }
        return problems;
    }

    @Override
    public void configure(Map<String, Object> config, EngineLog log) throws ResourceFailure {
        docker.connectTo(config.get("host"), config.get("context"), config.get("sshOpts"));
    }

    @Override
    public Optional<ResourceType> resource(String type) {
        return Optional.ofNullable(resources.get(type));
    }

    @Override
    public void cancel() {
        processes.cancel();
    }
}
