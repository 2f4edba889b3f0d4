package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.DnsRecord;
import com.pulumi.digitalocean.DnsRecordArgs;

/** The records that lead the product's host names to the Droplet. */
final class DnsRecords {
    private static final int SECONDS = 300;

    private DnsRecords() {}

    /** Makes those in the zone that the stack names; none where it names none. */
    static void make(Parent parent, StackConfig config, Output<String> address) {
        config.digitalOcean().orElseThrow().dnsZone().ifPresent(zone -> config.hostNames().stream()
                .filter(name -> isIn(zone, name))
                .forEach(name -> record(parent, zone, name, address)));
    }

    private static boolean isIn(String zone, String name) {
        return name.equals(zone) || name.endsWith("." + zone);
    }

    private static void record(Parent parent, String zone, String name, Output<String> address) {
        var label = name.equals(zone) ? "@" : name.substring(0, name.length() - zone.length() - 1);
        new DnsRecord(
                parent.child("dns-" + name),
                DnsRecordArgs.builder()
                        .domain(zone)
                        .type("A")
                        .name(label)
                        .value(address)
                        .ttl(SECONDS)
                        .build(),
                parent.options());
    }
}
