package com.freshtrack.dev.plugins.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {

    private static final String SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

    @Test
    void everyKindOfValueSurvivesTheWay() {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("nothing", null);
        properties.put("flag", true);
        properties.put("number", 1.5);
        properties.put("text", "täxt\nwith lines");
        properties.put("list", Arrays.asList("a", null, Map.of("k", new Secret("s"))));
        properties.put("secret", new Secret(List.of("x", Unknown.VALUE)));
        properties.put("unknown", Unknown.VALUE);
        properties.put("asset", new Asset(false, Map.of("text", "content", "hash", "h")));
        properties.put("archive", new Asset(true, Map.of("path", "/folder")));

        assertThat(WireFormat.decode(WireFormat.encode(properties))).isEqualTo(properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
                "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
                "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
                "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"
            })
    void sentinelsAreUnknownValues(String sentinel) {
        Struct wire = Struct.newBuilder()
                .putFields("p", Value.newBuilder().setStringValue(sentinel).build())
                .build();

        assertThat(WireFormat.decode(wire)).containsEntry("p", Unknown.VALUE);
    }

    @Test
    void secretsCarryTheEnginesSignature() throws Exception {
        String json = JsonFormat.printer()
                .omittingInsignificantWhitespace()
                .print(WireFormat.encode(Map.of("p", new Secret("hidden"))));

        assertThat(json)
                .contains("\"" + SIGNATURE_KEY + "\":\"1b47061264138c4ac30d75fd1eb44270\"")
                .contains("\"value\":\"hidden\"");
    }

    @Test
    void outputValuesBecomeSecretsOrUnknowns() throws Exception {
        assertThat(decode("{\"p\":{\"" + SIGNATURE_KEY
                        + "\":\"d0e6a833031e9bbcd3f4e8bde6ca49a4\",\"secret\":true,\"value\":\"v\"}}"))
                .containsEntry("p", new Secret("v"));
        assertThat(decode("{\"p\":{\"" + SIGNATURE_KEY + "\":\"d0e6a833031e9bbcd3f4e8bde6ca49a4\"}}"))
                .containsEntry("p", Unknown.VALUE);
    }

    @Test
    void aSignatureNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> decode("{\"p\":{\"" + SIGNATURE_KEY + "\":\"new\"}}"))
                .hasMessageContaining("unknown signature");
    }

    @Test
    void noTextFormShowsASecret() {
        assertThat(Map.of("p", List.of(new Secret("hidden"))).toString()).doesNotContain("hidden");
        assertThat(new Asset(false, Map.of("text", "hidden")).toString()).doesNotContain("hidden");
    }

    private static Map<String, Object> decode(String json) throws Exception {
        Struct.Builder struct = Struct.newBuilder();
        JsonFormat.parser().merge(json, struct);
        return WireFormat.decode(struct.build());
    }
}
