package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
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
 * POSTs of readings over a bad line, which end when the test says so. Where the front door didn't keep bodies, each would
 * hang on one API unit, and end with it.
 */
final class SlowUploads {
    private static final int MOST_SECONDS = 240;
    private static final int DROP_SECONDS = 2;

    /** White space before the JSON, so much that no buffer on the way holds it back. */
    private static final int PADDING = 32 * 1024;

    private final Product product;
    private final String sensor = "slow-" + UUID.randomUUID();
    private final CountDownLatch rest = new CountDownLatch(1);
    private final List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();

    private SlowUploads(Product product) {
        this.product = product;
    }

    /** Starts so many uploads, and gives their beginnings a second to arrive. */
    static SlowUploads start(Product product, int count) {
        var uploads = new SlowUploads(product);
        for (var i = 0; i < count; i++) {
            var text = Product.reading(UUID.randomUUID(), uploads.sensor);
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

    /** Its length isn't told, because nobody knows yet how many drops there will be. */
    private BodyPublisher slowly(String text) {
        return BodyPublishers.ofInputStream(() ->
                new SequenceInputStream(bytes(" ".repeat(PADDING)), new SequenceInputStream(new Drops(), bytes(text))));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** White space that comes drop by drop until the test lets the rest go: Caddy drops a client that is silent for a minute. */
    private final class Drops extends InputStream {
        private int left = MOST_SECONDS / DROP_SECONDS;

        @Override
        public int read() {
            try {
                return left-- > 0 && !rest.await(DROP_SECONDS, TimeUnit.SECONDS) ? ' ' : -1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            var drop = read();
            if (drop < 0) {
                return -1;
            }
            buffer[offset] = (byte) drop;
            return 1;
        }
    }
}
