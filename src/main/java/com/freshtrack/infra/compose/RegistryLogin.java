package com.freshtrack.infra.compose;

import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.SecretNames;

/** The file in which docker keeps logins: https://docs.docker.com/reference/cli/docker/login/. */
final class RegistryLogin {
    private static final String DOCKER_HUB = "docker.io";

    /** The name that docker keeps that login under. */
    private static final String DOCKER_HUB_INDEX = "https://index.docker.io/v1/";

    private RegistryLogin() {}

    static FileSpec file(String registry) {
        return FileSpec.text(
                "config.json",
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}\n"
                        .formatted(
                                registry.equals(DOCKER_HUB) ? DOCKER_HUB_INDEX : registry,
                                FileSpec.placeholder(SecretNames.REGISTRY_AUTH)));
    }
}
