package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;

/** Values that differ in their text and not in what they say. */
final class ComparedByMeaning {

    /** Terraform's sets: lists whose order means nothing. */
    static final Set<String> UNORDERED = Set.of(
            "alarmActions",
            "capacityProviders",
            "capacityProviderStrategies",
            "conditions",
            "defaultCapacityProviderStrategies",
            "enabledCloudwatchLogsExports",
            "insufficientDataActions",
            "loadBalancers",
            "okActions",
            "parameters",
            "records",
            "requiresCompatibilities",
            "routeTableIds",
            "secondaryAllocationIds",
            "secondaryPrivateIpAddresses",
            "securityGroupIds",
            "securityGroups",
            "settings",
            "subjectAlternativeNames",
            "subnetIds",
            "subnetMappings",
            "subnets",
            "validationRecordFqdns",
            "values",
            "volumes",
            "vpcSecurityGroupIds");

    /** Inputs whose text is JSON. */
    static final Set<String> JSON = Set.of(
            "assumeRolePolicy",
            "containerDefinitions",
            "dashboardBody",
            "deliveryPolicy",
            "eventPattern",
            "filterPolicy",
            "policy",
            "redrivePolicy");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ComparedByMeaning() {}

    static boolean isSame(String property, Object before, Object after) {
        return JSON.contains(property)
                && before instanceof String old
                && after instanceof String text
                && meaning(property, old).isPresent()
                && meaning(property, old).equals(meaning(property, text));
    }

    private static Optional<JsonNode> meaning(String property, String text) {
        Optional<JsonNode> value = parsed(text);
        return property.equals("containerDefinitions") ? value.map(ContainerDefinitions::canonical) : value;
    }

    /** The value of a JSON text; empty when it is none. */
    static Optional<JsonNode> parsed(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
