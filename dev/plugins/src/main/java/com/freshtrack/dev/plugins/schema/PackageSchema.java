package com.freshtrack.dev.plugins.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** The facts of one Pulumi package, as written in dev/sdks. */
public final class PackageSchema {

    private static final String TYPE_REFERENCE = "#/types/";

    private final String text;
    private final JsonNode root;

    private final Function<String, Optional<JsonNode>> resources;

    private PackageSchema(String text) throws IOException {
        this.text = text;
        this.root = new ObjectMapper().readTree(text);
        this.resources = type -> Optional.ofNullable(root.path("resources").get(type));
    }

    private PackageSchema(PackageSchema base, Function<String, Optional<JsonNode>> resources) {
        this.text = base.text;
        this.root = base.root;
        this.resources = resources;
    }

    /** Reads the schema that was packed into the jar; fails when there is none of that name. */
    public static PackageSchema load(String name) {
        String resource = "/schemas/" + name + ".json";
        try (InputStream stream = PackageSchema.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("no schema in the jar: " + resource);
            }
            return new PackageSchema(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same package with resource types that are read from elsewhere, each when it is asked for. */
    public PackageSchema withResources(Function<String, Optional<JsonNode>> others) {
        return new PackageSchema(this, others);
    }

    public String text() {
        return text;
    }

    public String name() {
        return root.get("name").asText();
    }

    public String version() {
        return root.get("version").asText();
    }

    /** The resource of a type token such as {@code docker:index/network:Network}. */
    public Optional<JsonNode> resource(String type) {
        return resources.apply(type);
    }

    public JsonNode provider() {
        return root.path("provider");
    }

    /** The object or enum type that a property refers to, or the property itself. */
    JsonNode resolve(JsonNode property) {
        String reference = property.path("$ref").asText();
        return reference.startsWith(TYPE_REFERENCE)
                ? root.path("types").path(reference.substring(TYPE_REFERENCE.length()))
                : property;
    }
}
