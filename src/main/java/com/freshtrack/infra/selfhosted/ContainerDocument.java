package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.HealthCheck;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.services.ServiceSpec.HostFolder;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.Volume;
import com.pulumi.core.Output;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.inputs.ContainerCapabilitiesArgs;
import com.pulumi.docker.inputs.ContainerHealthcheckArgs;
import com.pulumi.docker.inputs.ContainerLabelArgs;
import com.pulumi.docker.inputs.ContainerNetworksAdvancedArgs;
import com.pulumi.docker.inputs.ContainerPortArgs;
import com.pulumi.docker.inputs.ContainerUlimitArgs;
import com.pulumi.docker.inputs.ContainerUploadArgs;
import com.pulumi.docker.inputs.ContainerVolumeArgs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A service specification as the arguments of a {@code docker.Container}: one field after another, lists sorted. */
record ContainerDocument(
        String stack,
        ServiceSpec spec,
        Map<Network, com.pulumi.docker.Network> networks,
        Map<String, Output<String>> labels,
        Output<String> imageId,
        Function<FileSpec, Output<String>> content) {

    ContainerArgs render() {
        var process = spec.process();
        var container = ContainerArgs.builder()
                .name(stack + "-" + spec.name())
                .image(imageId)
                .hostname(spec.name())
                .command(process.command())
                .envs(process.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList())
                .stopSignal(process.stopSignal())
                .stopTimeout(process.stopGraceSeconds())
                // Without it the provider kills at once, whatever stopTimeout says.
                .destroyGraceSeconds(process.stopGraceSeconds())
                .networksAdvanced(spec.networks().stream().map(this::toNetwork).toList())
                .labels(toLabels())
                .uploads(spec.files().stream().map(this::toUpload).toList())
                .capabilities(ContainerCapabilitiesArgs.builder()
                        .adds(spec.isolation().capabilities())
                        .drops("ALL")
                        .build())
                .securityOpts("no-new-privileges:true")
                .cpus(BigDecimal.valueOf(spec.resources().cpus())
                        .stripTrailingZeros()
                        .toPlainString())
                .memory(spec.resources().memoryMiB())
                // Equal to the memory, which means no swap; and the engine refuses to raise one without the other.
                .memorySwap(spec.resources().memoryMiB())
                .logDriver("json-file")
                // The labels stand in each line of the log's file, which is how Alloy knows whose it is.
                .logOpts(Map.of(
                        "labels", "com.freshtrack.service,com.freshtrack.stack", "max-file", "3", "max-size", "10m"));
        if (!process.entrypoint().isEmpty()) {
            container.entrypoints(process.entrypoint());
        }
        if (!process.user().isEmpty()) {
            container.user(process.user());
        }
        if (!spec.mounts().isEmpty()) {
            container.volumes(spec.mounts().stream().map(this::toVolume).toList());
        }
        if (!spec.ports().isEmpty()) {
            container.ports(spec.ports().stream().map(ContainerDocument::toPort).toList());
        }
        if (spec.isolation().fileDescriptors() > 0) {
            container.ulimits(toUlimit(spec.isolation().fileDescriptors()));
        }
        spec.healthCheck().ifPresent(check -> container.healthcheck(toHealthcheck(check)));
        return toLifecycle(container).build();
    }

    /** What runs once is only made here: the command that starts it fails when it fails, which a container can't. */
    private ContainerArgs.Builder toLifecycle(ContainerArgs.Builder container) {
        return switch (spec.lifecycle()) {
            case PERMANENT -> container.restart("unless-stopped");
            case ONE_OFF -> container.restart("no").start(false).mustRun(false);
        };
    }

    private ContainerNetworksAdvancedArgs toNetwork(Network network) {
        return ContainerNetworksAdvancedArgs.builder()
                .name(networks.get(network).name())
                .aliases(spec.name())
                .build();
    }

    private List<ContainerLabelArgs> toLabels() {
        var all = new TreeMap<>(labels);
        all.put("com.freshtrack.service", Output.of(spec.name()));
        all.put("com.freshtrack.stack", Output.of(stack));
        return all.entrySet().stream()
                .map(label -> ContainerLabelArgs.builder()
                        .label(label.getKey())
                        .value(label.getValue())
                        .build())
                .toList();
    }

    private ContainerUploadArgs toUpload(FileSpec file) {
        return ContainerUploadArgs.builder()
                .file(file.path())
                .content(content.apply(file))
                .permissions(file.permissions())
                .build();
    }

    private ContainerVolumeArgs toVolume(Mount mount) {
        var volume = ContainerVolumeArgs.builder().containerPath(mount.path());
        if (mount.readOnly()) {
            volume.readOnly(true);
        }
        if (mount.source() instanceof HostFolder host) {
            volume.hostPath(host.folder());
        } else if (mount.source() instanceof Volume named) {
            volume.volumeName(stack + "-" + named.name());
        }
        return volume.build();
    }

    private static ContainerPortArgs toPort(ServiceSpec.PublishedPort port) {
        return ContainerPortArgs.builder()
                .internal(port.internal())
                .external(port.external())
                .ip(port.address())
                .protocol(port.protocol())
                .build();
    }

    private static ContainerUlimitArgs toUlimit(int fileDescriptors) {
        return ContainerUlimitArgs.builder()
                .name("nofile")
                .soft(fileDescriptors)
                .hard(fileDescriptors)
                .build();
    }

    private static ContainerHealthcheckArgs toHealthcheck(HealthCheck check) {
        return ContainerHealthcheckArgs.builder()
                .tests(check.test())
                .interval(duration(check.intervalSeconds()))
                .timeout(duration(check.timeoutSeconds()))
                .retries(check.retries())
                .startPeriod(duration(check.startPeriodSeconds()))
                .build();
    }

    /**
     * A duration as Go writes it, {@code 1m0s} rather than {@code 60s}: the provider reads it back in this form, and a text
     * that differs would replace the container at every deploy (https://pkg.go.dev/time#Duration.String).
     */
    static String duration(int seconds) {
        var text = seconds % 60 + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
    }
}
