package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.InputDiff;
import com.freshtrack.dev.plugins.schema.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.PropertyDiff;
import pulumirpc.Provider.PropertyDiff.Kind;

/** Turns changes into the engine's answer: what is replaced, and whether the old one must go first. */
final class DiffAnswer {

    /** Marks the state of a resource whose creation failed half-way: any next update replaces it. */
    static final String FAILED_CREATION = "__failedCreation";

    private DiffAnswer() {}

    static DiffResponse of(
            List<InputDiff.Change> changes,
            ResourceType resource,
            JsonNode declared,
            Map<String, Object> oldInputs,
            Map<String, Object> news,
            Map<String, Object> oldState) {
        DiffResponse.Builder answer = DiffResponse.newBuilder().setHasDetailedDiff(true);
        Set<String> changed = new TreeSet<>();
        Set<String> replaced = new TreeSet<>();
        for (InputDiff.Change change : changes) {
            String property = PropertyPath.root(change.path());
            boolean replaces = change.replaces() || resource.replaces(property);
            changed.add(property);
            if (replaces) {
                replaced.add(property);
            }
            answer.putDetailedDiff(change.path(), detail(change.kind(), replaces));
        }
        if (oldState.containsKey(FAILED_CREATION) && replaced.isEmpty()) {
            String property = declared.path("requiredInputs").path(0).asText("name");
            changed.add(property);
            replaced.add(property);
            answer.putDetailedDiff(property, detail(InputDiff.Kind.UPDATE, true));
        }
        return answer.setChanges(
                        changed.isEmpty() ? DiffResponse.DiffChanges.DIFF_NONE : DiffResponse.DiffChanges.DIFF_SOME)
                .addAllDiffs(changed)
                .addAllReplaces(replaced)
                .setDeleteBeforeReplace(!replaced.isEmpty() && resource.deletesFirst(oldInputs, news))
                .build();
    }

    private static PropertyDiff detail(InputDiff.Kind kind, boolean replaces) {
        Kind wire =
                switch (kind) {
                    case ADD -> replaces ? Kind.ADD_REPLACE : Kind.ADD;
                    case DELETE -> replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
                    case UPDATE -> replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
                };
        return PropertyDiff.newBuilder().setKind(wire).setInputDiff(true).build();
    }
}
