package com.freshtrack.dev.plugins.simulated.aws;

import java.util.Map;
import java.util.TreeMap;

/** Where the simulated resources are: AWS's example account, a region, and the tags that the provider gives to everything. */
record Place(String region, Map<String, Object> defaultTags) {

    static final String ACCOUNT = "123456789012";

    private static final String DEFAULT_REGION = "us-east-1";

    static Place of(Map<String, Object> config, Map<String, String> environment) {
        String region = config.get("region") instanceof String configured
                ? configured
                : environment.getOrDefault("AWS_REGION", DEFAULT_REGION);
        Map<String, Object> tags = new TreeMap<>();
        if (config.get("defaultTags") instanceof Map<?, ?> defaults
                && defaults.get("tags") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> tags.put((String) key, value));
        }
        return new Place(region, tags);
    }

    /** A resource's own tags win. */
    Map<String, Object> allTags(Object tags) {
        Map<String, Object> all = new TreeMap<>(defaultTags);
        if (tags instanceof Map<?, ?> own) {
            own.forEach((key, value) -> all.put((String) key, value));
        }
        return all;
    }
}
