package com.freshtrack.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack files of the repository, read as the engine would hand them over: {@code Pulumi.yaml}'s defaults under them. */
@Tag("unit")
class StackFilesTest {
    private static final String DEV = "Pulumi.dev.yaml";
    private static final String PROD = "Pulumi.prod.yaml";
    private static final String APP_PLATFORM = "examples/Pulumi.do-app-platform.yaml";
    private static final String FARGATE = "examples/Pulumi.aws-fargate.yaml";
    private static final String SELF_HOSTED = "examples/Pulumi.self-hosted.yaml";

    @ParameterizedTest
    @CsvSource({DEV + ",100", PROD + ",383", SELF_HOSTED + ",100"})
    void derivesTheProductsOwnPools(String file, int maxConnections) throws IOException {
        var pools = preview(file).pools();

        assertThat(pools.mode().text()).isEqualTo("transaction");
        assertThat(pools.defaultPoolSize()).isEqualTo(25);
        assertThat(pools.minPoolSize()).isEqualTo(10);
        assertThat(pools.reservePoolSize()).isEqualTo(5);
        assertThat(pools.maxClientConn()).isEqualTo(1000);
        assertThat(pools.maxConnections()).isEqualTo(maxConnections);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PROD, FARGATE, SELF_HOSTED})
    void isCompleteButForTheApiImage(String file) throws IOException {
        assertThatThrownBy(() -> StackConfigReader.read("sample", values(file), Set.of(), false))
                .isInstanceOfSatisfying(InvalidConfig.class, problem -> assertThat(problem.problems())
                        .extracting(ConfigProblem::key)
                        .containsExactly("apiImage"));

        var complete = values(file);
        complete.put("freshtrack:apiImage", Configurations.API_IMAGE);
        assertThat(StackConfigReader.read("sample", complete, Set.of(), false)
                        .images()
                        .api())
                .contains(Configurations.API_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/Pulumi.aws-ec2.yaml", "examples/Pulumi.do-droplet.yaml"})
    void ofAMachineIsCompleteButForImageAndKeys(String file) throws IOException {
        assertThatThrownBy(() -> StackConfigReader.read("sample", values(file), Set.of(), false))
                .isInstanceOfSatisfying(InvalidConfig.class, problem -> assertThat(problem.problems())
                        .extracting(ConfigProblem::key)
                        .containsExactlyInAnyOrder("apiImage", "deployKey", "hostKey"));
        assertThat(preview(file).observability()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({DEV + ",4096,3072", SELF_HOSTED + ",8192,5632"})
    void fitsASmallHost(String file, int hostMemoryMiB, int peakMemoryMiB) throws IOException {
        var resources = preview(file).resources();

        assertThat(resources.hostMemoryMiB()).isEqualTo(hostMemoryMiB);
        assertThat(resources.hostCpus()).isEqualTo(2);
        assertThat(resources.peakMemoryMiB()).as(resources.peakMemoryTerms()).isEqualTo(peakMemoryMiB);
    }

    @Test
    void devStaysOnItsHost() throws IOException {
        var dev = preview(DEV);

        assertThat(dev.target()).isEqualTo(Target.SELF_HOSTED);
        assertThat(dev.environment()).isEqualTo(Environment.DEV);
        assertThat(dev.site().domain()).isEqualTo("localhost");
        assertThat(dev.site().publishAddress()).isEqualTo("127.0.0.1");
        assertThat(dev.images().postgres()).isEqualTo("postgres:15-alpine");
    }

    @Test
    void theExampleOfADockerHostIsReachedFromOutside() throws IOException {
        var selfHosted = preview(SELF_HOSTED);

        assertThat(selfHosted.target()).isEqualTo(Target.SELF_HOSTED);
        assertThat(selfHosted.environment()).isEqualTo(Environment.PROD);
        assertThat(selfHosted.site().publishAddress()).isEqualTo("0.0.0.0");
        assertThat(selfHosted.site().dnsReady()).isFalse();
        assertThat(selfHosted.images().postgres()).isEqualTo("postgres:15");
    }

    @Test
    void prodRunsOnFargateAsItsExampleDoes() throws IOException {
        var prod = preview(PROD);

        assertThat(prod.target()).isEqualTo(Target.AWS_FARGATE);
        assertThat(prod.environment()).isEqualTo(Environment.PROD);
        assertThat(prod.aws().orElseThrow().database().multiAz()).isTrue();
        assertThat(values(PROD)).isEqualTo(values(FARGATE));
    }

    @Test
    void theExampleOfAppPlatformLacksWhatNobodyElseKnows() throws IOException {
        assertThat(preview(APP_PLATFORM).managedPostgres().orElseThrow().nodeCount())
                .isEqualTo(2);
        assertThatThrownBy(() -> StackConfigReader.read("sample", values(APP_PLATFORM), Set.of(), false))
                .isInstanceOfSatisfying(InvalidConfig.class, problem -> assertThat(problem.problems())
                        .extracting(ConfigProblem::key)
                        .containsExactly("apiImage", "s3AccessKey", "s3SecretKey"));
    }

    private static StackConfig preview(String file) throws IOException {
        return StackConfigReader.read("sample", values(file), Set.of(), true);
    }

    private static Map<String, String> values(String file) throws IOException {
        var values = new LinkedHashMap<String, String>();
        yaml("Pulumi.yaml")
                .fields()
                .forEachRemaining(key -> values.put(
                        "freshtrack:" + key.getKey(),
                        key.getValue().get("default").textValue()));
        yaml(file)
                .fields()
                .forEachRemaining(key -> values.put(key.getKey(), key.getValue().textValue()));
        return values;
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(Path.of(file))).get("config");
    }
}
