package com.freshtrack.infra.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ManagedPoolTest {

    /** 25 connections a GiB, less 15, shared by an old pool and its successor; at most 25 by itself. */
    @ParameterizedTest
    @CsvSource({"1, 5", "2, 17", "4, 25", "32, 25"})
    void takesHalfOfTheBudgetByItself(int memoryGiB, int size) {
        var plan = Plans.accepted(plan(memoryGiB, OptionalInt.empty()));

        assertThat(plan.defaultPoolSize()).isEqualTo(size);
        assertThat(plan.unitsAtPeak()).isEqualTo(2);
        assertThat(plan.mode()).isEqualTo(PoolMode.TRANSACTION);
        assertThat(plan.worstCase()).isEqualTo(2 * size).isLessThanOrEqualTo(plan.budget());
        assertThat(plan.applicationConnectionLimit()).isEqualTo(plan.budget());
    }

    @Test
    void hasNothingThatIsOfAPgBouncerOfOurs() {
        var plan = Plans.accepted(plan(4, OptionalInt.empty()));

        assertThat(plan.minPoolSize()).isZero();
        assertThat(plan.reservePoolSize()).isZero();
        assertThat(plan.maxClientConn()).isZero();
        assertThat(plan.maxPreparedStatements()).isZero();
        assertThat(plan.fileDescriptors()).isZero();
        assertThat(plan.explanation())
                .containsExactly(
                        "DigitalOcean plan of 4 GiB: its own transaction pool of size 25 (derived), no PgBouncer of ours",
                        "worst case: 2 pools, because an edit makes the new one before the old one is gone, × size 25 = 50 ≤ budget 85 = max_connections 100 − reserve 15, headroom 35");
    }

    @ParameterizedTest
    @CsvSource({"2, 17, true", "2, 18, false", "4, 42, true", "4, 43, false", "1, 2147483647, false"})
    void aGivenSizeFitsTwiceOrIsRefused(int memoryGiB, int size, boolean fits) {
        var decision = plan(memoryGiB, OptionalInt.of(size));

        if (fits) {
            assertThat(Plans.accepted(decision).defaultPoolSize()).isEqualTo(size);
            assertThat(Plans.accepted(decision).explanation().get(0)).contains("size " + size + " (given)");
        } else {
            assertThat(Plans.refused(decision)).extracting(PoolProblem::key).containsExactly("defaultPoolSize");
        }
    }

    @Test
    void aRefusalNamesTheLargestAndWhatBuysMore() {
        assertThat(Plans.refused(plan(2, OptionalInt.of(20))).get(0).text())
                .isEqualTo(
                        "worst case: 2 pools, because an edit makes the new one before the old one is gone, × size 20 = 40 > budget 35 = max_connections 50 − reserve 15. The largest size that fits is 17. More carries a larger plan (4 GiB carry 100).");
    }

    private static PoolDecision plan(int memoryGiB, OptionalInt size) {
        return ManagedPool.plan(DatabaseCapacity.digitalOceanPlan(memoryGiB), 10, size);
    }
}
