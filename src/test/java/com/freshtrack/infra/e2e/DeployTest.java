package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deploys under load: whatever changes, good or bad, no request is lost. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployTest {
    private static final int CLIENTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);

    @AfterEach
    void asItWas(Product product) {
        product.restore();
    }

    @Test
    void noRequestIsLostByANewImageAPoolAndACaddyfile(Product product) throws Exception {
        var stack = product.stack();
        var newImage = Checkout.images().get("testApiImageV2");
        var oldImage = stack.get("apiImage");
        try (var load = Load.start(product, CLIENTS, PAUSE)) {
            awaitTraffic(load);
            stack.set("apiImage", newImage);
            var image = stack.up().mustSucceed();
            stack.set("defaultPoolSize", "20");
            var pool = stack.up().mustSucceed();
            product.writeCaddyfile(product.caddyfile().replace("header {", "header {\n\t\tX-Edition second"));
            var caddyfile = stack.up().mustSucceed();
            awaitTraffic(load);
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).containsOnlyKeys("v1", "v2");
            assertThat(result.protocols()).containsOnlyKeys("h2");
            assertThat(image.changes()).as("what a new image touches").anyMatch(change -> change.endsWith(" freshtrack-api-a"));
            assertThat(pool.changes()).as("what a new pool size touches").contains("update freshtrack-pools");
            assertThat(caddyfile.changes())
                    .as("what a new Caddyfile touches")
                    .noneMatch(change -> change.endsWith(" freshtrack-caddy"));
        }

        assertThat(oldImage).isNotEqualTo(newImage);
        for (var unit : List.of("a", "b")) {
            assertThat(Docker.inspect("{{.Image}}", product.container("api-" + unit))).isEqualTo(newImage);
            assertThat(product.console(unit, "SHOW CONFIG")).contains("\ndefault_pool_size|20|");
        }
        assertThat(product.get("/version").body()).contains("\"version\":\"v2\"");
        assertThat(product.get("/version").headers().firstValue("x-edition")).hasValue("second");
    }

    /** The image is another one too, as a bad release's is, so that its migrations run. */
    @ParameterizedTest
    @CsvSource({
        "never-ready, freshtrack-%s-api-a is not ready after 20 s, /ready answers 503",
        "error-500, freshtrack-%s-api-a is not ready after 20 s, /ready answers 500",
        "migration-fails, the migrations of, migration failed: FAULT=migration-fails"
    })
    void aBadReleaseFailsTheDeployAndNoRequest(String fault, String what, String lastLine, Product product)
            throws Exception {
        var stack = product.stack();
        try (var load = Load.start(product, CLIENTS, PAUSE)) {
            awaitTraffic(load);
            stack.set("apiReadyTimeoutSeconds", "20");
            stack.set("apiImage", Checkout.images().get("testApiImageV2"));
            stack.set("apiEnv", "{\"FAULT\":\"" + fault + "\"}");
            var bad = stack.up().mustFail();
            awaitTraffic(load);
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).as("versions that answered").containsOnlyKeys("v1");
            assertThat(bad.output()).contains(what.formatted(stack.name()), lastLine);
        }
        assertThat(product.get("/version").body()).contains("\"version\":\"v1\"");

        stack.unset("apiEnv");
        stack.up().mustSucceed();

        assertThat(product.get("/version").body()).as("after the good release").contains("\"version\":\"v2\"");
    }

    /** Waits until every client has been answered a few times from now on. */
    private static void awaitTraffic(Load load) {
        var enough = load.acknowledgedSoFar() + 10 * CLIENTS;
        var end = Instant.now().plusSeconds(60);
        while (load.acknowledgedSoFar() < enough) {
            assertThat(Instant.now()).as("the load is answered").isBefore(end);
            Product.pause(Duration.ofMillis(100));
        }
    }
}
