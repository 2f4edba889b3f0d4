package com.freshtrack.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freshtrack.infra.SshKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class BadConfigurationsTest {
    private static final String CASES = "com.freshtrack.infra.config.BadConfigurationsTest#all";
    private static final String STACK = "t1";
    private static final Pattern SET =
            Pattern.compile("pulumi config set (freshtrack:\\w+) (?:'(.*)'|(\\S+)) --stack " + STACK);
    private static final Pattern SET_SECRET =
            Pattern.compile("pulumi config set --secret (freshtrack:\\w+) --stack " + STACK);
    private static final String SET_PUBLIC_KEY =
            "pulumi config set freshtrack:backupPublicKey --stack " + STACK + " <backup-public-key.asc";
    private static final String MAKE_KEYS = "scripts/setup keys " + STACK;
    private static final Pattern REMOVE = Pattern.compile("pulumi config rm (freshtrack:\\w+) --stack " + STACK);

    private static Stream<BadConfigurations.Case> all() {
        return Stream.of(
                        BadConfigurations.all(),
                        BadBackups.all(),
                        BadObservability.all(),
                        BadFargate.all(),
                        BadDroplet.all(),
                        BadEc2.all(),
                        BadAppPlatform.all())
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void isRefusedByTheRightKey(BadConfigurations.Case bad) {
        var refused = refused(bad);

        assertThat(refused.problems()).extracting(ConfigProblem::key).containsExactly(bad.key());
        var problem = refused.problems().get(0);
        assertThat(problem.got() + "\n" + problem.allowed() + "\n" + problem.mend())
                .contains(bad.fragments());
        assertThat(refused.getMessage())
                .contains("freshtrack:" + bad.key(), problem.got(), problem.allowed(), problem.mend())
                .doesNotContain("hunter2");
        assertThat(refused.getCause()).isNull();
    }

    /** Does what the mend says, with a value in the place of what only the operator knows. */
    @ParameterizedTest
    @MethodSource(CASES)
    void isMendedByItsMend(BadConfigurations.Case bad) {
        var values = new HashMap<>(bad.values());
        var encrypted = new HashSet<>(bad.encrypted());
        for (var command : refused(bad).problems().get(0).mend().split(" && ")) {
            var set = SET.matcher(command);
            var setSecret = SET_SECRET.matcher(command);
            var remove = REMOVE.matcher(command);
            if (set.matches()) {
                var value = set.group(2) == null ? set.group(3) : set.group(2).replace("'\\''", "'");
                values.put(set.group(1), value.replace("REGISTRY/NAME@sha256:DIGEST", Configurations.APP_IMAGE));
                encrypted.remove(set.group(1));
            } else if (setSecret.matches()) {
                var key = setSecret.group(1);
                values.put(key, secret(key.substring(11)));
                encrypted.add(key);
            } else if (command.equals(MAKE_KEYS)) {
                values.put("freshtrack:hostKey", SshKeys.HOST);
                values.put("freshtrack:deployKey", SshKeys.DEPLOY);
                encrypted.addAll(Configurations.DROPLET_SECRETS);
            } else if (command.equals(SET_PUBLIC_KEY)) {
                values.put("freshtrack:backupPublicKey", Configurations.BACKUP_PUBLIC_KEY);
            } else {
                assertThat(remove.matches()).as(command).isTrue();
                // What the engine hands over then.
                var key = remove.group(1).substring("freshtrack:".length());
                values.put(
                        remove.group(1),
                        ConfigKey.named(key).map(ConfigKey::defaultValue).orElse(""));
            }
        }
        assertThatCode(() -> StackConfigReader.read(STACK, values, encrypted, false))
                .doesNotThrowAnyException();
    }

    private static String secret(String key) {
        return switch (key) {
            case "apiSecrets" -> "{\"JWT\":\"a\"}";
            case "registryCredentials", "registryLogin" -> "ops:password";
            default -> "Another-password-of-" + key;
        };
    }

    private static InvalidConfig refused(BadConfigurations.Case bad) {
        var refused = catchThrowableOfType(
                InvalidConfig.class, () -> StackConfigReader.read(STACK, bad.values(), bad.encrypted(), false));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }
}
