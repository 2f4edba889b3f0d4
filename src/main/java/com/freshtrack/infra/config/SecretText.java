package com.freshtrack.infra.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/** A text that leaves only through {@link #value()}: printed, logged or written as JSON it reads {@code [secret]}. */
public record SecretText(String value) {
    static final String REDACTED = "[secret]";

    public SecretText {
        Objects.requireNonNull(value, "value");
    }

    @Override
    @JsonValue
    public String toString() {
        return REDACTED;
    }
}
