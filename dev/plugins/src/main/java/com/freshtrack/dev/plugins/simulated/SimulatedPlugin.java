package com.freshtrack.dev.plugins.simulated;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.EngineLog;
import com.freshtrack.dev.plugins.serve.Plugin;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.simulated.aws.AwsTypes;
import com.freshtrack.dev.plugins.simulated.digitalocean.DigitalOceanTypes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pulumirpc.EngineOuterClass.LogSeverity;

/**
 * A provider that creates nothing: it checks inputs and answers diffs from the facts alone. It says SIMULATED in every run and
 * refuses any state but a throw-away one, so that nobody takes its resources for real ones.
 */
public final class SimulatedPlugin implements Plugin {

    /** The file that marks the directory of a throw-away backend. */
    public static final String MARKER = ".simulated-backend";

    private static final String BACKEND = "PULUMI_BACKEND_URL";

    private final SimulatedTypes types;
    private final PackageSchema schema;
    private final Map<String, String> environment;

    private SimulatedPlugin(SimulatedTypes types, Map<String, String> environment) {
        this.types = types;
        this.schema = types.schema();
        this.environment = environment;
    }

    public static SimulatedPlugin of(String name, Map<String, String> environment) {
        PackageSchema schema = PackageSchema.load(name);
        SimulatedTypes types =
                name.equals("aws") ? new AwsTypes(schema, environment) : new DigitalOceanTypes(schema, environment);
        return new SimulatedPlugin(types, environment);
    }

    @Override
    public PackageSchema schema() {
        return schema;
    }

    @Override
    public List<String> configProblems(Map<String, Object> config) {
        return List.of();
    }

    @Override
    public void configure(Map<String, Object> config, EngineLog log) throws ResourceFailure {
        String backend = environment.getOrDefault(BACKEND, "");
        if (throwAwayBackend(environment).isEmpty()) {
            throw new ResourceFailure(
                    "the simulated " + schema.name() + " provider creates nothing and may not write into a state"
                            + " that is kept. Got " + BACKEND + "="
                            + (backend.isEmpty() ? "(not set)" : backend.split("\\?")[0])
                            + "; allowed is file://DIRECTORY where DIRECTORY holds a file " + MARKER
                            + ". For real resources install the official plugin: pulumi plugin install resource "
                            + schema.name());
        }
        types.configure(config);
        log.write(
                LogSeverity.WARNING,
                "",
                "SIMULATED: " + schema.name()
                        + " creates nothing here; every id and output of its resources is made up"
                        + types.notMadeUp().map(what -> ", but " + what).orElse(""));
    }

    /** The directory of the backend that these variables name, where it is one that is thrown away. */
    public static Optional<Path> throwAwayBackend(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault(BACKEND, ""))
                .filter(backend -> backend.startsWith("file:///"))
                .map(backend -> Path.of(URI.create(backend.split("\\?")[0])))
                .filter(directory -> Files.isRegularFile(directory.resolve(MARKER)));
    }

    @Override
    public Optional<ResourceType> resource(String type) {
        return types.resource(type);
    }

    @Override
    public void cancel() {
        // nothing runs
    }
}
