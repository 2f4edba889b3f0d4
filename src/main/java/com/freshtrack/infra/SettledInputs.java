package com.freshtrack.infra;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.internal.Internal;
import com.pulumi.core.internal.OutputData;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.InputArgs;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceTransformation;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Has the SDK look at a resource's inputs when all outputs among them are there.
 *
 * <p>As of com.pulumi:pulumi 1.36.1 {@code Serializer} collects what an input depends on in a {@code HashSet}, to which every
 * output in a list or a map adds on the thread that completes it
 * (https://github.com/pulumi/pulumi-java/blob/main/sdk/java/pulumi/src/main/java/com/pulumi/serialization/internal/Serializer.java ).
 * Two at once lose a dependency, or end the program with a {@code NullPointerException} in {@code prepareResourceAsync}. Outputs
 * that are there add on one thread. The SDK looks at the inputs once it knows what else the resource depends on, which is
 * the only place where a program can make it wait.
 *
 * <p>Not waited for, because nothing here has more than one output there: inputs of components and of invokes, and what an
 * {@code Either}, an {@code Optional} or an asset holds.
 */
final class SettledInputs implements ResourceTransformation {
    @Override
    public Optional<Result> apply(Args resource) {
        if (!(resource.options() instanceof CustomResourceOptions options)) {
            return Optional.empty();
        }
        // Known and no secret whatever the inputs are; an input that fails is reported by the SDK, which names it.
        var settled = settled(resource.args()).handle((ignored, failure) -> List.<Resource>of());
        var afterInputs =
                CustomResourceOptions.builder().dependsOn(Output.of(settled)).build();
        return Optional.of(new Result(resource.args(), CustomResourceOptions.merge(options, afterInputs)));
    }

    /** Completes when every output within a value has, in lists, maps and arguments to any depth. */
    private static CompletableFuture<?> settled(Object value) {
        if (value instanceof Output<?> output) {
            return Internal.of(output)
                    .getDataAsync()
                    .thenApply(OutputData::getValueNullable)
                    .thenCompose(SettledInputs::settled);
        }
        return CompletableFuture.allOf(parts(value).map(SettledInputs::settled).toArray(CompletableFuture[]::new));
    }

    private static Stream<?> parts(Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream();
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream();
        }
        return value instanceof InputArgs args ? inputs(args) : Stream.of();
    }

    private static Stream<?> inputs(InputArgs args) {
        return Arrays.stream(args.getClass().getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Import.class))
                .map(field -> valueOf(field, args));
    }

    private static Object valueOf(Field field, InputArgs args) {
        try {
            field.setAccessible(true);
            return field.get(args);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
