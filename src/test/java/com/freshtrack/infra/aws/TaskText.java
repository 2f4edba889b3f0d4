package com.freshtrack.infra.aws;

import com.freshtrack.infra.services.ServiceSpec;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A specification as it gets to ECS. */
public final class TaskText {
    private TaskText() {}

    /** @throws IllegalArgumentException for what ECS has no place for */
    public static String of(ServiceSpec spec) {
        return ContainerDefinition.render(List.of(new ContainerDefinition(
                spec.name(), spec, List.of(), Optional.empty(), new TreeMap<>(), "logs", "us-east-1")));
    }
}
