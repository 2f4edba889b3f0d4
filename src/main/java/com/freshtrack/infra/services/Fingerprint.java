package com.freshtrack.infra.services;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for a text that is no secret. */
public final class Fingerprint {
    private Fingerprint() {}

    /** The first 16 hexadecimal digits of the text's SHA-256. */
    public static String of(String text) {
        return sha256(text).substring(0, 16);
    }

    /** The text's whole SHA-256, in hexadecimal digits, as {@code sha256sum} writes it. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
