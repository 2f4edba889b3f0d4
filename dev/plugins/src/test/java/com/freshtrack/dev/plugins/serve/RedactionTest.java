package com.freshtrack.dev.plugins.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.wire.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void hidesSecretsAtAnyDepthLongestFirst() {
        Redaction redaction = Redaction.of(
                Map.of("a", new Secret("hidden"), "b", List.of(Map.of("c", new Secret("hidden-longer"))), "d", "open"));

        assertThat(redaction.apply("open hidden-longer hidden")).isEqualTo("open [secret] [secret]");
    }

    @Test
    void hidesSingleLinesOfASecretFile() {
        Redaction redaction =
                Redaction.of(Map.of("key", new Secret("-----BEGIN-----\nabcdefgh12345\n-----END-----\n")));

        assertThat(redaction.apply("bad line: abcdefgh12345")).isEqualTo("bad line: [secret]");
    }
}
