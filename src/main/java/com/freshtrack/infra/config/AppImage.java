package com.freshtrack.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * A container image as App Platform takes it: https://docs.digitalocean.com/products/app-platform/reference/app-spec/.
 *
 * @param registryType {@code DOCR}, {@code DOCKER_HUB} or {@code GHCR}
 * @param registry the account in it; empty for DigitalOcean's own, where it is that of the team
 * @param tag empty where there is a digest
 */
public record AppImage(
        String registryType,
        Optional<String> registry,
        String repository,
        Optional<String> tag,
        Optional<String> digest) {
    private static final String DOCKER_HUB = "DOCKER_HUB";

    /** The registries that it pulls from, for a message. */
    static final String ALLOWED =
            "an image of Docker Hub, ghcr.io or registry.digitalocean.com: App Platform pulls from nowhere else";

    /** The image of a reference; empty where App Platform can't pull it. */
    public static Optional<AppImage> parse(String text) {
        return ImageReference.parse(text).flatMap(AppImage::of);
    }

    private static Optional<AppImage> of(ImageReference reference) {
        var parts = List.of(reference.name().split("/"));
        var host = parts.get(0);
        if (host.equals("registry.digitalocean.com") && parts.size() == 3) {
            return Optional.of(image("DOCR", Optional.empty(), parts.get(2), reference));
        }
        if (host.equals("ghcr.io") && parts.size() > 2) {
            return Optional.of(image(
                    "GHCR", Optional.of(parts.get(1)), String.join("/", parts.subList(2, parts.size())), reference));
        }
        var hub = host.equals("docker.io") || host.equals("index.docker.io") ? parts.subList(1, parts.size()) : parts;
        if (hub.size() == 1) {
            return Optional.of(image(DOCKER_HUB, Optional.of("library"), hub.get(0), reference));
        }
        boolean otherHost = hub.get(0).contains(".") || hub.get(0).contains(":");
        return hub.size() == 2 && !otherHost
                ? Optional.of(image(DOCKER_HUB, Optional.of(hub.get(0)), hub.get(1), reference))
                : Optional.empty();
    }

    private static AppImage image(
            String registryType, Optional<String> registry, String repository, ImageReference reference) {
        return new AppImage(
                registryType,
                registry,
                repository,
                reference.digest().isPresent() ? Optional.empty() : reference.tag(),
                reference.digest());
    }
}
