package com.freshtrack.infra.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ApiUnitsTest {

    @Test
    void aDockerHostHasTwoUnitsAndAManagedPoolIsTwiceThereDuringAnEdit() {
        assertThat(ApiUnits.dockerHost(20)).isEqualTo(new ApiUnits(2, 20, 2));
        assertThat(ApiUnits.managedPool(20)).isEqualTo(new ApiUnits(2, 20, 0));
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 2", "1, 200, 3", "2, 150, 4", "3, 150, 5", "4, 200, 9", "1, 199, 2"})
    void aRollingServiceCountsItsSurgeAndTheTasksThatAreStopping(int maximumInstances, int maximumPercent, int atPeak) {
        assertThat(ApiUnits.rollingService(maximumInstances, maximumPercent, 10).atPeak())
                .isEqualTo(atPeak);
    }

    @Test
    void impossibleUnitsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiUnits(0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiUnits(1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiUnits(1, 1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiUnits.rollingService(0, 100, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiUnits.rollingService(1, 99, 1));
    }
}
