package com.freshtrack.infra.vm;

import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.Fingerprint;
import com.freshtrack.infra.services.ScriptFile;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.command.remote.Command;
import com.pulumi.command.remote.enums.Logging;
import com.pulumi.command.remote.inputs.ConnectionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is run on a VM, and around it, as commands. Each may run any number of times: another machine, or a change of the
 * connection, of the host key too, runs all of them again.
 */
final class VmCommands {
    /** How long a new VM takes until its sshd answers, and then until cloud-init is done. */
    private static final Duration BOOT = Duration.ofMinutes(15);

    private static final Duration DEPLOY = Duration.ofMinutes(30);

    private final Resource parent;
    private final String name;
    private final VmAddress address;
    private final ConnectionArgs connection;

    VmCommands(Resource parent, String name, VmAddress address) {
        this.parent = parent;
        this.name = name;
        this.address = address;
        this.connection = address.connection();
    }

    /**
     * Waits for sshd, and refuses another host key. Not the provider's own retries: they don't pause
     * (https://github.com/pulumi/pulumi-command/issues/1238), and a wrong key would be tried as long as a VM that is yet to come.
     */
    Resource answering() {
        return local(
                "answering",
                "answering.sh",
                Output.tuple(address.host(), address.hostKey())
                        .applyValue(known -> Map.of(
                                "HOST",
                                known.t1,
                                "HOST_KEY",
                                known.t2,
                                "PORT",
                                String.valueOf(address.port()),
                                "TIMEOUT_SECONDS",
                                String.valueOf(BOOT.toSeconds() - 60))),
                List.of());
    }

    /** Waits for what makes the machine ready, cloud-init and the Docker Engine, and makes the stack's folder. */
    Resource prepared(Bundle bundle, Resource answering) {
        return remote(
                "prepared",
                com.pulumi.command.remote.CommandArgs.builder()
                        .create(asRoot(ScriptFile.read(VmCommands.class, "prepared.sh")
                                + "install -d -m 0700 /opt/freshtrack " + bundle.home() + "\n")),
                List.of(answering),
                BOOT);
    }

    /** Brings a file. */
    Command copy(String file, Bundle bundle, Resource prepared) {
        var source = bundle.files().get(file);
        return bring("file-" + file, bundle, source.path(), source.permissions(), Output.of(source.text()), prepared);
    }

    /** Brings the secrets, by standard input. They stay where root alone may look, as what is made from them does. */
    Command secrets(Output<String> lines, Bundle bundle, Resource prepared) {
        return bring("secrets", bundle, "incoming/secrets", "0600", lines.asSecret(), prepared);
    }

    /** Nothing sees half of what is brought. It says when, so that who depends on it sees that it was brought again. */
    private Command bring(
            String commandName,
            Bundle bundle,
            String path,
            String permissions,
            Output<String> text,
            Resource prepared) {
        var script =
                "set -eu; path='%s'; mkdir -p \"${path%%/*}\"; cat >\"$path.new\"; chmod %s \"$path.new\"; mv \"$path.new\" \"$path\"; date +%%s%%N"
                        .formatted(bundle.home() + "/" + path, permissions);
        return remote(
                commandName,
                com.pulumi.command.remote.CommandArgs.builder()
                        .create(asRoot(script))
                        .stdin(text)
                        .logging(Logging.Stderr),
                List.of(prepared),
                BOOT);
    }

    /**
     * Makes what was brought run; nothing that is said goes to the log. It runs after all that is brought: of a deploy that failed late
     * the machine may run the release, and the engine remembers the one before it. Who then goes back to that brings nothing new to
     * the engine, but files or secrets to the machine. It is told which files and which secrets must be there, because a connection
     * that was cut leaves half of them, or those from before; and so a preview shows the deploy that another secret asks for.
     */
    Command deploy(Output<String> secretLines, Bundle bundle, List<Command> brought) {
        return remote(
                "deploy",
                com.pulumi.command.remote.CommandArgs.builder()
                        .create(Output.all(brought.stream().map(Command::stdout).toList())
                                .applyValue(times -> asRoot("%s/host/deploy %s # of what was brought %s"
                                        .formatted(
                                                bundle.home(),
                                                bundle.fingerprint(),
                                                Fingerprint.of(String.join("\n", times))))))
                        .stdin(secretLines.applyValue(Fingerprint::sha256).asSecret())
                        .logging(Logging.None),
                List.copyOf(brought),
                DEPLOY);
    }

    /** Asks through the front door, from where this program runs, as users do; gives what it says. */
    Output<String> verdict(StackConfig config, Command deploy) {
        var site = config.site();
        return local(
                        "verdict",
                        "verdict.sh",
                        deploy.stdout()
                                .applyValue(said -> Map.of(
                                        "AUTHORITY",
                                        site.certifiedBy(),
                                        // Another deploy is another verdict.
                                        "DEPLOY",
                                        Fingerprint.of(said),
                                        "TIMEOUT_SECONDS",
                                        String.valueOf(site.answersWithinSeconds()),
                                        "URL",
                                        site.url() + config.api().readyPath())),
                        List.of(deploy))
                .stdout();
    }

    private String asRoot(String script) {
        return address.user().equals("root") ? script : "sudo -n sh -c '" + script.replace("'", "'\\''") + "'";
    }

    private Command remote(
            String commandName,
            com.pulumi.command.remote.CommandArgs.Builder args,
            List<Resource> after,
            Duration timeout) {
        return new Command(
                name + "-" + commandName,
                args.connection(connection)
                        .triggers(address.triggers())
                        .addPreviousOutputInEnv(false)
                        .build(),
                options(after, timeout));
    }

    private com.pulumi.command.local.Command local(
            String commandName, String script, Output<Map<String, String>> environment, List<Resource> after) {
        return new com.pulumi.command.local.Command(
                name + "-" + commandName,
                CommandArgs.builder()
                        .create(ScriptFile.read(VmCommands.class, script))
                        .environment(environment)
                        .triggers(address.triggers())
                        .addPreviousOutputInEnv(false)
                        .build(),
                options(after, BOOT));
    }

    private CustomResourceOptions options(List<Resource> after, Duration timeout) {
        return CustomResourceOptions.builder()
                .parent(parent)
                .dependsOn(after.toArray(Resource[]::new))
                .customTimeouts(
                        CustomTimeouts.builder().create(timeout).update(timeout).build())
                .build();
    }
}
