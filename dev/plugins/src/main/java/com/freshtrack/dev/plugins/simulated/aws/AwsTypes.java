package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.Refusals;
import com.freshtrack.dev.plugins.simulated.SimulatedTypes;
import com.freshtrack.dev.plugins.simulated.Template;
import com.freshtrack.dev.plugins.simulated.TemplateOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The types of the simulated {@code aws} provider: those that {@code aws/replace-rules.txt} has lines for. */
public final class AwsTypes implements SimulatedTypes {

    private static final String ALL_TAGS = "tagsAll";

    private final PackageSchema schema;
    private final SdkTypes sdk = SdkTypes.besideThePlugin();
    private final ReplaceRules rules = ReplaceRules.load();
    private final Map<String, Naming> names = Naming.load();
    private final Map<String, List<Template>> templates = Template.load("aws");
    private final Inventory inventory;
    private final Refusals refusals;
    private final Map<String, JsonNode> declared = new ConcurrentHashMap<>();
    private final Map<String, String> environment;
    private volatile Place place;

    public AwsTypes(PackageSchema base, Map<String, String> environment) {
        this.schema = base.withResources(this::declared);
        this.environment = environment;
        this.inventory = new Inventory(new EcsFile(environment));
        this.refusals = new AwsRefusals(inventory);
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
                        new TemplateOutputs(known, templates(type, known), new AwsWords(inventory, place)),
                        refusals));
    }

    /** The provider's own tags are on everything that takes tags. */
    private List<Template> templates(String type, JsonNode known) {
        List<Template> all = new ArrayList<>(templates.getOrDefault(type, List.of()));
        if (known.path("properties").has(ALL_TAGS)) {
            all.add(new Template(type, ALL_TAGS, "{allTags}"));
        }
        return all;
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
