package com.freshtrack.infra.compose;

import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.HealthCheck;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.services.ServiceSpec.HostFolder;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.PublishedPort;
import com.freshtrack.infra.services.ServiceSpec.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A service specification as an entry of {@code services:}, one field after another: the same container that the self-hosted
 * target makes (https://github.com/compose-spec/compose-spec/blob/main/05-services.md).
 */
record ComposeService(String project, ServiceSpec spec) {
    private static final String VOLUMES_ARE_HERE = "/var/lib/docker/volumes/.freshtrack";

    SortedMap<String, Object> render() {
        var process = spec.process();
        var memory = spec.resources().memoryMiB() + "m";
        var service = new TreeMap<String, Object>();
        putUnlessEmpty(service, "cap_add", spec.isolation().capabilities());
        service.put("cap_drop", List.of("ALL"));
        putUnlessEmpty(service, "command", literal(process.command()));
        service.put("container_name", project + "-" + spec.name());
        service.put("cpus", spec.resources().cpus());
        putUnlessEmpty(service, "entrypoint", literal(process.entrypoint()));
        if (!process.environment().isEmpty()) {
            service.put("environment", toEnvironment());
        }
        spec.healthCheck().ifPresent(check -> service.put("healthcheck", toHealthcheck(check)));
        service.put("hostname", spec.name());
        service.put("image", spec.image());
        service.put("labels", toLabels());
        service.put("logging", toLogging());
        service.put("mem_limit", memory);
        // Equal to the memory, which means no swap.
        service.put("memswap_limit", memory);
        service.put(
                "networks", spec.networks().stream().map(Network::text).sorted().toList());
        putUnlessEmpty(
                service,
                "ports",
                spec.ports().stream().map(ComposeService::toPort).toList());
        service.put("restart", toRestart());
        putUnlessEmpty(service, "secrets", toSecrets());
        service.put("security_opt", List.of("no-new-privileges:true"));
        service.put("stop_grace_period", process.stopGraceSeconds() + "s");
        service.put("stop_signal", process.stopSignal());
        if (spec.isolation().fileDescriptors() > 0) {
            service.put("ulimits", toUlimits(spec.isolation().fileDescriptors()));
        }
        if (!process.user().isEmpty()) {
            service.put("user", process.user());
        }
        putUnlessEmpty(service, "volumes", toVolumes());
        return service;
    }

    /** The files that hold a secret; each service has copies of its own. */
    List<SecretFile> secretFiles() {
        return spec.files().stream()
                .filter(file -> !file.secrets().isEmpty())
                .map(file -> new SecretFile(spec.name(), file))
                .sorted(Comparator.comparing(SecretFile::source))
                .toList();
    }

    private SortedMap<String, String> toEnvironment() {
        return spec.process().environment().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        variable -> literal(variable.getValue()),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** Compose compares what a file's path is, and not what is in it: another version of its secrets is another label. */
    private SortedMap<String, String> toLabels() {
        var labels = new TreeMap<>(Map.of("com.freshtrack.service", spec.name(), "com.freshtrack.stack", project));
        if (!secretFiles().isEmpty()) {
            labels.put("com.freshtrack.secrets", SecretFile.version(spec.name()));
        }
        return labels;
    }

    /** The labels stand in each line of the log's file, which is how Alloy knows whose it is. */
    private static SortedMap<String, Object> toLogging() {
        return new TreeMap<>(Map.of(
                "driver",
                "json-file",
                "options",
                new TreeMap<>(Map.of(
                        "labels", "com.freshtrack.service,com.freshtrack.stack", "max-file", "3", "max-size", "10m"))));
    }

    private String toRestart() {
        return switch (spec.lifecycle()) {
            case PERMANENT -> "unless-stopped";
            case ONE_OFF -> "no";
        };
    }

    private List<SortedMap<String, Object>> toSecrets() {
        return secretFiles().stream()
                .<SortedMap<String, Object>>map(secret -> new TreeMap<>(Map.of(
                        "source", secret.source(), "target", secret.file().path())))
                .toList();
    }

    /**
     * What has a volume doesn't start without the file that host/first-boot puts beside the volumes: with the machine's own disk in
     * the place of its block volume, it would begin with nothing.
     */
    private List<SortedMap<String, Object>> toVolumes() {
        var volumes = new ArrayList<SortedMap<String, Object>>();
        spec.files().stream().filter(file -> file.secrets().isEmpty()).forEach(file -> volumes.add(toVolume(file)));
        spec.mounts().forEach(mount -> volumes.add(toVolume(mount)));
        if (!spec.volumeNames().isEmpty()) {
            volumes.add(bind(VOLUMES_ARE_HERE, "/run/freshtrack-volumes", true));
        }
        volumes.sort(Comparator.comparing(volume -> (String) volume.get("target")));
        return volumes;
    }

    private SortedMap<String, Object> toVolume(FileSpec file) {
        return bind("./" + Bundle.File.of(spec.name(), file).path(), file.path(), true);
    }

    private static SortedMap<String, Object> toVolume(Mount mount) {
        if (mount.source() instanceof HostFolder host) {
            return bind(host.folder(), mount.path(), mount.readOnly());
        }
        var volume = new TreeMap<String, Object>();
        if (mount.readOnly()) {
            volume.put("read_only", true);
        }
        volume.put("source", ((Volume) mount.source()).name());
        volume.put("target", mount.path());
        volume.put("type", "volume");
        return volume;
    }

    /** A source that isn't there is an error and not a new folder. */
    private static SortedMap<String, Object> bind(String source, String target, boolean readOnly) {
        return new TreeMap<>(Map.of(
                "bind", Map.of("create_host_path", false),
                "read_only", readOnly,
                "source", source,
                "target", target,
                "type", "bind"));
    }

    private static SortedMap<String, Object> toPort(PublishedPort port) {
        return new TreeMap<>(Map.of(
                "host_ip", port.address(),
                "protocol", port.protocol(),
                "published", String.valueOf(port.external()),
                "target", port.internal()));
    }

    private static SortedMap<String, Object> toUlimits(int fileDescriptors) {
        return new TreeMap<>(Map.of("nofile", new TreeMap<>(Map.of("hard", fileDescriptors, "soft", fileDescriptors))));
    }

    private static SortedMap<String, Object> toHealthcheck(HealthCheck check) {
        return new TreeMap<>(Map.of(
                "interval", check.intervalSeconds() + "s",
                "retries", check.retries(),
                "start_period", check.startPeriodSeconds() + "s",
                "test", literal(check.test()),
                "timeout", check.timeoutSeconds() + "s"));
    }

    private static List<String> literal(List<String> words) {
        return words.stream().map(ComposeService::literal).toList();
    }

    /** Compose fills in variables where it reads a dollar. */
    private static String literal(String word) {
        return word.replace("$", "$$");
    }

    private static void putUnlessEmpty(Map<String, Object> service, String field, List<?> values) {
        if (!values.isEmpty()) {
            service.put(field, values);
        }
    }
}
