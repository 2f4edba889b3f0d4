package com.freshtrack.dev.plugins.random;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.EngineLog;
import com.freshtrack.dev.plugins.serve.Plugin;
import com.freshtrack.dev.plugins.serve.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code random} provider: RandomPassword only. */
public final class RandomPlugin implements Plugin {

    private final PackageSchema schema = PackageSchema.load("random");
    private final ResourceType password = new RandomPassword();

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
        return type.equals("random:index/randomPassword:RandomPassword") ? Optional.of(password) : Optional.empty();
    }

    @Override
    public void cancel() {
        // nothing runs
    }
}
