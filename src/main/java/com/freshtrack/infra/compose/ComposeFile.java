package com.freshtrack.infra.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.freshtrack.infra.services.ServiceSpec;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Service specifications as {@code compose.yaml} for Compose v2. Paths in it are relative to the stack's folder on the VM, which
 * is what {@code --project-directory} must be. Everything has the names that it has on a self-hosted stack, so that the same
 * scripts find it. The order of a deploy isn't in it: that is host/deploy.
 */
final class ComposeFile {
    /** Every text is quoted: what Jackson holds for a text without quotes, Compose may hold for a number or a date. */
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private ComposeFile() {}

    static String render(String project, List<ServiceSpec> specs) {
        var services = new TreeMap<String, Object>();
        var networks = new TreeMap<String, Object>();
        var volumes = new TreeMap<String, Object>();
        var secrets = new TreeMap<String, Object>();
        for (var spec : specs) {
            var service = new ComposeService(project, spec);
            services.put(spec.name(), service.render());
            spec.networks().forEach(network -> networks.put(network.text(), toNetwork(project, network)));
            spec.volumeNames().forEach(volume -> volumes.put(volume, Map.of("name", project + "-" + volume)));
            service.secretFiles().forEach(secret -> put(secrets, secret));
        }
        return yaml(new TreeMap<>(Map.of(
                "name", project, "networks", networks, "secrets", secrets, "services", services, "volumes", volumes)));
    }

    private static void put(Map<String, Object> secrets, SecretFile secret) {
        if (secrets.put(secret.source(), Map.of("file", secret.path())) != null) {
            throw new IllegalArgumentException(
                    secret.reader() + " has two files with secrets that are called " + secret.name() + ": rename one");
        }
    }

    private static SortedMap<String, Object> toNetwork(String project, Network network) {
        return new TreeMap<>(Map.of(
                "driver", "bridge", "internal", network != Network.EDGE, "name", project + "-" + network.text()));
    }

    private static String yaml(Object document) {
        try {
            return "# Rendered by freshtrack-infra; host/deploy uses it.\n" + YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can always be written", e);
        }
    }
}
