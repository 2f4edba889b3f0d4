package com.freshtrack.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.freshtrack.infra.services.ContainerFiles;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.HealthCheck;
import com.freshtrack.infra.services.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A service specification as a container definition of ECS, one field after another
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html).
 *
 * <p>Everything that ECS would add by itself is written out, and every list is sorted, so that what it answers is what it was
 * given and a preview shows no change that is none.
 *
 * @param name the container's name in its task
 * @param ports what it listens on, for others
 * @param dependsOn the container that must be healthy first, and outlives this one
 * @param secrets the references of secrets by their names
 * @param logGroup the log group's name
 */
record ContainerDefinition(
        String name,
        ServiceSpec spec,
        List<Integer> ports,
        Optional<String> dependsOn,
        SortedMap<String, String> secrets,
        String logGroup,
        String region) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_START_PERIOD = 300;

    /** The definitions of one task as the text that a task definition takes. */
    static String render(List<ContainerDefinition> containers) {
        try {
            return JSON.writeValueAsString(containers.stream()
                    .sorted(Comparator.comparing(ContainerDefinition::name))
                    .map(ContainerDefinition::render)
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }

    private SortedMap<String, Object> render() {
        var files = new ContainerFiles(spec);
        var definition = new TreeMap<String, Object>();
        definition.put("command", command(files));
        definition.put("cpu", (int) Math.round(spec.resources().cpus() * 1024));
        definition.put("dependsOn", toDependencies());
        definition.put("entryPoint", keepsEntryPoint() ? List.of() : List.of("/bin/sh", "-c", files.script(), "sh"));
        definition.put("environment", toEnvironment(files));
        definition.put("essential", true);
        spec.healthCheck().ifPresent(check -> definition.put("healthCheck", toHealthCheck(check, files)));
        definition.put("image", spec.image());
        definition.put(
                "linuxParameters",
                Map.of("capabilities", sorted("add", spec.isolation().capabilities(), "drop", List.of("ALL"))));
        definition.put(
                "logConfiguration",
                sorted(
                        "logDriver",
                        "awslogs",
                        "options",
                        sorted(
                                "awslogs-group", logGroup,
                                "awslogs-region", region,
                                "awslogs-stream-prefix", name)));
        definition.put("memory", spec.resources().memoryMiB());
        definition.put("mountPoints", toMountPoints());
        definition.put("name", name);
        definition.put("portMappings", toPorts());
        definition.put("secrets", toSecrets(files));
        definition.put("stopTimeout", spec.process().stopGraceSeconds());
        definition.put("systemControls", List.of());
        definition.put("ulimits", toLimits());
        if (!spec.process().user().isEmpty()) {
            definition.put("user", spec.process().user());
        }
        definition.put("volumesFrom", List.of());
        return definition;
    }

    /** An image whose own entry point is needed reads its secrets from NAME, of which NAME_FILE is the form for files. */
    private boolean keepsEntryPoint() {
        return spec.process().entrypoint().isEmpty()
                && spec.files().stream().allMatch(file -> variableOf(file).isPresent());
    }

    private Optional<String> variableOf(FileSpec file) {
        return spec.process().environment().entrySet().stream()
                .filter(variable -> variable.getKey().endsWith("_FILE"))
                .filter(variable -> variable.getValue().equals(file.path()))
                .map(variable ->
                        variable.getKey().substring(0, variable.getKey().length() - "_FILE".length()))
                .findFirst();
    }

    private List<String> command(ContainerFiles files) {
        return Stream.concat(spec.process().entrypoint().stream(), spec.process().command().stream())
                .map(files::moved)
                .toList();
    }

    private List<Object> toDependencies() {
        return dependsOn
                .<List<Object>>map(other -> List.of(sorted("condition", "HEALTHY", "containerName", other)))
                .orElse(List.of());
    }

    private List<Object> toEnvironment(ContainerFiles files) {
        return spec.process().environment().entrySet().stream()
                .filter(variable -> !keepsEntryPoint() || !variable.getKey().endsWith("_FILE"))
                .<Object>map(variable -> sorted("name", variable.getKey(), "value", files.moved(variable.getValue())))
                .toList();
    }

    private List<Object> toSecrets(ContainerFiles files) {
        var references = new TreeMap<String, String>();
        if (keepsEntryPoint()) {
            spec.files().forEach(file -> file.secrets()
                    .forEach(secret -> references.put(variableOf(file).orElseThrow(), reference(secret))));
        } else {
            files.secrets().forEach(secret -> references.put(ContainerFiles.variable(secret), reference(secret)));
        }
        var list = new ArrayList<Object>();
        references.forEach((variable, reference) -> list.add(sorted("name", variable, "valueFrom", reference)));
        return list;
    }

    private String reference(String secret) {
        var reference = secrets.get(secret);
        if (reference == null) {
            throw new IllegalArgumentException("no reference for the secret " + secret + " of " + name);
        }
        return reference;
    }

    /** ECS may leave a start period of 0 out of its answer, and the definition would then look changed: so it is 1 s at least. */
    private static Map<String, Object> toHealthCheck(HealthCheck check, ContainerFiles files) {
        var health = new TreeMap<String, Object>();
        health.put("command", check.test().stream().map(files::moved).toList());
        health.put("interval", check.intervalSeconds());
        health.put("retries", check.retries());
        health.put("startPeriod", Math.max(1, Math.min(check.startPeriodSeconds(), LONGEST_START_PERIOD)));
        health.put("timeout", check.timeoutSeconds());
        return health;
    }

    private List<Object> toMountPoints() {
        return spec.mounts().stream()
                .map(mount -> {
                    if (!(mount.source() instanceof ServiceSpec.Volume volume)) {
                        throw new IllegalArgumentException(
                                "aws-fargate has no host whose folder " + name + " could mount at " + mount.path());
                    }
                    return (Object) sorted(
                            "containerPath", mount.path(), "readOnly", mount.readOnly(), "sourceVolume", volume.name());
                })
                .toList();
    }

    private List<Object> toPorts() {
        return ports.stream()
                .sorted()
                .<Object>map(port -> sorted("containerPort", port, "hostPort", port, "protocol", "tcp"))
                .toList();
    }

    private List<Object> toLimits() {
        int files = spec.isolation().fileDescriptors();
        return files == 0 ? List.of() : List.of(sorted("hardLimit", files, "name", "nofile", "softLimit", files));
    }

    private static SortedMap<String, Object> sorted(Object... keysAndValues) {
        var map = new TreeMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
