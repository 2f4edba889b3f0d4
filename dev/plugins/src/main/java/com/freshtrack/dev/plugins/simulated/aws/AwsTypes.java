package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.simulated.SimulatedTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The types of the simulated {@code aws} provider: those that {@code aws/replace-rules.txt} has lines for. */
public final class AwsTypes implements SimulatedTypes {

    private final PackageSchema schema;
    private final SdkTypes sdk = SdkTypes.besideThePlugin();
    private final ReplaceRules rules = ReplaceRules.load();
    private final Map<String, Naming> names = Naming.load();
    private final Map<String, List<Template>> templates = AwsOutputs.load();
    private final Inventory inventory = new Inventory();
    private final Refusals refusals = new Refusals(inventory);
    private final Map<String, JsonNode> declared = new ConcurrentHashMap<>();
    private final Map<String, String> environment;
    private volatile Place place;

    public AwsTypes(PackageSchema base, Map<String, String> environment) {
        this.schema = base.withResources(this::declared);
        this.environment = environment;
        this.place = Place.of(Map.of(), environment);
    }

    @Override
    public PackageSchema schema() {
        return schema;
    }

    @Override
    public void configure(Map<String, Object> config) {
        place = Place.of(config, environment);
    }

    @Override
    public Optional<ResourceType> resource(String type) {
        return declared(type)
                .map(known -> new AwsResource(
                        type,
                        rules,
                        Optional.ofNullable(names.get(type)),
                        inventory,
                        new AwsOutputs(known, templates.getOrDefault(type, List.of()), inventory, place),
                        refusals));
    }

    private Optional<JsonNode> declared(String type) {
        return rules.types().contains(type)
                ? Optional.of(declared.computeIfAbsent(type, this::read))
                : Optional.empty();
    }

    private JsonNode read(String type) {
        ObjectNode resource = sdk.resource(type);
        rules.mark(type, resource);
        return resource;
    }
}
