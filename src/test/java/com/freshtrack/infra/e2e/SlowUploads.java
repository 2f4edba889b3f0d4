package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * POSTs of readings over a bad line: the first half of each body is sent at once, the rest when the test says so. Where the
 * front door didn't keep bodies, each would hang on one API unit, and end with it.
 */
final class SlowUploads {
    private static final int MOST_SECONDS = 240;

    /** White space before the JSON, so much that no buffer on the way holds back the first half. */
    private static final int PADDING = 512 * 1024;

    private final Product product;
    private final String sensor = "slow-" + UUID.randomUUID();
    private final CountDownLatch rest = new CountDownLatch(1);
    private final List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();

    private SlowUploads(Product product) {
        this.product = product;
    }

    /** Starts so many uploads, and gives their first halves a second to arrive. */
    static SlowUploads start(Product product, int count) {
        var uploads = new SlowUploads(product);
        for (var i = 0; i < count; i++) {
            var text = " ".repeat(PADDING) + Product.reading(UUID.randomUUID(), uploads.sensor);
            uploads.answers.add(product.post(uploads.slowly(text), MOST_SECONDS));
        }
        Product.pause(Duration.ofSeconds(1));
        return uploads;
    }

    /** Sends the rest of every body; fails unless each is acknowledged and stored once. */
    void finish() {
        assertThat(answers).as("answers before the bodies were there").noneMatch(CompletableFuture::isDone);
        rest.countDown();
        assertThat(answers)
                .extracting(answer -> answer.get(60, TimeUnit.SECONDS))
                .extracting(answer -> answer.statusCode() + " " + answer.body())
                .allMatch(answer -> answer.startsWith("201 "));
        assertThat(product.sql("SELECT count(*) FROM readings WHERE sensor_id = '" + sensor + "'"))
                .isEqualTo(String.valueOf(answers.size()));
    }

    private BodyPublisher slowly(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var half = bytes.length / 2;
        return BodyPublishers.fromPublisher(
                BodyPublishers.concat(
                        BodyPublishers.ofByteArray(bytes, 0, half),
                        BodyPublishers.ofInputStream(() -> later(bytes, half))),
                bytes.length);
    }

    private InputStream later(byte[] bytes, int from) {
        try {
            if (!rest.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never let the uploads end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
    }
}
