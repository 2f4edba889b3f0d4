package com.freshtrack.dev.plugins.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadBackTest {

    @ParameterizedTest
    @CsvSource({"0s,0s", "5s,5s", "60s,1m0s", "1m0s,1m0s", "120s,2m0s", "90m,1h30m0s", "500ms,500ms", "1h,1h0m0s"})
    void durationsComeBackAsGoWritesThem(String given, String back) {
        assertThat(ReadBack.of(Map.of("healthcheck", Map.of("startPeriod", given))))
                .isEqualTo(Map.of("healthcheck", Map.of("startPeriod", back)));
    }

    @Test
    void capabilitiesComeBackWithTheirPrefix() {
        var given = Map.<String, Object>of("adds", List.of("NET_BIND_SERVICE"), "drops", List.of("ALL"));

        assertThat(ReadBack.of(Map.of("capabilities", given)))
                .isEqualTo(Map.of(
                        "capabilities", Map.of("adds", List.of("CAP_NET_BIND_SERVICE"), "drops", List.of("ALL"))));
    }
}
