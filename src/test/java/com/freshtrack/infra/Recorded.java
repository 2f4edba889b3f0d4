package com.freshtrack.infra;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a program asks the engine for: its resources with their inputs, in the order of their registration. */
public final class Recorded {
    /** One resource as the engine was asked for it. */
    public record Asked(String type, String name, Map<String, Object> inputs) {
        public String input(String property) {
            return String.valueOf(inputs.get(property));
        }
    }

    private static final TestOptions OPTIONS = TestOptions.builder()
            .resourceTransformations(Main.OPTIONS.resourceTransformations())
            .build();

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private List<String> urns = List.of();

    private Recorded() {}

    /** Runs a program whose resources are answered with these outputs; an {@code id} among them is the resource's. */
    public static Recorded of(Runnable program, Function<Asked, Map<String, Object>> outputs) {
        var recorded = new Recorded();
        try {
            var result = PulumiTest.withMocks(recorded.answering(outputs))
                    .withOptions(OPTIONS)
                    .runTest(context -> program.run())
                    .throwOnError();
            recorded.urns = result.resources().stream()
                    .map(resource -> PulumiTest.extractValue(resource.urn()))
                    .toList();
        } finally {
            PulumiTest.cleanup();
        }
        return recorded;
    }

    /** Every resource's URN, in which the types of its ancestors stand. */
    public List<String> urns() {
        return urns;
    }

    public List<Asked> all() {
        return List.copyOf(asked);
    }

    public List<Asked> ofType(String type) {
        return asked.stream().filter(each -> each.type().equals(type)).toList();
    }

    /** In which inputs of which types a text stands, each once, as {@code TYPE INPUT}. */
    public List<String> places(String text) {
        return asked.stream()
                .flatMap(resource -> resource.inputs().entrySet().stream()
                        .filter(input -> String.valueOf(input.getValue()).contains(text))
                        .map(input -> resource.type() + " " + input.getKey()))
                .distinct()
                .toList();
    }

    /** The types of the ancestors of all that was asked for but the stack itself, and its own. */
    public List<String> descents() {
        return urns.stream()
                .map(urn -> urn.split("::")[2])
                .filter(type -> !type.equals("pulumi:pulumi:Stack"))
                .toList();
    }

    public Asked one(String type, String name) {
        return ofType(type).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " " + name));
    }

    private Mocks answering(Function<Asked, Map<String, Object>> outputs) {
        return new Mocks() {
            @Override
            public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
                var resource = new Asked(args.type, args.name, args.inputs);
                asked.add(resource);
                var answered = new HashMap<>(outputs.apply(resource));
                var id = Optional.ofNullable(answered.remove("id")).orElse(args.name + "-id");
                return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(id.toString()), answered));
            }
        };
    }
}
