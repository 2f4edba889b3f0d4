package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a stack asks for: its resources with their inputs, answered with outputs in the shape of AWS's. */
final class Recording {
    /** Every generated password holds it. */
    static final String GENERATED = Stacks.SENTINEL + "-generated";

    static final String AUTHORITIES = "-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n";

    /** One resource as the engine was asked for it. */
    record Asked(String type, String name, Map<String, Object> inputs) {
        String input(String property) {
            return String.valueOf(inputs.get(property));
        }
    }

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private List<String> urns = List.of();

    private Recording() {}

    static Recording of(StackConfig config) {
        var recording = new Recording();
        try {
            var result = PulumiTest.withMocks(recording.answering())
                    .runTest(context -> new AwsFargateStack(
                            "freshtrack",
                            new AwsFargateStack.Args(config, AUTHORITIES),
                            ComponentResourceOptions.Empty))
                    .throwOnError();
            recording.urns = result.resources().stream()
                    .map(resource -> PulumiTest.extractValue(resource.urn()))
                    .toList();
        } finally {
            PulumiTest.cleanup();
        }
        return recording;
    }

    /** Every resource's URN, in which the types of its ancestors stand. */
    List<String> urns() {
        return urns;
    }

    List<Asked> all() {
        return List.copyOf(asked);
    }

    List<Asked> ofType(String type) {
        return asked.stream().filter(each -> each.type().equals(type)).toList();
    }

    Asked one(String type, String name) {
        return ofType(type).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " " + name));
    }

    private Mocks answering() {
        return new Mocks() {
            @Override
            public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
                asked.add(new Asked(args.type, args.name, args.inputs));
                return CompletableFuture.completedFuture(
                        ResourceResult.of(Optional.of(args.name + "-id"), outputs(args.type, args.name, args.inputs)));
            }
        };
    }

    private static Map<String, Object> outputs(String type, String name, Map<String, Object> inputs) {
        var outputs = new HashMap<String, Object>();
        outputs.put("arn", "arn:aws:" + type.split("[:/]")[1] + ":us-east-1:123456789012:" + name);
        for (var computed : List.of(
                "address", "arnSuffix", "bucket", "dnsName", "fqdn", "identifier", "name", "versionId", "zoneId")) {
            outputs.put(computed, name + "-" + computed.toLowerCase(java.util.Locale.ROOT));
        }
        outputs.put("result", GENERATED);
        outputs.put(
                "domainValidationOptions",
                List.of(Map.of(
                        "domainName", "freshtrack.acme.io",
                        "resourceRecordName", "_1.freshtrack.acme.io.",
                        "resourceRecordType", "CNAME",
                        "resourceRecordValue", "_2.acm-validations.aws.")));
        outputs.putAll(inputs);
        return outputs;
    }
}
