package com.freshtrack.infra.vm;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.compose.Bundles;
import com.freshtrack.infra.config.StackConfig;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a component asks for that brings a stack to a VM. */
final class ComposeHosts {
    static final String MACHINE = "i-0123";
    static final String HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHost";
    static final String PRIVATE_KEY = Bundles.SENTINEL + "-deploy-key";

    private ComposeHosts() {}

    /** With a value for each secret that the bundle names. */
    static Recorded of(StackConfig config, Bundle bundle, String user, Function<String, String> secret) {
        return Recorded.of(
                () -> {
                    var secrets = bundle.secretFiles().stream()
                            .flatMap(file -> file.file().secrets().stream())
                            .distinct()
                            .collect(Collectors.toMap(name -> name, name -> Output.ofSecret(secret.apply(name))));
                    var address = new VmAddress(
                            Output.of(MACHINE),
                            Output.of("203.0.113.7"),
                            22,
                            user,
                            Output.of(HOST_KEY),
                            Output.of(PRIVATE_KEY));
                    new ComposeHost(
                            "freshtrack-host",
                            new ComposeHost.Args(config, address, bundle, secrets, prepared -> prepared),
                            ComponentResourceOptions.Empty);
                },
                ComposeHosts::outputs);
    }

    private static Map<String, Object> outputs(Recorded.Asked asked) {
        var outputs = new HashMap<>(asked.inputs());
        outputs.put("stdout", asked.name() + " said");
        return outputs;
    }
}
