package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import com.freshtrack.infra.selfhosted.SelfHostedStack;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reviewer sees before anything exists, through the real engine. */
@Tag("engine")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PreviewTest {
    @ParameterizedTest
    @CsvSource({"dev, dev, Pulumi.dev.yaml", "self-hosted, prod, examples/Pulumi.self-hosted.yaml"})
    void tracksWhatAStackOnADockerHostAsksFor(String golden, String name, String file) {
        try (var stack = TestStack.previewOnly(name, file)) {
            var preview = stack.preview().mustSucceed();

            Golden.assertMatches("preview/" + golden + ".txt", PreviewText.of(preview));
            assertThat(preview.output())
                    .as("the warning about the missing image")
                    .contains("freshtrack:apiImage is not set");
            assertThat(preview.steps().stream().map(Outcome.Step::urn).filter(PreviewTest::isOutsideTheComponent))
                    .as("resources that don't descend from " + SelfHostedStack.TYPE)
                    .isEmpty();
        }
    }

    @Test
    void showsNoSecretThatTheConfigurationHolds() {
        try (var stack = TestStack.previewOnly("dev", "Pulumi.dev.yaml")) {
            var secrets = List.of(
                    "SentinelPostgres0001",
                    "SentinelApp000000002",
                    "SentinelMigrator0003",
                    "SentinelRedis0000004",
                    "SentinelMinio0000005",
                    "SentinelWebhook00006",
                    "SentinelBackup000007");
            stack.setSecret("postgresPassword", secrets.get(0));
            stack.setSecret("appDatabasePassword", secrets.get(1));
            stack.setSecret("migratorDatabasePassword", secrets.get(2));
            stack.setSecret("redisPassword", secrets.get(3));
            stack.setSecret("minioRootPassword", secrets.get(4));
            stack.setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + secrets.get(5) + "\"}");

            stack.set("backup", "true");
            stack.setSecret("backupDatabasePassword", secrets.get(6));

            var preview = stack.preview().mustSucceed();

            var shown = PreviewText.of(preview) + preview.output();
            assertThat(shown).contains("TTN_WEBHOOK_KEY");
            assertThat(secrets).allSatisfy(secret -> assertThat(shown).doesNotContain(secret));
        }
    }

    /** The stack itself and the providers that the engine adds stand beside the component. */
    private static boolean isOutsideTheComponent(String urn) {
        var type = urn.split("::")[2];
        return !type.equals("pulumi:pulumi:Stack")
                && !type.startsWith("pulumi:providers:")
                && !type.startsWith(SelfHostedStack.TYPE);
    }
}
