package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.EngineLog;
import com.freshtrack.dev.plugins.serve.Plugin;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code command} provider: local commands, and remote ones through the system's ssh client. It does what provider 1.2.1
 * does (https://github.com/pulumi/pulumi-command ); what it can't do it refuses by name.
 */
public final class CommandPlugin implements Plugin {

    private final PackageSchema schema = PackageSchema.load("command");
    private final Subprocesses processes = new Subprocesses();
    private final Map<String, ResourceType> resources = Map.of(
            "command:local:Command", new LocalCommand(processes),
            "command:remote:Command", new RemoteCommand(processes),
            "command:remote:CopyToRemote", new CopyToRemote(processes));

    @Override
    public PackageSchema schema() {
        return schema;
    }

    @Override
    public List<String> configProblems(Map<String, Object> config) {
        return List.of();
    }

    @Override
    public void configure(Map<String, Object> config, EngineLog log) {
        // nothing to configure
    }

    @Override
    public Optional<ResourceType> resource(String type) {
        return Optional.ofNullable(resources.get(type));
    }

    @Override
    public void cancel() {
        processes.cancel();
    }
}
