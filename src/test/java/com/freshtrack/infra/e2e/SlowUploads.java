package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * POSTs of readings over a bad line, each over HTTP/1.1 on a connection of its own, which end when the test says so. Where
 * the front door didn't keep bodies, each would hang on one API unit, and end with it.
 */
final class SlowUploads implements AutoCloseable {
    private static final int MOST_SECONDS = 240;
    private static final int DROP_SECONDS = 2;

    /** White space before the JSON, so much that no buffer on the way holds it back. */
    private static final int PADDING = 32 * 1024;

    private final Product product;
    private final String sensor = "slow-" + UUID.randomUUID();
    private final CountDownLatch rest = new CountDownLatch(1);
    private final List<CompletableFuture<String>> answers = new ArrayList<>();

    private SlowUploads(Product product) {
        this.product = product;
    }

    /** Starts so many uploads, and gives their beginnings a second to arrive. */
    static SlowUploads start(Product product, int count) {
        var uploads = new SlowUploads(product);
        var client = product.trust()
                .client(product.url().getHost())
                .protocols(List.of(Protocol.HTTP_1_1))
                .readTimeout(Duration.ofSeconds(40))
                .build();
        for (var i = 0; i < count; i++) {
            uploads.answers.add(CompletableFuture.supplyAsync(() -> uploads.send(client), work -> {
                var thread = new Thread(work, "slow upload");
                thread.setDaemon(true);
                thread.start();
            }));
        }
        Product.pause(Duration.ofSeconds(1));
        return uploads;
    }

    /** Sends the rest of every body; fails unless each is acknowledged and stored once. */
    void finish() {
        assertThat(answers)
                .as("answers before the bodies were there")
                .filteredOn(CompletableFuture::isDone)
                .extracting(CompletableFuture::join)
                .isEmpty();
        rest.countDown();
        assertThat(answers)
                .extracting(answer -> answer.get(60, TimeUnit.SECONDS))
                .allMatch(answer -> answer.startsWith("201 "));
        assertThat(product.sql("SELECT count(*) FROM readings WHERE sensor_id = '" + sensor + "'"))
                .isEqualTo(String.valueOf(answers.size()));
    }

    /** Ends them, whatever comes of it. */
    @Override
    public void close() {
        rest.countDown();
    }

    private String send(OkHttpClient client) {
        var request = new Request.Builder()
                .url(product.url().resolve("/readings").toString())
                .post(new Drops(Product.reading(UUID.randomUUID(), sensor)))
                .build();
        try (var answer = client.newCall(request).execute()) {
            return answer.code() + " " + answer.body().string();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /**
     * White space that comes drop by drop until the test lets the text follow: Caddy drops a client that is silent for a
     * minute. Its length isn't told, because nobody knows yet how many drops there will be.
     */
    private final class Drops extends RequestBody {
        private final String text;

        Drops(String text) {
            this.text = text;
        }

        @Override
        public MediaType contentType() {
            return MediaType.get("application/json");
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8(" ".repeat(PADDING));
            try {
                for (var drop = 0; drop < MOST_SECONDS / DROP_SECONDS; drop++) {
                    sink.flush();
                    if (rest.await(DROP_SECONDS, TimeUnit.SECONDS)) {
                        break;
                    }
                    sink.writeUtf8(" ");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            sink.writeUtf8(text);
        }
    }
}
