package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.Firewall;
import com.pulumi.digitalocean.FirewallArgs;
import com.pulumi.digitalocean.inputs.FirewallInboundRuleArgs;
import com.pulumi.digitalocean.inputs.FirewallOutboundRuleArgs;
import java.util.List;

/**
 * What reaches the Droplet: HTTP and HTTPS from everywhere, SSH from the networks that the stack names. A firewall of DigitalOcean
 * lets out only what it says, too (https://docs.digitalocean.com/products/networking/firewalls/).
 */
final class CloudFirewall {
    private static final List<String> WORLD = List.of("0.0.0.0/0", "::/0");

    private CloudFirewall() {}

    static void around(Parent parent, StackConfig config, Output<Integer> dropletId) {
        new Firewall(
                parent.child("firewall"),
                FirewallArgs.builder()
                        .name(config.prefix())
                        .dropletIds(dropletId.applyValue(List::of))
                        .inboundRules(
                                in(
                                        "tcp",
                                        22,
                                        config.digitalOcean()
                                                .orElseThrow()
                                                .droplet()
                                                .sshCidrs()),
                                in("tcp", 80, WORLD),
                                in("tcp", 443, WORLD),
                                in("udp", 443, WORLD))
                        .outboundRules(
                                out("icmp").build(),
                                out("tcp").portRange("all").build(),
                                out("udp").portRange("all").build())
                        .build(),
                parent.options());
    }

    private static FirewallInboundRuleArgs in(String protocol, int port, List<String> networks) {
        return FirewallInboundRuleArgs.builder()
                .protocol(protocol)
                .portRange(String.valueOf(port))
                .sourceAddresses(networks)
                .build();
    }

    private static FirewallOutboundRuleArgs.Builder out(String protocol) {
        return FirewallOutboundRuleArgs.builder().protocol(protocol).destinationAddresses(WORLD);
    }
}
