package com.freshtrack.infra.stack;

import com.pulumi.core.Output;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack on a Docker host says of the product once it is deployed.
 *
 * @param url where the product answers; known once the verdict has passed, or the deploy where there is none
 * @param apiImage the API image that runs; known when the URL is
 * @param grafanaAdminPassword the password of Grafana's user {@code admin}, secret; empty where nothing watches the product
 */
public record ProductOutputs(
        Output<String> url, Output<String> apiImage, Optional<Output<String>> grafanaAdminPassword) {
    /** Those that no secret is among, by name. */
    public Map<String, Output<?>> plain() {
        return Map.of("apiImage", apiImage, "url", url);
    }
}
