package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.DEPLOY_KEY;
import static com.freshtrack.infra.config.ConfigKey.HOST_KEY;
import static com.freshtrack.infra.config.ConfigKey.SSH_CIDRS;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads who reaches a cloud's machine over SSH, and by which keys. */
final class AccessReader {
    private AccessReader() {}

    /** The networks that may reach SSH, sorted, where the machine has addresses of both kinds. */
    static List<String> networks(ConfigValues values) {
        return networks(
                values,
                IpNetworks::isEither,
                "networks in CIDR notation, separated by commas, none wider than /8 (IPv6 /16): SSH is never open to the world");
    }

    /** The same where the machine has IPv4 alone. */
    static List<String> ipv4Networks(ConfigValues values) {
        return networks(
                values,
                IpNetworks::isIpv4,
                "IPv4 networks in CIDR notation, separated by commas, none wider than /8: SSH is never open to the world");
    }

    private static List<String> networks(ConfigValues values, Predicate<String> allowed, String said) {
        var networks = values.sortedList(SSH_CIDRS);
        if (networks.isEmpty() || !networks.stream().allMatch(allowed)) {
            values.refuse(SSH_CIDRS, said, "198.51.100.7/32");
        }
        return networks;
    }

    /** The stack's two pairs; a preview may go without. */
    static Optional<MachineKeys> keys(ConfigValues values) {
        if (values.preview()
                && values.optional(HOST_KEY).isEmpty()
                && values.optional(DEPLOY_KEY).isEmpty()) {
            values.warn("freshtrack:hostKey and freshtrack:deployKey are not set: this preview shows placeholders, and"
                    + " `pulumi up` will refuse. Make them with: " + values.makeKeys());
            return Optional.empty();
        }
        var host = key(values, HOST_KEY);
        var deploy = key(values, DEPLOY_KEY);
        if (host.isPresent()
                && deploy.isPresent()
                && host.get().publicKey().equals(deploy.get().publicKey())) {
            values.refuse(
                    DEPLOY_KEY,
                    values.shown(DEPLOY_KEY),
                    "another key than freshtrack:hostKey, which the machine itself holds",
                    values.makeKeys());
        }
        return host.flatMap(one -> deploy.map(other -> new MachineKeys(one, other)));
    }

    private static Optional<SshKey> key(ConfigValues values, ConfigKey key) {
        if (!values.usable(key)) {
            return Optional.empty();
        }
        var pair = SshKey.parse(values.text(key));
        if (pair.isEmpty()) {
            values.refuse(
                    key,
                    values.shown(key),
                    "a private key of type Ed25519 without a passphrase, as ssh-keygen writes it",
                    values.makeKeys());
        }
        return pair;
    }
}
