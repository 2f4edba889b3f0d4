package com.freshtrack.infra.services;

import java.util.List;
import java.util.SortedMap;

/**
 * What a service starts and how it is stopped.
 *
 * @param entrypoint replaces the image's entry point; empty keeps it
 * @param command its arguments
 * @param user the user it runs as; empty keeps the image's
 * @param environment plain values, never a secret
 * @param stopSignal the signal that asks it to end
 * @param stopGraceSeconds how long it may take to end before it is killed
 */
public record ProcessSpec(
        List<String> entrypoint,
        List<String> command,
        String user,
        SortedMap<String, String> environment,
        String stopSignal,
        int stopGraceSeconds) {}
