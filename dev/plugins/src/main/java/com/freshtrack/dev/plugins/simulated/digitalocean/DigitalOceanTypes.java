package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.PackageSchema;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.Refusals;
import com.freshtrack.dev.plugins.simulated.SimulatedTypes;
import com.freshtrack.dev.plugins.simulated.Template;
import com.freshtrack.dev.plugins.simulated.TemplateOutputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The types of the simulated {@code digitalocean} provider: those of {@code dev/sdks/digitalocean.json}. */
public final class DigitalOceanTypes implements SimulatedTypes {

    /**
     * The variable of this process that gives reserved IPs their address: that of a machine, made by a test, which is then deployed
     * to. Without it they are made up, and lead nowhere.
     */
    public static final String RESERVED_IP = "SIMULATED_RESERVED_IP";

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private final PackageSchema schema;
    private final Optional<String> reservedIp;
    private final Map<String, List<Template>> templates = Template.load("digitalocean");
    private final Inventory inventory = new Inventory(entry -> {});
    private final DropletSizes sizes = DropletSizes.load();
    private final Refusals refusals = new DigitalOceanRefusals(inventory, sizes);

    public DigitalOceanTypes(PackageSchema schema, Map<String, String> environment) {
        this.schema = schema;
        this.reservedIp = Optional.ofNullable(environment.get(RESERVED_IP));
    }

    @Override
    public PackageSchema schema() {
        return schema;
    }

    @Override
    public void configure(Map<String, Object> config) throws ResourceFailure {
        if (reservedIp.filter(address -> !IPV4.matcher(address).matches()).isPresent()) {
            throw new ResourceFailure(RESERVED_IP + " is '" + reservedIp.get()
                    + "'; allowed is the IPv4 address of the machine that stands for Droplets, or no such variable");
        }
    }

    @Override
    public Optional<String> notMadeUp() {
        return reservedIp.map(
                address -> "reserved IPs are " + address + " (" + RESERVED_IP + "): what is deployed there is REAL");
    }

    @Override
    public Optional<ResourceType> resource(String type) {
        return schema.resource(type)
                .map(declared -> new DigitalOceanResource(type, inventory, outputs(type, declared), refusals));
    }

    private TemplateOutputs outputs(String type, JsonNode declared) {
        return new TemplateOutputs(
                declared, templates.getOrDefault(type, List.of()), new DigitalOceanWords(inventory, sizes, reservedIp));
    }
}
