package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.InputDiff;
import com.freshtrack.dev.plugins.schema.PropertyPath;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.Urn;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.Refusals;
import com.freshtrack.dev.plugins.simulated.SimulatedResource;
import com.freshtrack.dev.plugins.simulated.TemplateOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A resource of the simulated {@code aws} provider: named and judged as AWS's own would be. */
final class AwsResource extends SimulatedResource {

    private final String type;
    private final ReplaceRules rules;
    private final Optional<Naming> naming;

    AwsResource(
            String type,
            ReplaceRules rules,
            Optional<Naming> naming,
            Inventory inventory,
            TemplateOutputs outputs,
            Refusals refusals) {
        super(type, inventory, outputs, refusals);
        this.type = type;
        this.rules = rules;
        this.naming = naming;
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
        List<String> problems = new ArrayList<>(super.problems(urn, inputs));
        naming.flatMap(rule -> rule.problem(inputs)).ifPresent(problems::add);
        return problems;
    }

    @Override
    public Set<String> unorderedLists() {
        return ComparedByMeaning.UNORDERED;
    }

    @Override
    public List<InputDiff.Change> judged(
            List<InputDiff.Change> changes,
            Map<String, Object> olds,
            Map<String, Object> news,
            Map<String, Object> state)
            throws ResourceFailure {
        List<InputDiff.Change> judged = new ArrayList<>();
        for (InputDiff.Change change : super.judged(changes, olds, news, state)) {
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
}
