package com.freshtrack.dev.plugins.serve;

/** The two ends of {@code urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME}. */
public record Urn(String type, String name) {

    public static Urn parse(String text) {
        String[] parts = text.split("::", 4);
        return new Urn(parts[2].substring(parts[2].lastIndexOf('$') + 1), parts[3]);
    }
}
