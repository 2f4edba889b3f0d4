package com.freshtrack.infra.config;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A range of private IPv4 addresses, and its equal parts by number.
 *
 * @param address its first address, as a number
 * @param prefix how many leading bits all its addresses share
 */
public record PrivateRange(long address, int prefix) {
    private static final Pattern TEXT =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})/[0-9]{1,2}");

    /** Bits of a subnet's number: 32 of them, of which every zone has one in each of three tiers. */
    private static final int SUBNET_BITS = 5;

    /** https://www.rfc-editor.org/rfc/rfc1918. */
    private static final PrivateRange[] RFC_1918 = {
        new PrivateRange(10L << 24, 8),
        new PrivateRange((172L << 24) + (16L << 16), 12),
        new PrivateRange((192L << 24) + (168L << 16), 16)
    };

    /** The range; empty for a text that is none, or that doesn't begin at its first address, or that isn't private. */
    static Optional<PrivateRange> parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        var slash = text.indexOf('/');
        var octets = Stream.of(text.substring(0, slash).split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
        var prefix = Integer.parseInt(text.substring(slash + 1));
        if (prefix > 32 || IntStream.of(octets).anyMatch(octet -> octet > 255)) {
            return Optional.empty();
        }
        var address = IntStream.of(octets).asLongStream().reduce(0, (sum, octet) -> sum << 8 | octet);
        return Optional.of(new PrivateRange(address, prefix))
                .filter(range -> range.address % (1L << 32 - prefix) == 0)
                .filter(range -> Stream.of(RFC_1918).anyMatch(block -> block.holds(range)));
    }

    /** The range that a checked configuration names. */
    public static PrivateRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no private range"));
    }

    /** Whether AWS takes the range for a VPC, and its 32nd parts are large enough for what scales in them. */
    boolean holdsTheSubnets() {
        return prefix >= 16 && prefix <= 21;
    }

    /** One of the 32 equal parts, as text. */
    public String subnet(int number) {
        var size = 32 - prefix - SUBNET_BITS;
        var first = address + ((long) number << size);
        return "%d.%d.%d.%d/%d"
                .formatted(first >> 24 & 255, first >> 16 & 255, first >> 8 & 255, first & 255, prefix + SUBNET_BITS);
    }

    private boolean holds(PrivateRange other) {
        return other.prefix >= prefix && other.address >> 32 - prefix == address >> 32 - prefix;
    }
}
