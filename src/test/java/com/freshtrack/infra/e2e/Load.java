package com.freshtrack.infra.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import okio.BufferedSink;

/**
 * Concurrent clients that POST readings over HTTPS and HTTP/2, each on a connection of its own and one after another; nothing
 * that reached a server is ever sent again. Bounded in count and time, whoever forgets to stop it.
 *
 * <p>Not with the JDK's own client: it drops what is in flight when a server says that it is going away
 * (https://bugs.openjdk.org/browse/JDK-8335181), which a reload of Caddy does.
 */
final class Load implements AutoCloseable {
    private static final Duration AT_MOST = Duration.ofMinutes(6);
    private static final int MOST_READINGS = 60_000;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(40);

    private final URI readings;
    private final FrontDoorTrust trust;
    private final Duration pause;
    private final String sensor = "load-" + UUID.randomUUID();
    private final Instant end = Instant.now().plus(AT_MOST);
    private final ExecutorService clients;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong slowestMillis = new AtomicLong();
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<String, Integer> protocols = new ConcurrentHashMap<>();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean stopping;

    private Load(URI readings, FrontDoorTrust trust, int clients, Duration pause) {
        this.readings = readings;
        this.trust = trust;
        this.pause = pause;
        this.clients = Executors.newFixedThreadPool(clients, work -> {
            var thread = new Thread(work, "load");
            thread.setDaemon(true);
            return thread;
        });
        for (var client = 0; client < clients; client++) {
            this.clients.execute(this::client);
        }
    }

    /** Starts clients that each pause between an answer and the next request. */
    static Load start(Product product, int clients, Duration pause) {
        return new Load(product.url().resolve("/readings"), product.trust(), clients, pause);
    }

    /** The sensor that the readings of this load name. */
    String sensor() {
        return sensor;
    }

    int acknowledgedSoFar() {
        return acknowledged.size();
    }

    /** Lets every client finish what it has sent. */
    Result stop() {
        close();
        return new Result(
                sensor,
                sent.get(),
                refused.get(),
                Set.copyOf(acknowledged),
                List.copyOf(failures),
                Duration.ofMillis(slowestMillis.get()),
                new TreeMap<>(versions),
                new TreeMap<>(protocols));
    }

    @Override
    public void close() {
        stopping = true;
        clients.shutdown();
        try {
            if (!clients.awaitTermination(ANSWER_LIMIT.toSeconds() + 5, TimeUnit.SECONDS)) {
                throw new AssertionError("clients of the load did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What a load saw.
     *
     * @param refused requests that the server told to come again over a new connection, without having looked at them
     * @param acknowledged the ids that were answered with 2xx
     * @param failures everything else, one line each
     * @param versions acknowledged requests by the version of the API that answered
     */
    record Result(
            String sensor,
            int sent,
            int refused,
            Set<UUID> acknowledged,
            List<String> failures,
            Duration slowest,
            Map<String, Integer> versions,
            Map<String, Integer> protocols) {}

    private void client() {
        var client = trust.client(readings.getHost())
                .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
                .callTimeout(ANSWER_LIMIT)
                .readTimeout(ANSWER_LIMIT)
                .build();
        while (!stopping && Instant.now().isBefore(end) && sent.get() < MOST_READINGS) {
            post(client, UUID.randomUUID());
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
        client.connectionPool().evictAll();
    }

    private void post(OkHttpClient client, UUID id) {
        var request = new Request.Builder()
                .url(readings.toString())
                .post(new SentOnce(Product.reading(id, sensor)))
                .build();
        sent.incrementAndGet();
        var start = System.nanoTime();
        try (var answer = send(client, request)) {
            var body = answer.body().string();
            slowestMillis.accumulateAndGet(
                    Duration.ofNanos(System.nanoTime() - start).toMillis(), Math::max);
            var version = answer.header("x-freshtrack-version", "none");
            protocols.merge(answer.protocol().toString(), 1, Integer::sum);
            if (answer.isSuccessful()) {
                acknowledged.add(id);
                versions.merge(version, 1, Integer::sum);
            } else {
                fail("answered %d (version %s) %s".formatted(answer.code(), version, body));
            }
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    /**
     * Sends a request, and again over a new connection when the server had not taken it: HTTP/2 guarantees that a refused
     * stream was not processed (https://www.rfc-editor.org/rfc/rfc9113#section-8.7), and every browser and gateway does so.
     */
    private Response send(OkHttpClient client, Request request) throws IOException {
        try {
            return client.newCall(request).execute();
        } catch (StreamResetException e) {
            if (e.errorCode != ErrorCode.REFUSED_STREAM) {
                throw e;
            }
            refused.incrementAndGet();
            return client.newCall(request).execute();
        }
    }

    private void fail(String reason) {
        failures.add(Instant.now() + " " + reason);
    }

    /** A body that the client may not send a second time on its own account. */
    private static final class SentOnce extends RequestBody {
        private static final MediaType JSON = MediaType.get("application/json");

        private final byte[] text;

        SentOnce(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return text.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(text);
        }
    }
}
