package com.freshtrack.infra.e2e;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.vm.ComposeHost;
import com.freshtrack.infra.vm.ComposeHosts;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stack on a {@link VirtualMachine}, deployed by the commands that the component for VMs asks the engine for; as there, a command
 * runs when its text or its input has changed since it succeeded, and the deploy whenever it is asked.
 */
final class ComposeMachine {
    private static final String REMOTE = "command:remote:Command";
    private static final Set<String> WITHOUT_MONITORING = Set.of(
            "apiImage", "backupImage", "caddyImage", "minioImage", "pgbouncerImage", "postgresImage", "redisImage");
    private static final String DEPLOY = "freshtrack-host-deploy";

    private final VirtualMachine machine;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, Map<String, Object>> done = new HashMap<>();

    ComposeMachine(VirtualMachine machine) {
        this.machine = machine;
        Checkout.images().forEach((key, image) -> {
            if (!key.startsWith("test")) {
                settings.put(key, image);
            }
        });
        settings.putAll(
                Map.of("environment", "dev", "backup", "true", "domain", "localhost", "publishAddress", "0.0.0.0"));
    }

    /** The images of the stack, which watches nothing. */
    Collection<String> images() {
        return settings.entrySet().stream()
                .filter(setting -> WITHOUT_MONITORING.contains(setting.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    void set(String key, String value) {
        settings.put(key, value);
    }

    void unset(String key) {
        settings.remove(key);
    }

    /** The stack's folder on the machine. */
    String home() {
        return "/opt/freshtrack/" + machine.name();
    }

    String prefix() {
        return "freshtrack-" + machine.name() + "-";
    }

    /** Copies what changed and deploys, whatever comes of it; gives what the deploy said. */
    Shell.Result deploy() {
        var asked = asked();
        for (var command : asked.ofType(REMOTE)) {
            if (command.name().equals(DEPLOY)) {
                return run(command);
            }
            if (!command.inputs().equals(done.get(command.name()))) {
                var result = run(command);
                if (!result.succeeded()) {
                    return result;
                }
                done.put(command.name(), command.inputs());
            }
        }
        throw new AssertionError("no " + DEPLOY + " among the commands");
    }

    /** What makes sure that the machine is ready, whatever comes of it. */
    Shell.Result prepared() {
        return run(asked().one(REMOTE, "freshtrack-host-prepared"));
    }

    /** The lines with secrets that the deploy gets. */
    String secretLines() {
        return asked().one(REMOTE, DEPLOY).input("stdin");
    }

    /** A secret's value: letters and digits, as generated ones are. */
    static String secret(String name) {
        return switch (name) {
            case SecretNames.S3_ACCESS_KEY -> FreshTrackServices.MINIO_ROOT_USER;
            case SecretNames.S3_SECRET_KEY -> secret(SecretNames.MINIO_ROOT);
            default -> "Value0Of" + name.replace("_", "");
        };
    }

    /** What the component runs where Pulumi runs, {@code answering} or {@code verdict}, with these variables. */
    static Shell.Result local(String script, Map<String, String> variables) {
        return Shell.run(
                Duration.ofSeconds(30), "", List.of("sh", "-c", ScriptFile.read(ComposeHost.class, script)), variables);
    }

    private Recorded asked() {
        var values = new HashMap<String, String>();
        settings.forEach((key, value) -> values.put("freshtrack:" + key, value));
        var config = StackConfigReader.read(machine.name(), values, Set.of(), false);
        var files = ProductFiles.read(Checkout.file(""));
        var bundle = Bundle.of(config, FreshTrackServices.of(config, files), files);
        return ComposeHosts.of(config, bundle, "root", ComposeMachine::secret);
    }

    private Shell.Result run(Recorded.Asked command) {
        var input = command.inputs().getOrDefault("stdin", "");
        return machine.ssh((String) input, command.input("create"));
    }
}
