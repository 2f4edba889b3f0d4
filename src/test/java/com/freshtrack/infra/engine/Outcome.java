package com.freshtrack.infra.engine;

import static java.util.stream.Collectors.toCollection;

import com.pulumi.automation.OperationType;
import com.pulumi.automation.events.EngineEvent;
import com.pulumi.automation.events.StepEventMetadata;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How an operation of the engine ended.
 *
 * @param output all that the engine printed
 * @param events its steps and messages, in order
 */
public record Outcome(String operation, boolean succeeded, String output, List<EngineEvent> events) {
    private static final Set<OperationType> NOTHING = EnumSet.of(OperationType.SAME, OperationType.READ);

    /** The outcome itself when the operation succeeded; otherwise fails with the engine's output. */
    public Outcome mustSucceed() {
        if (!succeeded) {
            throw new AssertionError("pulumi " + operation + " failed:\n" + output);
        }
        return this;
    }

    /** The outcome itself when the operation failed; otherwise fails with the engine's output. */
    public Outcome mustFail() {
        if (succeeded) {
            throw new AssertionError("pulumi " + operation + " succeeded, but must fail:\n" + output);
        }
        return this;
    }

    /** Every step, one for each resource and operation. */
    public List<StepEventMetadata> steps() {
        return events.stream()
                .map(EngineEvent::resourcePreEvent)
                .filter(Objects::nonNull)
                .map(event -> event.metadata())
                .toList();
    }

    /** The resources that were or would be touched, as {@code operation name}. */
    public Set<String> changes() {
        return steps().stream()
                .filter(step -> !NOTHING.contains(step.op()))
                .map(step -> step.op().name().toLowerCase(java.util.Locale.ROOT) + " " + name(step.urn()))
                .collect(toCollection(java.util.TreeSet::new));
    }

    /** A resource's own name, the last part of its URN. */
    static String name(String urn) {
        return urn.substring(urn.lastIndexOf("::") + 2);
    }
}
