package com.freshtrack.dev.plugins.simulated.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.simulated.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** Flips every input of every type: what the schema says replaces is seen to replace, all else to update in place. */
class DigitalOceanReplaceTest {

    private static final String DROPLET = "digitalocean:index/droplet:Droplet";

    private final DigitalOceanEngine digitalOcean = new DigitalOceanEngine();

    @Test
    void eachInputDoesWhatTheSchemaSays() {
        List<String> replacing = new ArrayList<>();
        List<String> updating = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String type : DigitalOceanEngine.types()) {
            JsonNode declared = DigitalOceanEngine.declared(type);
            declared.path("inputProperties").fields().forEachRemaining(input -> {
                String name = input.getKey();
                boolean replaces = input.getValue().path("willReplaceOnChanges").asBoolean();
                DiffResponse answer = diff(type, Samples.with(declared, name, 0), Samples.with(declared, name, 1));
                (replaces ? replacing : updating).add(type + " " + name);
                if (answer.getChanges() != DiffChanges.DIFF_SOME
                        || !answer.getReplacesList().equals(replaces ? List.of(name) : List.of())) {
                    wrong.add(type + " " + name + " " + answer.getReplacesList());
                }
            });
        }

        assertThat(wrong).isEmpty();
        assertThat(replacing).hasSize(45).contains(DROPLET + " userData", DROPLET + " sshKeys", DROPLET + " image");
        assertThat(updating).hasSizeGreaterThan(60).contains(DROPLET + " size");
    }

    @ParameterizedTest
    @CsvSource({"true, false, true", "false, true, false", "true, , true"})
    void ipv6IsNotGivenBack(boolean before, Boolean after, boolean replaces) {
        Map<String, Object> news = new java.util.TreeMap<>(Map.of("image", "i", "size", "s"));
        if (after != null) {
            news.put("ipv6", after);
        }

        assertThat(diff(DROPLET, Map.of("image", "i", "size", "s", "ipv6", before), news)
                        .getReplacesList()
                        .contains("ipv6"))
                .isEqualTo(replaces);
    }

    @ParameterizedTest
    @CsvSource({
        "digitalocean:index/firewall:Firewall, dropletIds",
        "digitalocean:index/projectResources:ProjectResources, resources",
        "digitalocean:index/droplet:Droplet, sshKeys"
    })
    void setsHaveNoOrder(String type, String property) {
        assertThat(diff(type, Map.of(property, List.of("a", "b")), Map.of(property, List.of("b", "a")))
                        .getChanges())
                .isEqualTo(DiffChanges.DIFF_NONE);
    }

    @ParameterizedTest
    @CsvSource({"do:reservedip:203.0.113.7, DIFF_SOME", "do:droplet:12, DIFF_NONE"})
    void aProjectNeverHasAReservedIpByThatName(String urn, DiffChanges changes) {
        Map<String, Object> inputs = Map.of("project", "p", "resources", List.of(urn));

        assertThat(diff("digitalocean:index/projectResources:ProjectResources", inputs, inputs)
                        .getChanges())
                .isEqualTo(changes);
    }

    @Test
    void aPoolOfAnotherNameComesFirst() {
        String pool = "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool";
        Map<String, Object> olds = pool("app-20", 20);

        assertThat(diff(pool, olds, pool("app-25", 25)).getDeleteBeforeReplace())
                .isFalse();
        assertThat(diff(pool, olds, pool("app-20", 25)).getDeleteBeforeReplace())
                .isTrue();
    }

    private static Map<String, Object> pool(String name, double size) {
        return Map.of("clusterId", "c", "dbName", "d", "mode", "transaction", "name", name, "size", size);
    }

    private DiffResponse diff(String type, Map<String, Object> olds, Map<String, Object> news) {
        return digitalOcean.resource(type, "r").diff(olds, olds, news);
    }
}
