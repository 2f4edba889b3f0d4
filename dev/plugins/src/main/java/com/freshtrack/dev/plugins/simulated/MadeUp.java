package com.freshtrack.dev.plugins.simulated;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * Digits that look random and are the same in every run: made from a resource's URN and, for the successor of a replaced
 * resource, from what it replaces. The same length and salt give the same digits.
 */
public record MadeUp(String urn, String replaced) {

    private static final int BYTE_VALUES = 254;
    private static final int LETTERS_AND_DIGITS = 36;

    public String hex(int length, String salt) {
        return HexFormat.of().formatHex(digest(length, salt)).substring(0, length);
    }

    public String digits(int length, String salt) {
        return new BigInteger(1, digest(length, salt)).toString().substring(0, length);
    }

    public String capitals(int length, String salt) {
        return new BigInteger(1, digest(length, salt))
                .toString(LETTERS_AND_DIGITS)
                .toUpperCase(Locale.ROOT)
                .substring(0, length);
    }

    /** The last number of an IPv4 address, from 1 to 254. */
    public int octet() {
        return Integer.parseInt(hex(6, ""), 16) % BYTE_VALUES + 1;
    }

    public String uuid(String salt) {
        return UUID.nameUUIDFromBytes(digest(0, salt)).toString();
    }

    private byte[] digest(int length, String salt) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", urn, replaced, salt, String.valueOf(length))
                            .getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
