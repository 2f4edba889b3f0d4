package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stack on Fargate through the real engine; what AWS does is SIMULATED. */
@Tag("engine")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FargateTest {
    private static final String EXAMPLE = "examples/Pulumi.aws-fargate.yaml";

    @Test
    void isMadeAndThenFindsNothingToDo() {
        try (var stack = TestStack.simulated("prod", EXAMPLE)) {
            var preview = stack.preview().mustSucceed();
            Golden.assertMatches("preview/aws-fargate-SIMULATED.txt", PreviewText.of(preview));
            assertThat(preview.output()).contains("SIMULATED");

            stack.up().mustSucceed();
            assertThat(stack.preview().mustSucceed().changes()).isEmpty();
        }
    }
}
