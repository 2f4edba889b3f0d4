package com.freshtrack.infra.selfhosted;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** A specification as it gets to a Docker Engine. */
public final class ContainerText {
    private ContainerText() {}

    public static String of(ServiceSpec spec) {
        var asked = Recorded.of(() -> container(spec), resource -> resource.inputs())
                .one("docker:index/container:Container", "sample");
        return new TreeMap<>(asked.inputs()).toString();
    }

    private static void container(ServiceSpec spec) {
        Map<Network, com.pulumi.docker.Network> networks = new EnumMap<>(Network.class);
        for (var network : Network.values()) {
            networks.put(
                    network,
                    new com.pulumi.docker.Network(
                            network.text(),
                            com.pulumi.docker.NetworkArgs.builder()
                                    .name(network.text())
                                    .build()));
        }
        new Container(
                "sample",
                new ContainerDocument(
                                "freshtrack-sample",
                                spec,
                                networks,
                                Map.of(),
                                Output.of(spec.image()),
                                file -> Output.of(file.template()))
                        .render());
    }
}
