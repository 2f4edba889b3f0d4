package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import java.util.List;
import java.util.Optional;

/**
 * One thing that FreshTrack runs, in words that every target can render.
 *
 * @param name the service's name and its host name on its networks
 * @param lifecycle whether it runs for good or does one piece of work
 * @param image the image reference, by tag, digest or local image ID
 * @param process what is started and how it is stopped
 * @param files what is put into it before its start; secrets only ever arrive this way
 * @param ports what the outside can reach; empty for everything but the front door
 * @param networks the networks it joins
 * @param mounts what outlives it, or belongs to the host
 * @param healthCheck how a target knows that it is ready
 * @param resources its limits
 * @param isolation what it may do beyond an unprivileged process
 */
public record ServiceSpec(
        String name,
        Lifecycle lifecycle,
        String image,
        ProcessSpec process,
        List<FileSpec> files,
        List<PublishedPort> ports,
        List<Network> networks,
        List<Mount> mounts,
        Optional<HealthCheck> healthCheck,
        Resources resources,
        Isolation isolation) {

    /** The names of the volumes that it mounts, in the order of its mounts. */
    public List<String> volumeNames() {
        return mounts.stream()
                .map(Mount::source)
                .filter(Volume.class::isInstance)
                .map(source -> ((Volume) source).name())
                .toList();
    }

    /** Whether a service runs for good (and is restarted when it ends) or does one piece of work. */
    public enum Lifecycle {
        PERMANENT,
        ONE_OFF
    }

    /** The networks: {@code DATA} and {@code MONITORING} have no way out, {@code EDGE} reaches the world. */
    public enum Network {
        DATA,
        EDGE,
        MONITORING;

        /** The network's name within a stack. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A port of the host that leads into the service; protocol is {@code tcp} or {@code udp}. */
    public record PublishedPort(int internal, int external, String address, String protocol) {}

    /**
     * What is mounted into a service.
     *
     * @param source where it comes from
     * @param path where it goes, absolute
     * @param readOnly whether the service may only read it
     */
    public record Mount(Source source, String path, boolean readOnly) {
        /** A named volume that the service may write to. */
        public static Mount volume(String name, String path) {
            return new Mount(new Volume(name), path, false);
        }
    }

    /** Where a mount comes from. */
    public sealed interface Source {}

    /** A named volume; {@code name} is unique within a stack. */
    public record Volume(String name) implements Source {}

    /** A folder of the host, absolute. */
    public record HostFolder(String folder) implements Source {}

    /**
     * What a service may do.
     *
     * @param capabilities the Linux capabilities it keeps, as Docker writes them ({@code CAP_…}); all others are dropped
     * @param fileDescriptors its limit of open files; 0 leaves the engine's default
     */
    public record Isolation(List<String> capabilities, int fileDescriptors) {
        /** No capabilities, the engine's default of open files. */
        public static final Isolation NONE = new Isolation(List.of(), 0);
    }
}
