package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Container definitions as the provider compares them: without what is empty, with ECS's defaults, variables and secrets by
 * name (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ecs/task_definition_equivalency.go).
 */
final class ContainerDefinitions {

    private ContainerDefinitions() {}

    static JsonNode canonical(JsonNode definitions) {
        JsonNode copy = definitions.deepCopy();
        for (JsonNode definition : copy) {
            if (definition instanceof ObjectNode container) {
                complete(container);
            }
        }
        return copy;
    }

    private static void complete(ObjectNode container) {
        List<String> empty = new ArrayList<>();
        container.properties().forEach(field -> {
            if (field.getValue().isNull()
                    || field.getValue().isContainerNode() && field.getValue().isEmpty()) {
                empty.add(field.getKey());
            }
        });
        container.remove(empty);
        if (!container.has("essential")) {
            container.put("essential", true);
        }
        for (String list : List.of("environment", "secrets")) {
            if (container.has(list)) {
                container.set(list, byName(container.get(list)));
            }
        }
        for (JsonNode mapping : container.path("portMappings")) {
            if (mapping instanceof ObjectNode port) {
                port.put("protocol", port.path("protocol").asText("tcp"));
            }
        }
    }

    private static JsonNode byName(JsonNode entries) {
        List<JsonNode> sorted = new ArrayList<>();
        entries.forEach(sorted::add);
        sorted.sort(Comparator.comparing(entry -> entry.path("name").asText()));
        return JsonNodeFactory.instance.arrayNode().addAll(sorted);
    }
}
