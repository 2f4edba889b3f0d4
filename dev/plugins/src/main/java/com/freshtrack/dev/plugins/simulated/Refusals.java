package com.freshtrack.dev.plugins.simulated;

import java.util.List;
import java.util.Map;

/** What a platform refuses, each time as early as it can be known; each problem names its property and never holds a secret. */
public interface Refusals {

    /** Problems that a preview shows already, where the values are known. */
    List<String> atCheck(String urn, String type, Map<String, Object> inputs);

    /** Problems of a change that a preview shows already. */
    default List<String> atDiff(String type, Map<String, Object> state, Map<String, Object> news) {
        return List.of();
    }

    /** Problems with what exists when the resource is made. */
    List<String> atCreation(String urn, String type, Map<String, Object> inputs);

    /** Problems of a change with what exists when it is made. */
    default List<String> atUpdate(String type, Map<String, Object> state, Map<String, Object> inputs) {
        return List.of();
    }

    /** Problems of a removal. */
    default List<String> atDeletion(String type, Map<String, Object> state) {
        return List.of();
    }
}
