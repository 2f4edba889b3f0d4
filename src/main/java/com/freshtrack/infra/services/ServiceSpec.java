package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import java.util.List;
import java.util.Optional;

/**
 * One thing that FreshTrack runs, in words that every target can render.
 *
 * @param name the service's name and its host name on its networks
 * @param lifecycle whether it runs for good or once per deploy
 * @param image the image reference, by tag, digest or local image ID
 * @param process what is started and how it is stopped
 * @param files what is put into it before its start; secrets only ever arrive this way
 * @param ports what the outside can reach; empty for everything but the front door
 * @param networks the networks it joins
 * @param volumes what outlives it
 * @param healthCheck how the engine knows that it is ready
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
        List<VolumeMount> volumes,
        Optional<HealthCheck> healthCheck,
        Resources resources,
        Isolation isolation) {

    /** Whether a service runs for good (and is restarted when it ends) or once per deploy. */
    public enum Lifecycle {
        PERMANENT,
        ONE_OFF
    }

    /** The two networks: {@code DATA} has no way out, {@code EDGE} reaches the world. */
    public enum Network {
        DATA,
        EDGE;

        /** The network's name within a stack. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A port of the host that leads into the service; protocol is {@code tcp} or {@code udp}. */
    public record PublishedPort(int internal, int external, String address, String protocol) {}

    /** A named volume; {@code name} is unique within a stack. */
    public record VolumeMount(String name, String path) {}

    /**
     * What a service may do.
     *
     * @param capabilities the Linux capabilities it keeps, as the engine writes them ({@code CAP_…}); all others are dropped
     * @param fileDescriptors its limit of open files; 0 leaves the engine's default
     */
    public record Isolation(List<String> capabilities, int fileDescriptors) {
        /** No capabilities, the engine's default of open files. */
        public static final Isolation NONE = new Isolation(List.of(), 0);
    }
}
