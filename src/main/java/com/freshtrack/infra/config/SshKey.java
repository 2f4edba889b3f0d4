package com.freshtrack.infra.config;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pair of SSH keys, read from the private one, in which the public one stands too: the format of {@code ssh-keygen}
 * (https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key).
 *
 * @param privateKey the file's text
 * @param publicKey {@code ssh-ed25519 AAAA…}
 */
public record SshKey(SecretText privateKey, String publicKey) {
    private static final String ED25519 = "ssh-ed25519";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern FILE = Pattern.compile(
            "\\s*-----BEGIN OPENSSH PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+?)\\s*-----END OPENSSH PRIVATE KEY-----\\s*");

    /** The pair of a private key of type Ed25519 without a passphrase; empty for any other text. */
    static Optional<SshKey> parse(String text) {
        var file = FILE.matcher(text);
        if (!file.matches()) {
            return Optional.empty();
        }
        try {
            var key = ByteBuffer.wrap(Base64.getMimeDecoder().decode(file.group(1)));
            var magic = new byte[MAGIC.length];
            key.get(magic);
            var cipher = new String(next(key), StandardCharsets.US_ASCII);
            next(key); // the name of the passphrase's function, and its options
            next(key);
            var keys = key.getInt();
            var blob = next(key);
            var type = new String(next(ByteBuffer.wrap(blob)), StandardCharsets.US_ASCII);
            return Arrays.equals(magic, MAGIC) && cipher.equals("none") && keys == 1 && type.equals(ED25519)
                    ? Optional.of(new SshKey(
                            new SecretText(text.strip() + "\n"),
                            ED25519 + " " + Base64.getEncoder().encodeToString(blob)))
                    : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            return Optional.empty();
        }
    }

    /** A text of the format: its length in four bytes, and then itself. */
    private static byte[] next(ByteBuffer from) {
        var length = from.getInt();
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
