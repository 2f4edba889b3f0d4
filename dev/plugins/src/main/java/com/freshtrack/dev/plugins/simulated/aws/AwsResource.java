package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.InputDiff;
import com.freshtrack.dev.plugins.schema.PropertyPath;
import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.serve.Urn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A resource of the simulated {@code aws} provider: named, judged, refused and answered as AWS's own would be. */
final class AwsResource implements ResourceType {

    private final String type;
    private final ReplaceRules rules;
    private final Optional<Naming> naming;
    private final Inventory inventory;
    private final AwsOutputs outputs;
    private final Refusals refusals;

    AwsResource(
            String type,
            ReplaceRules rules,
            Optional<Naming> naming,
            Inventory inventory,
            AwsOutputs outputs,
            Refusals refusals) {
        this.type = type;
        this.rules = rules;
        this.naming = naming;
        this.inventory = inventory;
        this.outputs = outputs;
        this.refusals = refusals;
    }

    @Override
    public Map<String, Object> filledIn(
            JsonNode properties, String urn, byte[] seed, Map<String, Object> olds, Map<String, Object> news) {
        Map<String, Object> filled = new TreeMap<>(news);
        naming.ifPresent(rule -> rule.fill(Urn.parse(urn).name(), madeUp(urn), olds, filled));
        TextDefaults.fill(type, filled);
        return filled;
    }

    @Override
    public List<String> problems(String urn, Map<String, Object> inputs) {
        inventory.ask(urn, type, inputs);
        List<String> problems = new ArrayList<>(refusals.atCheck(urn, type, inputs));
        naming.flatMap(rule -> rule.problem(inputs)).ifPresent(problems::add);
        return problems;
    }

    @Override
    public void exists(String urn, String id, Map<String, Object> state) {
        inventory.exists(urn, type, id, state);
    }

    @Override
    public Set<String> unorderedLists() {
        return ComparedByMeaning.UNORDERED;
    }

    @Override
    public List<InputDiff.Change> judged(
            List<InputDiff.Change> changes, Map<String, Object> olds, Map<String, Object> news) {
        List<InputDiff.Change> judged = new ArrayList<>();
        for (InputDiff.Change change : changes) {
            String property = PropertyPath.root(change.path());
            if (!ComparedByMeaning.isSame(property, olds.get(property), news.get(property))) {
                boolean replaces = change.replaces() || replaces(property, olds, news);
                judged.add(new InputDiff.Change(change.path(), change.kind(), replaces));
            }
        }
        return judged;
    }

    private boolean replaces(String property, Map<String, Object> olds, Map<String, Object> news) {
        return rules.of(type).stream()
                .filter(rule -> rule.isConditional() && rule.property().equals(property))
                .anyMatch(rule -> ReplaceCondition.named(rule.when()).replaces(property, olds, news));
    }

    @Override
    public boolean deletesFirst(Map<String, Object> olds, Map<String, Object> news) {
        return rules.deletesFirst(type)
                || naming.filter(rule -> rule.isGiven(news)).isPresent();
    }

    @Override
    public Created create(Operation operation) throws ResourceFailure {
        refuse(operation, refusals.atCreation(operation.urn(), type, operation.inputs()));
        Created created = outputs.created(madeUp(operation.urn()), operation.inputs());
        remember(operation, created.id(), created.computed());
        return created;
    }

    @Override
    public Map<String, Object> update(Operation operation) throws ResourceFailure {
        refuse(operation, refusals.atUpdate(type, operation.olds(), operation.inputs()));
        Map<String, Object> computed = updated(operation);
        remember(operation, operation.id(), computed);
        return computed;
    }

    @Override
    public Optional<Found> read(Operation operation) {
        return Optional.of(new Found(Map.of(), updated(operation)));
    }

    private Map<String, Object> updated(Operation operation) {
        return outputs.updated(madeUp(operation.urn()), operation.id(), operation.inputs(), operation.olds());
    }

    @Override
    public void delete(Operation operation) throws ResourceFailure {
        refuse(operation, refusals.atDeletion(type, operation.olds()));
        inventory.remove(type, operation.id());
    }

    private static void refuse(Operation operation, List<String> problems) throws ResourceFailure {
        if (!problems.isEmpty()) {
            throw new ResourceFailure(operation.redaction().apply(String.join("; ", problems)));
        }
    }

    private void remember(Operation operation, String id, Map<String, Object> computed) {
        Map<String, Object> state = new TreeMap<>(operation.inputs());
        state.putAll(computed);
        inventory.exists(operation.urn(), type, id, state);
    }

    private MadeUp madeUp(String urn) {
        return new MadeUp(urn, inventory.latest(urn).map(Inventory.Entry::id).orElse(""));
    }
}
