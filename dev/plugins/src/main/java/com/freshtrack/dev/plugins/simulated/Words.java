package com.freshtrack.dev.plugins.simulated;

import java.util.Map;

/** The words in a provider's {@code outputs.txt} that are no property, because each depends on more than one. */
public interface Words {

    boolean has(String word);

    /** Whether an update with these inputs keeps what the word stood for. */
    boolean stays(String word, Map<String, Object> inputs);

    /**
     * What a word stands for.
     *
     * @param argument what follows it in the braces; null where nothing does
     * @param properties the inputs, and the outputs of the lines above
     */
    String value(String word, String argument, MadeUp madeUp, Map<String, Object> properties);
}
