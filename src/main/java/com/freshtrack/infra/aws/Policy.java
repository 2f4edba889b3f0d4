package com.freshtrack.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Policy documents of IAM (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html), as JSON. */
final class Policy {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Policy() {}

    /** What a role or a bucket allows. */
    static String of(List<Map<String, Object>> statements) {
        var document = new TreeMap<String, Object>(Map.of("Version", "2012-10-17", "Statement", statements));
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts are always JSON", e);
        }
    }

    static Map<String, Object> allow(List<String> actions, List<String> resources) {
        return new TreeMap<>(Map.of("Effect", "Allow", "Action", actions, "Resource", resources));
    }

    /** What the policy of a resource allows a service of AWS. */
    static Map<String, Object> allowService(String service, List<String> actions, List<String> resources) {
        var statement = allow(actions, resources);
        statement.put("Principal", Map.of("Service", service));
        return statement;
    }

    /** Lets a service of AWS take the role. */
    static String assumedBy(String service) {
        return of(List.of(new TreeMap<>(
                Map.of("Effect", "Allow", "Action", "sts:AssumeRole", "Principal", Map.of("Service", service)))));
    }
}
