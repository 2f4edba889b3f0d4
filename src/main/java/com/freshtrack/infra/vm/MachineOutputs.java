package com.freshtrack.infra.vm;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.ProductOutputs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stack on a VM of its own says once it is deployed.
 *
 * @param address the VM's address, at which {@code root} may log in with one of its keys
 * @param hostKey the public key by which the VM proves who it is
 * @param dnsRecords the records that the host names need, as {@code name type value}: made by the stack where the zone is its own,
 *     or else elsewhere
 */
public record MachineOutputs(
        Output<String> address, Output<String> hostKey, Output<List<String>> dnsRecords, ProductOutputs product) {

    public static MachineOutputs of(
            StackConfig config, VmAddress machine, ComposeHost product, Optional<Output<String>> grafanaAdminPassword) {
        return new MachineOutputs(
                machine.host(),
                machine.hostKey(),
                machine.host().applyValue(address -> config.hostNames().stream()
                        .map(name -> name + " A " + address)
                        .toList()),
                new ProductOutputs(product.url(), product.apiImage(), grafanaAdminPassword));
    }

    /** Those that no secret is among, by name. */
    public Map<String, Output<?>> plain() {
        var outputs = new TreeMap<>(product.plain());
        outputs.put("address", address);
        outputs.put("dnsRecords", dnsRecords);
        outputs.put("hostKey", hostKey);
        return outputs;
    }
}
