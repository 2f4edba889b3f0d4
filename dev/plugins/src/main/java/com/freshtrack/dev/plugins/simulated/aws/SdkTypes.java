package com.freshtrack.dev.plugins.simulated.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.pulumi.core.Either;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads resource types out of the Java SDK com.pulumi:aws, whose classes were generated from the provider's own schema: inputs
 * from {@code XxxArgs}, outputs from {@code Xxx}. The result has the form of a Pulumi package schema, nested types inlined.
 */
final class SdkTypes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ClassLoader sdk;

    private SdkTypes(ClassLoader sdk) {
        this.sdk = sdk;
    }

    /** Reads {@code sdk/aws.jar} beside the plugin's own jar; it is opened at the first type. */
    static SdkTypes besideThePlugin() {
        try {
            URL own = SdkTypes.class.getProtectionDomain().getCodeSource().getLocation();
            Path jar = Path.of(own.toURI()).resolveSibling("sdk").resolve("aws.jar");
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException("no SDK to read types from: " + jar);
            }
            return new SdkTypes(new URLClassLoader(new URL[] {jar.toUri().toURL()}, SdkTypes.class.getClassLoader()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The type with a token such as {@code aws:ec2/vpc:Vpc}. */
    ObjectNode resource(String token) {
        String[] parts = token.split("[:/]");
        String name = "com.pulumi.aws." + parts[1] + "." + parts[parts.length - 1];
        Class<?> resource = load(name);
        if (!resource.getAnnotation(ResourceType.class).type().equals(token)) {
            throw new IllegalStateException(name + " isn't the class of " + token);
        }
        ObjectNode declared = JSON.objectNode();
        ArrayNode present = declared.putArray("required");
        declared.set("properties", outputs(resource, present));
        ObjectNode inputs = object(load(name + "Args"));
        declared.set("inputProperties", inputs.get("properties"));
        declared.set("requiredInputs", inputs.get("required"));
        return declared;
    }

    private Class<?> load(String name) {
        try {
            return sdk.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the SDK has no class " + name, e);
        }
    }

    /** The outputs; those that are always present are the ones whose accessor returns no {@code Optional}. */
    private static ObjectNode outputs(Class<?> resource, ArrayNode present) {
        ObjectNode properties = JSON.objectNode();
        for (Field field : resource.getDeclaredFields()) {
            Export export = field.getAnnotation(Export.class);
            if (export != null) {
                Type returned = argument(accessor(resource, field).getGenericReturnType(), 0);
                properties.set(export.name(), property(argument(field.getGenericType(), 0)));
                if (raw(returned) != Optional.class) {
                    present.add(export.name());
                }
            }
        }
        return properties;
    }

    private static Method accessor(Class<?> resource, Field field) {
        try {
            return resource.getMethod(field.getName());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(field + " has no accessor", e);
        }
    }

    private static ObjectNode object(Class<?> arguments) {
        ObjectNode object = JSON.objectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (Field field : arguments.getDeclaredFields()) {
            Import input = field.getAnnotation(Import.class);
            if (input != null) {
                properties.set(input.name(), property(field.getGenericType()));
                if (input.required()) {
                    required.add(input.name());
                }
            }
        }
        return object;
    }

    private static ObjectNode property(Type type) {
        Class<?> raw = raw(type);
        if (raw == Output.class || raw == Optional.class || raw == Either.class) {
            return property(argument(type, 0)); // the other side of an Either is an enum of well-known texts
        }
        ObjectNode property = JSON.objectNode();
        if (raw == String.class || raw.isEnum()) {
            return property.put("type", "string");
        }
        if (raw == Boolean.class) {
            return property.put("type", "boolean");
        }
        if (raw == Integer.class) {
            return property.put("type", "integer");
        }
        if (raw == Double.class) {
            return property.put("type", "number");
        }
        if (raw == List.class) {
            property.put("type", "array").set("items", property(argument(type, 0)));
            return property;
        }
        if (raw == Map.class) {
            property.put("type", "object").set("additionalProperties", property(argument(type, 1)));
            return property;
        }
        if (raw.getName().startsWith("com.pulumi.asset.") || raw == Object.class) {
            return property.put("$ref", "pulumi.json#/Any");
        }
        return object(raw);
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
