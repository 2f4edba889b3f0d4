package com.freshtrack.dev.plugins.simulated;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import java.util.Map;
import java.util.Optional;

/** The resource types of one simulated provider. */
public interface SimulatedTypes {

    PackageSchema schema();

    /** Takes the provider's configuration, for what outputs are made from. */
    void configure(Map<String, Object> config) throws ResourceFailure;

    /** What isn't made up after all; empty where everything is. */
    default Optional<String> notMadeUp() {
        return Optional.empty();
    }

    Optional<ResourceType> resource(String type);
}
