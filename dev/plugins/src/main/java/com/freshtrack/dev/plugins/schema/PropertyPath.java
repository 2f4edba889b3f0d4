package com.freshtrack.dev.plugins.schema;

/** Writes property paths as the engine reads them: {@code uploads[0].content}, {@code labels["a.b"]}. */
public final class PropertyPath {

    private PropertyPath() {}

    public static String child(String path, String name) {
        if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
            return path + "[\"" + name.replace("\"", "\\\"") + "\"]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** The top-level property of a path. */
    public static String root(String path) {
        return path.split("[.\\[]", 2)[0];
    }
}
