package com.freshtrack.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SecretTextTest {
    private static final SecretText SECRET = new SecretText("hunter2hunter2");

    @Test
    void leavesThroughItsAccessor() {
        assertThat(SECRET.value()).isEqualTo("hunter2hunter2");
    }

    @Test
    void isNeverPrinted() {
        var passwords = new SecretsConfig(
                Optional.of(SECRET),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(SECRET).hasToString("[secret]");
        assertThat(passwords.toString()).contains("[secret]").doesNotContain("hunter2");
    }

    @Test
    void isNeverWrittenAsJson() throws JsonProcessingException {
        assertThat(new ObjectMapper().writeValueAsString(Map.of("JWT_SECRET", SECRET)))
                .isEqualTo("{\"JWT_SECRET\":\"[secret]\"}");
    }
}
