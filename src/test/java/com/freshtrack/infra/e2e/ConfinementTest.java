package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Docker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be reached from where. */
@Tag("monitoring")
@ExtendWith(SharedProduct.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinementTest {
    private static final Map<String, List<Integer>> LISTENERS = Map.of(
            "api-a", List.of(3000),
            "api-b", List.of(3000),
            "caddy", List.of(80, 443, 2019, 9180),
            "grafana", List.of(3000),
            "prometheus", List.of(9090),
            "minio", List.of(9000, 9001),
            "pgbouncer-a", List.of(6432),
            "pgbouncer-b", List.of(6432),
            "postgres", List.of(5432),
            "redis", List.of(6379));

    @Test
    void onlyCaddyPublishesPorts(Product product) {
        for (var service : Product.ALL) {
            var published = Docker.inspect(
                    "{{range $port, $hosts := .NetworkSettings.Ports}}{{range $hosts}}{{.HostIp}}:{{.HostPort}}>{{$port}} {{end}}{{end}}",
                    product.container(service));
            var expected = service.equals("caddy")
                    ? List.of(
                            "127.0.0.1:" + product.stack().get("httpPort") + ">80/tcp",
                            "127.0.0.1:" + product.stack().get("httpsPort") + ">443/tcp",
                            "127.0.0.1:" + product.stack().get("httpsPort") + ">443/udp")
                    : List.<String>of();
            assertThat(List.of(published.isEmpty() ? new String[0] : published.split(" ")))
                    .as("ports of %s on the host", service)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(Docker.inspect("{{.HostConfig.NetworkMode}}", product.container(service)))
                    .isNotEqualTo("host");
        }
    }

    @Test
    void noOtherNetworkReachesAContainer(Product product) {
        var outside = product.stack().prefix() + "outside";
        Docker.run("network", "create", outside);
        try (var probe = new Probe(product, outside)) {
            LISTENERS.forEach((service, ports) -> product.addresses(service)
                    .forEach(address -> ports.forEach(port -> assertThat(probe.reaches(address, port))
                            .as("%s at %s:%d from another network", service, address, port)
                            .isFalse())));
        } finally {
            Docker.run("network", "rm", outside);
        }
    }

    @Test
    void theEdgeReachesOnlyWhatIsOnIt(Product product) {
        try (var probe = new Probe(product, product.stack().prefix() + "edge")) {
            for (var service : List.of("minio", "pgbouncer-a", "pgbouncer-b", "postgres", "redis")) {
                LISTENERS.get(service).forEach(port -> assertThat(probe.reaches(product.address(service), port))
                        .as("%s:%d from the edge network", service, port)
                        .isFalse());
            }
            for (var service : List.of("grafana", "prometheus")) {
                LISTENERS.get(service).forEach(port -> assertThat(
                                probe.reaches(product.addresses(service).get(0), port))
                        .as("%s:%d from the edge network", service, port)
                        .isFalse());
            }
            assertThat(probe.reaches("caddy", 443))
                    .as("caddy, by name, on its own network")
                    .isTrue();
            assertThat(probe.reaches("caddy", 2019)).as("Caddy's admin API").isFalse();
        }
    }

    @Test
    void theMonitoringNetworkHasNoWayOutAndDoesNotReachTheData(Product product) {
        assertThat(Docker.inspect("{{.Internal}}", product.stack().prefix() + "monitoring"))
                .isEqualTo("true");
        try (var probe = new Probe(product, product.stack().prefix() + "monitoring")) {
            assertThat(probe.reaches("prometheus", 9090))
                    .as("prometheus, by name, on its own network")
                    .isTrue();
            assertThat(probe.reaches("caddy", 2019)).as("Caddy's admin API").isFalse();
            assertThat(probe.reaches(product.address("postgres"), 5432))
                    .as("postgres from the monitoring network")
                    .isFalse();
            assertThat(probe.reaches(product.address("redis"), 6379))
                    .as("redis from the monitoring network")
                    .isFalse();
        }
    }

    @Test
    void theDataNetworkHasNoWayOut(Product product) {
        assertThat(Docker.inspect("{{.Internal}}", product.stack().prefix() + "data"))
                .isEqualTo("true");
        try (var probe = new Probe(product, product.stack().prefix() + "data")) {
            assertThat(probe.reaches("postgres", 5432))
                    .as("postgres, by name, on its own network")
                    .isTrue();
            var caddyOnTheEdge = Docker.inspect(
                    "{{(index .NetworkSettings.Networks \"" + product.stack().prefix() + "edge\").IPAddress}}",
                    product.container("caddy"));
            assertThat(probe.reaches(caddyOnTheEdge, 443))
                    .as("the edge network from the data network")
                    .isFalse();
        }
    }

    /** A container on one network that opens connections; the image is the product's Postgres, which has bash. */
    private static final class Probe implements AutoCloseable {
        private final String name;

        Probe(Product product, String network) {
            name = product.stack().prefix() + "probe-" + UUID.randomUUID();
            Docker.run(
                    "run",
                    "--detach",
                    "--name",
                    name,
                    "--network",
                    network,
                    "--entrypoint",
                    "sleep",
                    product.stack().get("postgresImage"),
                    "600");
        }

        boolean reaches(String host, int port) {
            var attempt =
                    Docker.attempt("exec", name, "timeout", "1", "bash", "-c", ": <>/dev/tcp/" + host + "/" + port);
            // 124 is timeout's own; anything but that and bash's words for a failed connection is a probe that doesn't
            // work.
            assertThat(attempt.succeeded()
                            || attempt.exitCode() == 124
                            || attempt.output().contains("bash: connect:"))
                    .as("the probe's answer: %s", attempt)
                    .isTrue();
            return attempt.succeeded();
        }

        @Override
        public void close() {
            Docker.run("rm", "--force", "--volumes", name);
        }
    }
}
