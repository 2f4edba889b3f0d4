package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.InputDiff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a plugin does for one type of resource. Inputs have passed the schema when these methods are called. */
public interface ResourceType {

    /** What exists after a creation: the provider's id and the outputs that aren't inputs. */
    record Created(String id, Map<String, Object> computed) {}

    /** What a read found: the inputs that turned out different, and the outputs that aren't inputs. */
    record Found(Map<String, Object> drifted, Map<String, Object> computed) {}

    /** The inputs with the names and defaults that the provider gives itself; values keep their secret marks. */
    default Map<String, Object> filledIn(
            JsonNode declared, String urn, byte[] seed, Map<String, Object> olds, Map<String, Object> news) {
        return AutoName.fill(declared, Urn.parse(urn).name(), seed, olds, news);
    }

    /** Problems beyond the schema, each naming its property. Values may be unknown in a preview. */
    default List<String> problems(Map<String, Object> inputs) {
        return List.of();
    }

    /** {@link #problems(Map)} for types whose resources must fit one another. */
    default List<String> problems(String urn, Map<String, Object> inputs) {
        return problems(inputs);
    }

    /** The engine told of a resource that exists: what the state holds, without secret marks. */
    default void exists(String urn, String id, Map<String, Object> state) {}

    /** The inputs in the form in which the official provider reads them back: a diff compares new inputs with that. */
    default Map<String, Object> readBack(Map<String, Object> inputs) {
        return inputs;
    }

    /** The inputs as a refresh finds them, with their secret marks. */
    default Map<String, Object> refreshed(Map<String, Object> inputs) {
        return inputs;
    }

    /** Lists whose order means nothing. */
    default Set<String> unorderedLists() {
        return Set.of();
    }

    /** Whether a change of the property replaces the resource although the schema doesn't say so. */
    default boolean replaces(String property) {
        return false;
    }

    /**
     * The changes as the provider itself judges them: without those that mean nothing, some of them replacing.
     *
     * @param state what the state holds, without secret marks
     * @throws ResourceFailure for a change that the provider refuses before it is made
     */
    default List<InputDiff.Change> judged(
            List<InputDiff.Change> changes,
            Map<String, Object> olds,
            Map<String, Object> news,
            Map<String, Object> state)
            throws ResourceFailure {
        return changes;
    }

    /** Whether a replacement removes the old resource before it makes the new one. */
    default boolean deletesFirst(Map<String, Object> olds, Map<String, Object> news) {
        return AutoName.keepsGiven(olds, news);
    }

    /**
     * Whether the outputs that aren't inputs are made from the input: they are secret when it is, and a preview doesn't know
     * them when it changes.
     */
    default boolean computedDependOn(String input) {
        return false;
    }

    Created create(Operation operation) throws ResourceFailure, InterruptedException;

    /** Changes the resource in place and returns the outputs that aren't inputs. */
    Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException;

    /** Looks at the resource; empty when it is gone. */
    Optional<Found> read(Operation operation) throws ResourceFailure, InterruptedException;

    void delete(Operation operation) throws ResourceFailure, InterruptedException;
}
