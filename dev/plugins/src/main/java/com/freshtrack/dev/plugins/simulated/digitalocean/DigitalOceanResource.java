package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.freshtrack.dev.plugins.schema.InputDiff;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.Refusals;
import com.freshtrack.dev.plugins.simulated.SimulatedResource;
import com.freshtrack.dev.plugins.simulated.TemplateOutputs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A resource of the simulated {@code digitalocean} provider, judged as DigitalOcean's own would be. */
final class DigitalOceanResource extends SimulatedResource {

    /** Terraform's sets: lists whose order means nothing. */
    private static final Set<String> UNORDERED = Set.of(
            "destinationAddresses",
            "dropletIds",
            "entities",
            "envs",
            "inboundRules",
            "outboundRules",
            "regions",
            "resources",
            "rules",
            "sourceAddresses",
            "sourceTags",
            "sshKeys",
            "tags",
            "volumeIds");

    private static final String IPV6 = "ipv6";
    private static final String RESOURCES = "resources";
    private static final String SPEC = "spec";

    private final boolean app;

    DigitalOceanResource(String type, Inventory inventory, TemplateOutputs outputs, Refusals refusals) {
        super(type, inventory, outputs, refusals);
        this.app = type.equals(DigitalOceanRefusals.APP);
    }

    /** The provider holds what a program says against what the platform said last, not against what the program said before. */
    @Override
    public Map<String, Object> readBack(Map<String, Object> inputs) {
        return refreshed(inputs);
    }

    @Override
    public Map<String, Object> refreshed(Map<String, Object> inputs) {
        Map<String, Object> read = new TreeMap<>(inputs);
        if (app) {
            read.computeIfPresent(SPEC, (name, spec) -> EncryptedValues.in(spec));
        }
        read.computeIfPresent(RESOURCES, (name, urns) -> named(urns));
        return read;
    }

    /**
     * A project calls a reserved IP by its earlier name, whatever it was told:
     * https://github.com/digitalocean/terraform-provider-digitalocean/issues/1264.
     */
    private static Object named(Object urns) {
        if (!(urns instanceof List<?> list)) {
            return urns;
        }
        return list.stream()
                .<Object>map(urn -> urn instanceof String text ? text.replace("do:reservedip:", "do:floatingip:") : urn)
                .toList();
    }

    @Override
    public Set<String> unorderedLists() {
        return UNORDERED;
    }

    /**
     * What always replaces stands in the schema. IPv6 can be had later but not given back: ForceNewIfChange in
     * digitalocean/droplet/resource_droplet.go of github.com/digitalocean/terraform-provider-digitalocean.
     */
    @Override
    public List<InputDiff.Change> judged(
            List<InputDiff.Change> changes,
            Map<String, Object> olds,
            Map<String, Object> news,
            Map<String, Object> state)
            throws ResourceFailure {
        boolean givenBack = Boolean.TRUE.equals(olds.get(IPV6)) && !Boolean.TRUE.equals(news.get(IPV6));
        return super.judged(changes, olds, news, state).stream()
                .map(change -> givenBack && change.path().equals(IPV6)
                        ? new InputDiff.Change(change.path(), change.kind(), true)
                        : change)
                .toList();
    }
}
