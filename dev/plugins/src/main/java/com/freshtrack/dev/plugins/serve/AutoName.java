package com.freshtrack.dev.plugins.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.wire.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names a resource whose program gave no {@code name}: its logical name and seven hexadecimal digits, kept as long as the
 * resource lives. Bridged providers do the same and record it under {@code __defaults}
 * (https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming ).
 */
final class AutoName {

    private static final String NAME = "name";
    private static final String DEFAULTS = "__defaults";
    private static final int SUFFIX_DIGITS = 7;

    private AutoName() {}

    static Map<String, Object> fill(
            JsonNode resource, String logicalName, byte[] seed, Map<String, Object> olds, Map<String, Object> news) {
        JsonNode input = resource.path("inputProperties").path(NAME);
        boolean filled = input.path("type").asText().equals("string") && alwaysPresent(resource);
        if (!filled || news.get(NAME) != null) {
            return news;
        }
        Object name = isAutomatic(olds) ? olds.get(NAME) : logicalName + "-" + suffix(seed);
        news.put(NAME, name);
        news.put(DEFAULTS, List.of(NAME));
        return news;
    }

    static boolean isAutomatic(Map<String, Object> inputs) {
        return inputs.get(DEFAULTS) instanceof List<?> names && names.contains(NAME) && inputs.get(NAME) != null;
    }

    /**
     * Two resources can't have one name at once, so one whose name was given and stays is deleted first, as bridged providers
     * do (https://github.com/pulumi/pulumi-terraform-bridge, nameRequiresDeleteBeforeReplace).
     */
    static boolean keepsGiven(Map<String, Object> olds, Map<String, Object> news) {
        Object name = Secret.strip(news.get(NAME));
        return name != null && !isAutomatic(news) && Objects.equals(name, Secret.strip(olds.get(NAME)));
    }

    private static boolean alwaysPresent(JsonNode resource) {
        for (JsonNode required : resource.path("requiredInputs")) {
            if (required.asText().equals(NAME)) {
                return false;
            }
        }
        for (JsonNode present : resource.path("required")) {
            if (present.asText().equals(NAME)) {
                return true;
            }
        }
        return false;
    }

    private static String suffix(byte[] seed) {
        byte[] bytes = seed;
        if (bytes.length < SUFFIX_DIGITS) {
            bytes = new byte[SUFFIX_DIGITS];
            new SecureRandom().nextBytes(bytes);
        }
        return HexFormat.of().formatHex(bytes).substring(0, SUFFIX_DIGITS);
    }
}
