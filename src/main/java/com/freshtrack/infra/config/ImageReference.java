package com.freshtrack.infra.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A container image by name, with a tag, a digest or both
 * (grammar: https://github.com/distribution/reference/blob/main/reference.go).
 */
record ImageReference(String name, Optional<String> tag, Optional<String> digest) {
    private static final String DOMAIN_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String DOMAIN = DOMAIN_LABEL + "(?:\\." + DOMAIN_LABEL + ")*(?::[0-9]{1,5})?";
    private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE = Pattern.compile("(?<name>(?:" + DOMAIN + "/)?" + PATH_PART + "(?:/"
            + PATH_PART + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final int LONGEST_NAME = 255;

    static final String ALLOWED = "an image reference: [registry/]name:tag or [registry/]name@sha256:<64 hex digits>";

    static Optional<ImageReference> parse(String text) {
        var matcher = REFERENCE.matcher(text);
        if (text.length() > 2 * LONGEST_NAME
                || !matcher.matches()
                || matcher.group("name").length() > LONGEST_NAME) {
            return Optional.empty();
        }
        return Optional.of(new ImageReference(
                matcher.group("name"),
                Optional.ofNullable(matcher.group("tag")),
                Optional.ofNullable(matcher.group("digest"))));
    }

    /** Whether the same reference may mean another image tomorrow, as its author intends it to. */
    boolean floating() {
        return digest.isEmpty() && (tag.isEmpty() || tag.get().equals("latest"));
    }
}
