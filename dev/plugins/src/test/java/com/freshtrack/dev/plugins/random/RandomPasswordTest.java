package com.freshtrack.dev.plugins.random;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff.Kind;

class RandomPasswordTest {

    private final EngineSide engine =
            new EngineSide(new RandomPlugin(), "random:index/randomPassword:RandomPassword", "p");

    @Test
    void makesASecretOfTheAskedCharacters() {
        Map<String, Object> state = engine.created(Map.of("length", 40.0, "special", false));

        String result = plain(state, "result");
        assertThat(result).matches("[A-Za-z0-9]{40}");
        assertThat(BCrypt.verifyer().verify(result.toCharArray(), plain(state, "bcryptHash")).verified)
                .isTrue();
        assertThat(engine.create(Map.of("length", 8.0), false).getId()).isEqualTo("none");
        assertThat(state)
                .containsEntry("numeric", true)
                .containsEntry("minUpper", 0.0)
                .containsEntry("special", false);
    }

    @Test
    void honoursMinimaAndItsOwnSpecialCharacters() {
        for (int i = 0; i < 10; i++) {
            String result = plain(
                    engine.created(Map.of(
                            "length",
                            6.0,
                            "minLower",
                            1.0,
                            "minUpper",
                            2.0,
                            "minNumeric",
                            1.0,
                            "minSpecial",
                            2.0,
                            "overrideSpecial",
                            "_")),
                    "result");
            assertThat(result).hasSize(6).matches("[a-z_A-Z0-9]*");
            assertThat(result.chars().filter(c -> c == '_').count()).isEqualTo(2);
            assertThat(result.chars().filter(Character::isUpperCase).count()).isEqualTo(2);
        }
    }

    @Test
    void neverTheSameTwice() {
        Map<String, Object> inputs = Map.of("length", 32.0);

        assertThat(engine.created(inputs).get("result"))
                .isNotEqualTo(engine.created(inputs).get("result"));
    }

    @Test
    void aPreviewDoesNotKnowIt() {
        assertThat(engine.previewed(Map.of("length", 8.0))).containsEntry("result", new Secret(Unknown.VALUE));
    }

    @Test
    void everyChangeReplaces() {
        var diff = engine.diff(
                Map.of("length", 8.0, "keepers", Map.of("a", "1")),
                Map.of(),
                Map.of("length", 8.0, "keepers", Map.of("a", "2")));

        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
        assertThat(diff.getReplacesList()).containsExactly("keepers");
        assertThat(diff.getDetailedDiffMap().get("keepers.a").getKind()).isEqualTo(Kind.UPDATE_REPLACE);
        assertThat(diff.getDeleteBeforeReplace()).isFalse();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(engine.problems(Map.of("length", 2.0, "minUpper", 3.0)))
                .singleElement()
                .asString()
                .contains("\"length\" must be at least 3");
        assertThat(engine.problems(
                        Map.of("length", 8.0, "lower", false, "upper", false, "numeric", false, "special", false)))
                .hasSize(1);
        assertThat(engine.problems(Map.of("length", 8.0))).isEmpty();
        assertThat(engine.problems(Map.of())).containsExactly("property \"length\" is required and missing");
    }

    private static String plain(Map<String, Object> state, String name) {
        assertThat(state.get(name)).isInstanceOf(Secret.class);
        return (String) ((Secret) state.get(name)).value();
    }
}
