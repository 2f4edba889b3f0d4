package com.freshtrack.dev.plugins.simulated;

import com.freshtrack.dev.plugins.schema.InputDiff;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A resource that exists in the throw-away state alone: refused and answered as the platform would, created nowhere. */
public class SimulatedResource implements ResourceType {

    private final String type;
    private final Inventory inventory;
    private final TemplateOutputs outputs;
    private final Refusals refusals;

    public SimulatedResource(String type, Inventory inventory, TemplateOutputs outputs, Refusals refusals) {
        this.type = type;
        this.inventory = inventory;
        this.outputs = outputs;
        this.refusals = refusals;
    }

    @Override
    public List<String> problems(String urn, Map<String, Object> inputs) {
        inventory.ask(urn, type, inputs);
        return refusals.atCheck(urn, type, inputs);
    }

    @Override
    public void exists(String urn, String id, Map<String, Object> state) {
        inventory.exists(urn, type, id, state);
    }

    @Override
    public List<InputDiff.Change> judged(
            List<InputDiff.Change> changes,
            Map<String, Object> olds,
            Map<String, Object> news,
            Map<String, Object> state)
            throws ResourceFailure {
        refuse(refusals.atDiff(type, state, news));
        return changes;
    }

    @Override
    public final Created create(Operation operation) throws ResourceFailure {
        refuse(redacted(operation, refusals.atCreation(operation.urn(), type, operation.inputs())));
        Created created = outputs.created(madeUp(operation.urn()), operation.inputs());
        remember(operation, created.id(), created.computed());
        return created;
    }

    @Override
    public final Map<String, Object> update(Operation operation) throws ResourceFailure {
        refuse(redacted(operation, refusals.atUpdate(type, operation.olds(), operation.inputs())));
        Map<String, Object> computed = updated(operation);
        remember(operation, operation.id(), computed);
        return computed;
    }

    @Override
    public final Optional<Found> read(Operation operation) {
        return Optional.of(new Found(Map.of(), updated(operation)));
    }

    @Override
    public final void delete(Operation operation) throws ResourceFailure {
        refuse(redacted(operation, refusals.atDeletion(type, operation.olds())));
        inventory.remove(type, operation.id());
    }

    /** What digits for a resource are made from. */
    protected final MadeUp madeUp(String urn) {
        return new MadeUp(urn, inventory.latest(urn).map(Inventory.Entry::id).orElse(""));
    }

    private Map<String, Object> updated(Operation operation) {
        return outputs.updated(madeUp(operation.urn()), operation.id(), operation.inputs(), operation.olds());
    }

    private static List<String> redacted(Operation operation, List<String> problems) {
        return problems.stream().map(operation.redaction()::apply).toList();
    }

    private static void refuse(List<String> problems) throws ResourceFailure {
        if (!problems.isEmpty()) {
            throw new ResourceFailure(String.join("; ", problems));
        }
    }

    private void remember(Operation operation, String id, Map<String, Object> computed) {
        Map<String, Object> state = new TreeMap<>(operation.inputs());
        state.putAll(computed);
        inventory.exists(operation.urn(), type, id, state);
    }
}
