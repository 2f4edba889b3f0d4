package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A production stack on App Platform through the real engine; what DigitalOcean does is SIMULATED. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppPlatformTest {
    private TestStack stack;
    private Outcome first;

    @BeforeAll
    void make() {
        stack = TestStack.simulatedApp("prod", "examples/Pulumi.do-app-platform.yaml");
        first = stack.preview().mustSucceed();
        stack.up().mustSucceed();
    }

    @AfterAll
    void remove() {
        stack.close();
    }

    @Test
    void showsEverythingBeforeItIsMade() {
        assertThat(first.output()).contains("SIMULATED");
        Golden.assertMatches("preview/do-app-platform-SIMULATED.txt", PreviewText.of(first));
    }

    /** The platform gives back each secret encrypted anew; that is no change, and an edited one is a change of the app alone. */
    @Test
    void onlyASecretThatWasEditedIsAChange() {
        assertThat(stack.preview().mustSucceed().changes()).isEmpty();
        assertThat(stack.preview("--refresh").mustSucceed().changes()).isEmpty();

        stack.setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"hunter2-another\"}");
        try {
            assertThat(stack.preview().mustSucceed().changes()).containsExactly("update freshtrack-app");
        } finally {
            stack.setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"hunter2-webhook\"}");
        }
        assertThat(stack.transcript()).doesNotContain("hunter2");
    }

    /** What a reviewer sees of one change, and nothing besides. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    database-size | databaseSize    | db-s-2vcpu-4gb
                    pool-size     | defaultPoolSize | 12
                    domain        | domain          | app.example.com
                    """)
    void oneChange(String name, String key, String value) {
        stack.set(key, value);
        try {
            Golden.assertMatches(
                    "preview/do-app-platform-changes-SIMULATED/" + name + ".txt",
                    key + "=" + value + "\n\n" + ChangeText.of(stack.preview().mustSucceed()));
        } finally {
            stack.restore(key);
        }
    }
}
