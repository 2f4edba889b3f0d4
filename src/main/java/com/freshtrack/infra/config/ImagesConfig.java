package com.freshtrack.infra.config;

import java.util.Optional;

/**
 * The image of each service, as a reference that Docker takes.
 *
 * @param api {@code name@sha256:<64 hex>} or the ID of a local image, {@code sha256:<64 hex>}; empty only in a preview
 * @param privateRegistry host of a registry that asks for credentials
 * @param registryLogin those, {@code user:password}; empty where they are in {@code ~/.docker/config.json}
 */
public record ImagesConfig(
        String postgres,
        String pgbouncer,
        String redis,
        String minio,
        String caddy,
        String backup,
        Monitoring monitoring,
        Optional<String> api,
        Optional<String> privateRegistry,
        Optional<SecretText> registryLogin) {

    /** The images of what watches the product. */
    public record Monitoring(
            String prometheus,
            String alertmanager,
            String grafana,
            String loki,
            String alloy,
            String nodeExporter,
            String postgresExporter,
            String pgbouncerExporter,
            String blackboxExporter) {}

    /** The API's image, or what a preview shows in its place while it isn't set. */
    public String apiOrPlaceholder() {
        return api.orElse("freshtrack-api-image-not-set");
    }
}
