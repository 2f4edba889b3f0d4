package com.freshtrack.dev.plugins.serve;

import java.util.Map;
import java.util.Optional;

/** A resource couldn't be made, changed, read or deleted; the message holds no secret. */
public final class ResourceFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ResourceType.Created partial;

    public ResourceFailure(String message) {
        super(message);
        this.partial = null;
    }

    private ResourceFailure(String message, ResourceType.Created partial) {
        super(message);
        this.partial = partial;
    }

    /** The resource exists but isn't what was asked for: it is recorded, and the next update replaces it. */
    public static ResourceFailure afterCreation(String message, String id, Map<String, Object> computed) {
        return new ResourceFailure(message, new ResourceType.Created(id, computed));
    }

    Optional<ResourceType.Created> partial() {
        return Optional.ofNullable(partial);
    }
}
