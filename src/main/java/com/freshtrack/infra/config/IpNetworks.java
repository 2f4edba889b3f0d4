package com.freshtrack.infra.config;

import java.util.regex.Pattern;

/** Networks in CIDR notation, none wider than a cloud's firewall should let in. */
final class IpNetworks {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 =
            Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET + "/(?:[89]|[12][0-9]|3[0-2])");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-f]{1,4}:[0-9a-f:]{1,34}/(?:1[6-9]|[2-9][0-9]|1[01][0-9]|12[0-8])");

    private IpNetworks() {}

    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    static boolean isEither(String text) {
        return isIpv4(text) || IPV6.matcher(text).matches();
    }
}
