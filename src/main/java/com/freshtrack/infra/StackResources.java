package com.freshtrack.infra;

import com.pulumi.core.TypeShape;
import com.pulumi.core.annotations.Import;
import com.pulumi.deployment.Deployment;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.resources.InvokeArgs;
import java.util.Map;

/**
 * What the engine says of a stack's resources as its state has them, by functions of its own that no SDK has a name for
 * (pkg/resource/deploy/builtins.go of https://github.com/pulumi/pulumi).
 */
final class StackResources {
    private StackResources() {}

    /**
     * Each resource's {@code type} and {@code outputs} by its URN. There are none before the first {@code up} ended well: the engine
     * can't be asked for the resources of a stack without a state.
     */
    static Map<?, ?> of(String stack) {
        return outputs("readStackOutputs", new StackName(stack)).isEmpty()
                ? Map.of()
                : outputs("readStackResourceOutputs", new StackName(stack));
    }

    private static Map<?, ?> outputs(String function, InvokeArgs arguments) {
        var answer = Deployment.getInstance()
                .invokeAsync(
                        "pulumi:pulumi:" + function,
                        TypeShape.map(String.class, Object.class),
                        arguments,
                        InvokeOptions.Empty)
                .join();
        return answer.get("outputs") instanceof Map<?, ?> outputs ? outputs : Map.of();
    }

    /** The two functions call it differently. */
    private static final class StackName extends InvokeArgs {
        @Import(name = "name", required = true)
        private final String name;

        @Import(name = "stackName", required = true)
        private final String stackName;

        StackName(String name) {
            this.name = name;
            this.stackName = name;
        }
    }
}
