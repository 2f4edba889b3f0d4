package com.freshtrack.dev.plugins.wire;

import java.util.Map;

/** A Pulumi asset (one file) or archive (several); the fields are the wire's own: text, path, uri, assets, hash. */
public record Asset(boolean archive, Map<String, Object> fields) {

    @Override
    public String toString() {
        return archive ? "[archive]" : "[asset]";
    }
}
