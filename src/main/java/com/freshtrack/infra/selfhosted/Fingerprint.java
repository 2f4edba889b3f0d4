package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.services.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for a text or for what a service is asked to be; no secret value is ever part of it. */
final class Fingerprint {
    private Fingerprint() {}

    /** Of everything that the specification says; its files are templates, so secrets are only there by name. */
    static String of(ServiceSpec spec) {
        return of(spec.toString());
    }

    /** The first 16 hexadecimal digits of the text's SHA-256. */
    static String of(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
