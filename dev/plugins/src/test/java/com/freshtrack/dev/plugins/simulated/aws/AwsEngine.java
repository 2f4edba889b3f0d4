package com.freshtrack.dev.plugins.simulated.aws;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.serve.Plugin;
import com.freshtrack.dev.plugins.simulated.SimulatedPlugin;
import java.util.Map;

/** The simulated {@code aws} provider as the engine sees it. */
final class AwsEngine {

    private final Plugin plugin;

    AwsEngine(Map<String, String> environment) {
        this.plugin = SimulatedPlugin.of("aws", environment);
    }

    /** One resource of that provider; several share what the plugin remembers. */
    EngineSide resource(String type, String name) {
        return new EngineSide(plugin, type, name);
    }
}
