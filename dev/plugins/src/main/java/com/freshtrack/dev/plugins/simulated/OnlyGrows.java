package com.freshtrack.dev.plugins.simulated;

import java.util.List;
import java.util.Map;

/** What a platform lets grow, and never shrink. */
public final class OnlyGrows {

    private OnlyGrows() {}

    /**
     * A problem where a number is less than it was; none where either isn't known.
     *
     * @param whose what the message says behind the property, such as " of a volume"; may be empty
     */
    public static List<String> problems(
            String property, String whose, Map<String, Object> state, Map<String, Object> news) {
        return state.get(property) instanceof Number has
                        && news.get(property) instanceof Number asked
                        && asked.doubleValue() < has.doubleValue()
                ? List.of("property \"" + property + "\"" + whose + " can only grow: got " + asked.longValue()
                        + "; allowed is " + has.longValue() + " or more")
                : List.of();
    }
}
