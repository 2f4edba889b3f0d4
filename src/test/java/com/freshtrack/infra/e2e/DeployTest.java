package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Outcome;
import com.freshtrack.infra.engine.TestStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Deploys under load: whatever changes, good or bad, no request is lost. They leave another release, pool and Caddyfile
 * behind, so they come after all that count on the first.
 */
@Tag("e2e")
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(SharedProduct.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployTest {
    private static final int CLIENTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    @Test
    void noRequestIsLostByANewImageAPoolAndACaddyfile(Product product) throws Exception {
        var stack = product.stack();
        var release = Release.after(product);
        try (var load = Load.start(product, CLIENTS, PAUSE)) {
            awaitTraffic(load);
            var image = newImageUnderSlowUploads(product, release.newImage());
            stack.set("defaultPoolSize", "20");
            var pool = stack.up().mustSucceed();
            product.writeCaddyfile(product.caddyfile().replace("header {", "header {\n\t\tX-Edition second"));
            var caddyfile = stack.up().mustSucceed();
            awaitTraffic(load);
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions())
                    .as("versions that answered")
                    .containsOnlyKeys(release.oldVersion(), release.newVersion());
            assertThat(result.protocols()).containsOnlyKeys("h2");
            assertThat(image.changes())
                    .as("what a new image touches")
                    .anyMatch(change -> change.endsWith(" freshtrack-api-a"));
            assertThat(pool.changes()).as("what a new pool size touches").contains("update freshtrack-pools");
            assertThat(caddyfile.changes())
                    .as("what a new Caddyfile touches")
                    .noneMatch(change -> change.endsWith(" freshtrack-caddy"));
        }

        for (var unit : List.of("a", "b")) {
            assertThat(Docker.inspect("{{.Image}}", product.container("api-" + unit)))
                    .isEqualTo(release.newImage());
            assertThat(product.console(unit, "SHOW CONFIG")).contains("\ndefault_pool_size|20|");
        }
        assertThat(product.get("/version").body()).contains(release.newVersion());
        assertThat(product.get("/version").headers().firstValue("x-edition")).hasValue("second");
    }

    private static Outcome newImageUnderSlowUploads(Product product, String image) {
        try (var uploads = SlowUploads.start(product, 4)) {
            product.stack().set("apiImage", image);
            var outcome = product.stack().up().mustSucceed();
            uploads.finish();
            return outcome;
        }
    }

    /** The image is another one too, as a bad release's is, so that its migrations run; a good one ends the row of bad ones. */
    @Test
    void badReleasesFailTheDeployAndNoRequestAndTheNextGoodOneSucceeds(Product product) throws Exception {
        var stack = product.stack();
        var release = Release.after(product);
        var ready = "freshtrack-" + stack.name() + "-api-a is not ready after 30 s";
        try (var load = Load.start(product, CLIENTS, PAUSE)) {
            stack.set("apiReadyTimeoutSeconds", "30");
            stack.set("apiImage", release.newImage());

            assertThat(failed(stack, load, "migration-fails"))
                    .contains("the migrations of", "migration failed: FAULT=migration-fails");
            assertThat(failed(stack, load, "error-500")).contains(ready, "/ready answers 500");
            assertThat(failed(stack, load, "never-ready")).contains(ready, "/ready answers 503");
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(result.versions()).as("versions that answered").containsOnlyKeys(release.oldVersion());
        }
        assertThat(product.get("/version").body()).contains(release.oldVersion());

        stack.unset("apiEnv");
        stack.restore("apiReadyTimeoutSeconds");
        stack.up().mustSucceed();

        assertThat(product.get("/version").body()).as("after the good release").contains(release.newVersion());
    }

    /** What `up` says of a release with this fault: the reason, and the container's last lines. */
    private static String failed(TestStack stack, Load load, String fault) {
        awaitTraffic(load);
        stack.set("apiEnv", "{\"FAULT\":\"" + fault + "\"}");
        var output = stack.up().mustFail().output();
        awaitTraffic(load);
        return output;
    }

    /**
     * The question to a unit's ready path that is in flight is broken off then. Without object storage it takes half a second of each,
     * so that about half of the reloads come upon one.
     */
    @Test
    void noRequestIsLostByReloadsInTheMiddleOfHealthChecks(Product product) {
        var start = Instant.now().toString();
        Docker.run("pause", product.container("minio"));
        try (var load = Load.start(product, 40, Duration.ofMillis(5))) {
            for (var reload = 0; reload < 12; reload++) {
                awaitTraffic(load);
                product.reloadFrontDoor();
            }
            awaitTraffic(load);
            var result = load.stop();

            product.assertStored(result);
            assertThat(result.failures()).as("failed requests").isEmpty();
            assertThat(Docker.run("logs", "--since", start, product.container("caddy")))
                    .as("what came of the questions")
                    .contains("/ready\\\": stopping apps");
        } finally {
            Docker.run("unpause", product.container("minio"));
        }
    }

    /** From the version that runs to the other one of the two that there are. */
    private record Release(String oldVersion, String newVersion, String newImage) {
        static Release after(Product product) {
            var one = Checkout.images().get("apiImage");
            var two = Checkout.images().get("testApiImageV2");
            return product.stack().get("apiImage").equals(one)
                    ? new Release("v1", "v2", two)
                    : new Release("v2", "v1", one);
        }
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
