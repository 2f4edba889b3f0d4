package com.freshtrack.dev.plugins.simulated.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IPv4 addresses: its first and last, and how many bits it has fixed. */
record Cidr(long first, long last, int bits) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final int ADDRESS_BITS = 32;
    private static final int LARGEST_OCTET = 255;
    private static final int OCTETS = 4;

    /** Empty when the text is no block or its address isn't the block's first. */
    static Optional<Cidr> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 1; i <= OCTETS; i++) {
            int octet = Integer.parseInt(matcher.group(i));
            if (octet > LARGEST_OCTET) {
                return Optional.empty();
            }
            address = address * (LARGEST_OCTET + 1) + octet;
        }
        int bits = Integer.parseInt(matcher.group(OCTETS + 1));
        if (bits > ADDRESS_BITS || address % (1L << ADDRESS_BITS - bits) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(address, address + (1L << ADDRESS_BITS - bits) - 1, bits));
    }

    boolean contains(Cidr other) {
        return first <= other.first && other.last <= last;
    }

    boolean overlaps(Cidr other) {
        return first <= other.last && other.first <= last;
    }
}
