package com.freshtrack.dev.plugins.wire;

/** The value of a property that a preview can't know yet. */
public enum Unknown {
    VALUE;

    /** Whether the value is unknown or holds an unknown, at any depth. */
    public static boolean isIn(Object value) {
        Object plain = Secret.strip(value);
        if (plain instanceof Iterable<?> items) {
            for (Object item : items) {
                if (isIn(item)) {
                    return true;
                }
            }
            return false;
        }
        if (plain instanceof java.util.Map<?, ?> map) {
            return map.values().stream().anyMatch(Unknown::isIn);
        }
        return plain == VALUE;
    }
}
