package com.freshtrack.dev.plugins.serve;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One provider: its facts, its configuration and its resource types. */
public interface Plugin {

    PackageSchema schema();

    /** Problems of the provider's configuration beyond the schema, each naming its property. */
    List<String> configProblems(Map<String, Object> config);

    /** Takes the configuration; unknown values are possible in a preview. Throws when the plugin may not run. */
    void configure(Map<String, Object> config, EngineLog log) throws ResourceFailure;

    /** What acts for a resource type; empty when the plugin doesn't know the type. */
    Optional<ResourceType> resource(String type);

    /** Ends what is running, so that pending requests fail soon. */
    void cancel();
}
