package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.prod;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class StackConfigReaderTest {

    @Test
    void readsTypedRecords() {
        var config = read(with(
                prod(),
                "dockerHost",
                "ssh://deploy@10.0.0.5:2222",
                "apiEnv",
                "{\"LOG_LEVEL\":\"info\",\"JWT_PUBLIC_KEY\":\"p\",\"WORKERS\":4,\"AUDIT\":true}",
                "apiSecrets",
                "{\"JWT_KEY\":\"line 1\\nline 2\"}",
                "postgresPassword",
                "abcdefgh12345678",
                "observability",
                "false"));

        assertThat(config.target()).isEqualTo(Target.SELF_HOSTED);
        assertThat(config.environment()).isEqualTo(Environment.PROD);
        assertThat(config.dockerHost()).contains("ssh://deploy@10.0.0.5:2222");
        assertThat(config.site().tlsEmail()).contains("ops@acme.io");
        assertThat(config.site().httpsPort()).isEqualTo(443);
        assertThat(config.api().command()).containsExactly("node", "src/server.js");
        assertThat(config.api().healthCommand()).containsExactly("node", "src/healthcheck.js");
        assertThat(config.api().env())
                .isEqualTo(Map.of("LOG_LEVEL", "info", "JWT_PUBLIC_KEY", "p", "WORKERS", "4", "AUDIT", "true"));
        assertThat(config.api().secrets().get("JWT_KEY").value()).isEqualTo("line 1\nline 2");
        assertThat(config.database()).contains(new DatabaseConfig(100, 384, "postgres"));
        assertThat(config.resources().pgbouncer()).isEqualTo(new Resources(0.5, 64));
        assertThat(config.secrets().postgres()).contains(new SecretText("abcdefgh12345678"));
        assertThat(config.secrets().redis()).isEmpty();
        assertThat(config.warnings()).singleElement().asString().contains("backups stay on the Docker host");
        assertThat(config.toString()).doesNotContain("line 1", "abcdefgh12345678");
    }

    @Test
    void takesKeysWithoutTheirNamespaceAndLeavesOtherNamespacesAlone() {
        var config = read(Map.of(
                "environment",
                "dev",
                "apiImage",
                Configurations.API_IMAGE,
                "aws:region",
                "eu-west-1",
                "pulumi:tags",
                "{}"));

        assertThat(config.environment()).isEqualTo(Environment.DEV);
    }

    @Test
    void refusesEverythingInOneMessage() {
        var values = with(
                dev(),
                "target",
                "moon",
                "domain",
                "a b",
                "httpPort",
                "x",
                "postgresImage",
                "Postgres",
                "apiEnv",
                "{\"PORT\":\"1\",\"A_TOKEN\":\"b\"}",
                "defaultPoolSize",
                "many",
                "postgresMemoryMiB",
                "big",
                "hostCpus",
                "0.5",
                "redisPassword",
                "PlainHunter2",
                "hostMemory",
                "4096");

        var refused = refused("Bad_Stack", values, Set.of());

        assertThat(refused.problems())
                .extracting(ConfigProblem::key)
                .containsExactly(
                        "target",
                        "domain",
                        "httpPort",
                        "apiEnv",
                        "apiEnv",
                        "postgresImage",
                        "defaultPoolSize",
                        "apiCpus",
                        "postgresMemoryMiB",
                        "postgresCpus",
                        "minioCpus",
                        "caddyCpus",
                        "redisPassword",
                        "(stack name)",
                        "hostMemory");
        assertThat(refused)
                .message()
                .startsWith("The configuration of stack \"Bad_Stack\" has 15 problems; nothing was created or changed.")
                .contains(" 15. freshtrack:hostMemory\n", "did you mean freshtrack:hostMemoryMiB?")
                .doesNotContain("PlainHunter2");
    }

    @ParameterizedTest
    @CsvSource({"domian,domain", "API_IMAGE,apiImage", "postgresPasword,postgresPassword", "apiPoolmax,apiPoolMax"})
    void suggestsTheNearestKeyWithoutShowingTheValue(String unknown, String known) {
        var problem = refused("t1", with(dev(), unknown, "hunter2"), Set.of());

        assertThat(problem.problems()).hasSize(1);
        assertThat(problem)
                .message()
                .contains(
                        "freshtrack:" + unknown,
                        "did you mean freshtrack:" + known + "?",
                        "pulumi config rm freshtrack:" + unknown)
                .doesNotContain("hunter2");
    }

    @Test
    void listsTheKeysWhereNoneIsNear() {
        assertThat(refused("t1", with(dev(), "kubernetesContext", "x"), Set.of()))
                .message()
                .contains("target, environment, dockerHost")
                .doesNotContain("did you mean");
    }

    @Test
    void shellQuotesWhatItSuggests() {
        assertThat(refused("t1", with(dev(), "it's $HOME", "x"), Set.of()))
                .message()
                .contains("pulumi config rm 'freshtrack:it'\\''s $HOME' --stack t1");
    }

    @Test
    void warnsOfAMissingApiImageInAPreviewOnly() {
        var config = StackConfigReader.read("t1", with(dev(), "apiImage", ""), Set.of(), true);

        assertThat(config.images().api()).isEmpty();
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .contains("apiImage is not set", "`pulumi up` will refuse");
        assertThat(refused("t1", with(dev(), "apiImage", ""), Set.of()).problems())
                .extracting(ConfigProblem::key)
                .containsExactly("apiImage");
    }

    @Test
    void takesTheIdOfALocalImage() {
        var id = "sha256:" + "0".repeat(64);

        assertThat(read(with(dev(), "apiImage", id)).images().apiOrPlaceholder())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pgbouncerImage | bitnami/pgbouncer:1.24.1-debian-12-r5 | can't be pulled ; CVE-2026-6664",
                "pgbouncerImage | docker.io/bitnami/pgbouncer:1.25.2 | can't be pulled",
                "pgbouncerImage | bitnamilegacy/pgbouncer:1.24.1 | nobody mends it ; CVE-2026-6664",
                "pgbouncerImage | registry.acme.io/mirror/bitnami/pgbouncer:1.25.2 | nobody mends it",
                "pgbouncerImage | edoburu/pgbouncer:v1.24.1-p1 | CVE-2026-6664",
                "redisImage | redis:latest | tag latest",
                "redisImage | redis | no tag, which means latest",
                "caddyImage | freshtrack-standin/caddy:2.11.9-0123abcd | STAND-IN",
            })
    void warnsOfImages(String key, String image, String fragments) {
        assertThat(read(with(dev(), key, image)).warnings())
                .hasSize(fragments.split(" ; ").length)
                .allSatisfy(warning -> assertThat(warning).contains("freshtrack:" + key, image))
                .satisfies(warnings -> assertThat(String.join("\n", warnings)).contains(fragments.split(" ; ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres:15",
                "postgres:15.8-bookworm",
                "freshtrack-standin/postgres:15-0123abcd",
                "localhost:5000/pg/postgres:15",
                "registry.acme.io/a/b_c/d__e.f-g:T_1.2-3",
                "postgres:15@sha256:" + "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void takesImageReferences(String image) {
        assertThat(read(with(dev(), "postgresImage", image)).images().postgres())
                .isEqualTo(image);
    }

    @Test
    void warnsOfAPublicDomainThatCannotBeReached() {
        var warnings = read(with(
                        prod(),
                        "domain",
                        "freshtrack.example.com",
                        "publishAddress",
                        "127.0.0.1",
                        "httpsPort",
                        "8443",
                        "acmeStaging",
                        "true",
                        "observability",
                        "false"))
                .warnings();

        assertThat(warnings).hasSize(5);
        assertThat(String.join("\n", warnings))
                .contains("nobody can own", "80 and 8443", "only this host", "staging CA", "lost with it");
    }

    @Test
    void countsEveryContainerThatRunsAtThePeakOfADeploy() {
        var memory = IntStream.of(1, 10, 100, 1000, 10_000, 100_000, 1_000_000)
                .mapToObj(mib -> new Resources(1, mib))
                .toList();
        var resources = new ResourcesConfig(
                memory.get(0),
                memory.get(1),
                memory.get(2),
                memory.get(3),
                Optional.of(memory.get(4)),
                memory.get(5),
                Optional.of(memory.get(6)),
                Optional.empty(),
                2,
                4096);

        assertThat(resources.peakMemoryMiB()).isEqualTo(3 + 2 * 10 + 100 + 1000 + 10_000 + 2 * 100_000 + 1_000_000);
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, encrypted("apiSecrets", "postgresPassword"), false);
    }

    private static InvalidConfig refused(String stack, Map<String, String> values, Set<String> encrypted) {
        var refused = catchThrowableOfType(
                InvalidConfig.class, () -> StackConfigReader.read(stack, values, encrypted, false));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }
}
