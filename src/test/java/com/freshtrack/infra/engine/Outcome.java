package com.freshtrack.infra.engine;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How an operation of the engine ended.
 *
 * @param output all that the engine printed
 * @param steps what it did, or in a preview would do, to each resource
 */
public record Outcome(String operation, boolean succeeded, String output, List<Step> steps) {
    /** A refresh looks at every resource; what it finds is a step of its own. */
    private static final Set<String> NOTHING = Set.of("same", "read", "refresh");

    /**
     * One operation on one resource, by the engine's own words.
     *
     * @param olds the resource's inputs so far; empty when there are none
     * @param inputs the resource's new inputs; empty when there are none
     */
    public record Step(
            String operation, String type, String urn, Map<String, Object> olds, Map<String, Object> inputs) {
        /** The resource's own name. */
        public String name() {
            return urn.substring(urn.lastIndexOf("::") + 2);
        }

        /** Whether the resource is touched. */
        boolean changes() {
            return !NOTHING.contains(operation);
        }
    }

    /** The outcome itself when the operation succeeded; otherwise fails with the engine's output. */
    public Outcome mustSucceed() {
        if (!succeeded) {
            throw new AssertionError("pulumi " + operation + " failed: " + reasons() + "\n" + output);
        }
        return this;
    }

    /** The engine's own lines on what went wrong, in one, because of a long output only the begin may be seen. */
    private String reasons() {
        return output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("* ") || line.startsWith("error: "))
                .distinct()
                .limit(6)
                .collect(joining("; "));
    }

    /** The outcome itself when the operation failed; otherwise fails with the engine's output. */
    public Outcome mustFail() {
        if (succeeded) {
            throw new AssertionError("pulumi " + operation + " succeeded, but must fail:\n" + output);
        }
        return this;
    }

    /** The resources that were or would be touched, as {@code operation name}. */
    public Set<String> changes() {
        return steps.stream()
                .filter(Step::changes)
                .map(step -> step.operation() + " " + step.name())
                .collect(toCollection(TreeSet::new));
    }

    /** The same as if there were no resources but those with such names. */
    Outcome of(Predicate<String> name) {
        return new Outcome(
                operation,
                succeeded,
                output,
                steps.stream().filter(step -> name.test(step.name())).toList());
    }
}
