package com.freshtrack.infra.config;

import java.util.List;
import java.util.Map;

/**
 * What is the product's own business about its API.
 *
 * @param command what runs the API inside its image
 * @param migrateCommand what runs the migrations inside the same image
 * @param healthCommand what is run inside the container to ask whether the API is ready, but for App Platform
 * @param env plain environment variables, sorted by name
 * @param secrets environment variables that the start script exports from files, sorted by name
 * @param readyPath path that says whether traffic may be sent
 * @param poolMax most connections that one API instance opens to its PgBouncer, or to the database platform's own pool
 * @param stopGraceSeconds time between the stop signal and the kill
 * @param readyTimeoutSeconds how long a started API may take until it is ready
 */
public record ApiConfig(
        List<String> command,
        List<String> migrateCommand,
        List<String> healthCommand,
        Map<String, String> env,
        Map<String, SecretText> secrets,
        String readyPath,
        int poolMax,
        int stopGraceSeconds,
        int readyTimeoutSeconds) {}
