package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.Refusals;
import com.freshtrack.dev.plugins.simulated.SimulatedTypes;
import com.freshtrack.dev.plugins.simulated.Template;
import com.freshtrack.dev.plugins.simulated.TemplateOutputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of the simulated {@code digitalocean} provider: those of {@code dev/sdks/digitalocean.json}. */
public final class DigitalOceanTypes implements SimulatedTypes {

    private final PackageSchema schema;
    private final Map<String, List<Template>> templates = Template.load("digitalocean");
    private final Inventory inventory = new Inventory();
    private final DropletSizes sizes = DropletSizes.load();
    private final Refusals refusals = new DigitalOceanRefusals(inventory, sizes);

    public DigitalOceanTypes(PackageSchema schema) {
        this.schema = schema;
    }

    @Override
    public PackageSchema schema() {
        return schema;
    }

    @Override
    public void configure(Map<String, Object> config) {
        // no output depends on it
    }

    @Override
    public Optional<ResourceType> resource(String type) {
        return schema.resource(type)
                .map(declared -> new DigitalOceanResource(type, inventory, outputs(type, declared), refusals));
    }

    private TemplateOutputs outputs(String type, JsonNode declared) {
        return new TemplateOutputs(
                declared, templates.getOrDefault(type, List.of()), new DigitalOceanWords(inventory, sizes));
    }
}
