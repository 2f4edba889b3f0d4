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

/** The two stack files of the repository, read as the engine would hand them over: {@code Pulumi.yaml}'s defaults under them. */
@Tag("unit")
class StackFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void derivesTheProductsOwnPools(String stack) throws IOException {
        var pools = StackConfigReader.read(stack, values(stack), Set.of(), true).pools();

        assertThat(pools.mode().text()).isEqualTo("transaction");
        assertThat(pools.defaultPoolSize()).isEqualTo(25);
        assertThat(pools.minPoolSize()).isEqualTo(10);
        assertThat(pools.reservePoolSize()).isEqualTo(5);
        assertThat(pools.maxClientConn()).isEqualTo(1000);
        assertThat(pools.maxConnections()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void isCompleteButForTheApiImage(String stack) throws IOException {
        assertThatThrownBy(() -> StackConfigReader.read(stack, values(stack), Set.of(), false))
                .isInstanceOfSatisfying(InvalidConfig.class, problem -> assertThat(problem.problems())
                        .extracting(ConfigProblem::key)
                        .containsExactly("apiImage"));

        var complete = values(stack);
        complete.put("freshtrack:apiImage", Configurations.API_IMAGE);
        assertThat(StackConfigReader.read(stack, complete, Set.of(), false)
                        .images()
                        .api())
                .contains(Configurations.API_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({"dev,4096,3072", "prod,8192,5248"})
    void fitsASmallHost(String stack, int hostMemoryMiB, int peakMemoryMiB) throws IOException {
        var resources =
                StackConfigReader.read(stack, values(stack), Set.of(), true).resources();

        assertThat(resources.hostMemoryMiB()).isEqualTo(hostMemoryMiB);
        assertThat(resources.hostCpus()).isEqualTo(2);
        assertThat(resources.peakMemoryMiB()).as(resources.peakMemoryTerms()).isEqualTo(peakMemoryMiB);
    }

    @Test
    void devStaysOnItsHostAndProdDoesNot() throws IOException {
        var dev = StackConfigReader.read("dev", values("dev"), Set.of(), true);
        var prod = StackConfigReader.read("prod", values("prod"), Set.of(), true);

        assertThat(dev.environment()).isEqualTo(Environment.DEV);
        assertThat(dev.site().domain()).isEqualTo("localhost");
        assertThat(dev.site().publishAddress()).isEqualTo("127.0.0.1");
        assertThat(dev.images().postgres()).isEqualTo("postgres:15-alpine");
        assertThat(prod.environment()).isEqualTo(Environment.PROD);
        assertThat(prod.site().publishAddress()).isEqualTo("0.0.0.0");
        assertThat(prod.site().dnsReady()).isFalse();
        assertThat(prod.images().postgres()).isEqualTo("postgres:15");
    }

    private static Map<String, String> values(String stack) throws IOException {
        var values = new LinkedHashMap<String, String>();
        yaml("Pulumi.yaml")
                .fields()
                .forEachRemaining(key -> values.put(
                        "freshtrack:" + key.getKey(),
                        key.getValue().get("default").textValue()));
        yaml("Pulumi." + stack + ".yaml")
                .fields()
                .forEachRemaining(key -> values.put(key.getKey(), key.getValue().textValue()));
        return values;
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(Path.of(file))).get("config");
    }
}
