package com.freshtrack.infra.vm;

import com.freshtrack.infra.config.MachineKeys;
import com.pulumi.command.remote.inputs.ConnectionArgs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Optional;

/**
 * How a VM is reached.
 *
 * @param machine what its cloud calls it: address and keys stay when the machine is replaced
 * @param host its address
 * @param port where its sshd listens
 * @param user who logs in: root, or one who may use sudo without a password
 * @param hostKey the public key that it must show, {@code ssh-ed25519 AAAA…}
 * @param privateKey the key to log in with, in OpenSSH's format, without a passphrase
 */
public record VmAddress(
        Output<String> machine,
        Output<String> host,
        int port,
        String user,
        Output<String> hostKey,
        Output<String> privateKey) {

    /** Where {@code root} logs in with the stack's own keys; texts that say so stand for keys that a preview goes without. */
    public static VmAddress ofRoot(Output<String> machine, Output<String> host, Optional<MachineKeys> keys) {
        return new VmAddress(
                machine,
                host,
                22,
                "root",
                Output.of(keys.map(pair -> pair.host().publicKey()).orElse(MachineKeys.NOT_SET)),
                Output.ofSecret(
                        keys.map(pair -> pair.deploy().privateKey().value()).orElse(MachineKeys.NOT_SET)));
    }

    /** What makes a command run anew, on another machine. */
    public Output<List<Object>> triggers() {
        return machine.applyValue(id -> List.of(id));
    }

    /** How the commands that are run there log in. */
    public ConnectionArgs connection() {
        return ConnectionArgs.builder()
                .host(host)
                .port((double) port)
                .user(user)
                .hostKey(hostKey)
                .privateKey(privateKey.asSecret())
                .build();
    }
}
