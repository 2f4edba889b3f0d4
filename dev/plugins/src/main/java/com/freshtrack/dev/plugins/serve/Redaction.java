package com.freshtrack.dev.plugins.serve;

import com.freshtrack.dev.plugins.wire.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Replaces secret values in texts that leave the plugin: messages, log lines, errors. */
public final class Redaction {

    /** Shorter ones (a port, a flag in a map that is secret as a whole) would make every text unreadable. */
    private static final int SHORTEST_SECRET = 4;

    private static final int SHORTEST_LINE = 8;

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Hides every secret of the given property maps; longer ones first, so that no tail of one stays. */
    @SafeVarargs
    public static Redaction of(Map<String, Object>... properties) {
        List<String> texts = new ArrayList<>();
        for (Map<String, Object> map : properties) {
            for (String secret : Secret.textsIn(map)) {
                if (secret.length() >= SHORTEST_SECRET) {
                    texts.add(secret);
                }
                secret.lines()
                        .map(String::strip)
                        .filter(line -> line.length() >= SHORTEST_LINE)
                        .forEach(texts::add);
            }
        }
        texts.sort(Comparator.comparingInt(String::length).reversed());
        return new Redaction(texts.stream().distinct().toList());
    }

    public String apply(String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, "[secret]");
        }
        return safe;
    }
}
