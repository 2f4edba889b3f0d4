package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The product that a fresh {@code up} made: it answers, stores, and runs as it was asked to. */
@Tag("e2e")
@ExtendWith(SharedProduct.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProductTest {
    @Test
    void storesAReadingThatCameThroughCaddyAndPgBouncer(Product product) throws Exception {
        var sensor = "fridge-" + UUID.randomUUID();
        var id = UUID.randomUUID();

        var written = product.post(id, sensor);
        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        assertThat(product.get("/readings/" + id).body()).contains(id.toString(), sensor);
        assertThat(product.sql("SELECT id, sensor_id FROM readings WHERE id = '" + id + "'"))
                .isEqualTo(id + "|" + sensor);

        var unit = written.headers().firstValue("x-freshtrack-unit").orElseThrow();
        assertThat(product.console(unit, "SHOW POOLS"))
                .as("pools of the pooler beside api-" + unit)
                .containsPattern("(?m)^frostguard\\|frostguard\\|");
        var poolers = "'" + product.address("pgbouncer-a") + "', '" + product.address("pgbouncer-b") + "'";
        assertThat(product.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'frostguard' AND client_addr IN ("
                        + poolers + ")"))
                .as("connections of the application that come from a pooler")
                .isNotEqualTo("0");
        assertThat(product.sql(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'frostguard' AND client_addr NOT IN ("
                                + poolers + ")"))
                .as("connections of the application that come from elsewhere")
                .isEqualTo("0");
    }

    @Test
    void redirectsToHttpsAndAnswersWithSecurityHeaders(Product product) throws Exception {
        var answer = product.get("/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"database\":\"ok\"", "\"redis\":\"ok\"", "\"storage\":\"ok\"");
        assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("server")).isEmpty();
        assertThat(answer.headers().firstValue("alt-svc").orElse(""))
                .as("HTTP/3 is offered")
                .contains("h3=");
        var plain = product.getUnencrypted("/ready?x=1");
        assertThat(plain.statusCode()).isEqualTo(308);
        assertThat(plain.headers().firstValue("location"))
                .hasValue(product.url().resolve("/ready?x=1").toString());
    }

    @Test
    void saysInItsOutputsWhatRuns(Product product) {
        var stack = product.stack();

        assertThat(stack.output("url").asText()).isEqualTo(product.url().toString());
        assertThat(stack.output("apiImage").asText())
                .isEqualTo(Checkout.images().get("apiImage"));
        assertThat(stack.output("poolPlan").toString()).contains("25");
        for (var unit : new String[] {"api-a", "api-b"}) {
            assertThat(Docker.inspect("{{.Image}}", product.container(unit))).isEqualTo(stack.get("apiImage"));
        }
    }

    @Test
    void isNotTouchedByASecondUp(Product product) {
        var before = product.identities();

        assertThat(product.stack().preview().mustSucceed().changes())
                .as("a preview of the same")
                .isEmpty();
        assertThat(product.stack().up().mustSucceed().changes())
                .as("a second up")
                .isEmpty();
        assertThat(product.identities()).isEqualTo(before);
    }

    @Test
    void showsAChangedPoolInThePreview(Product product) {
        var stack = product.stack();
        stack.set("defaultPoolSize", "20");
        try {
            var preview = stack.preview().mustSucceed();

            assertThat(preview.output())
                    .containsPattern("defaultPoolSize\\s*: 25 => 20")
                    .containsPattern("headroom\\s*: 25 => 35");
            assertThat(preview.changes()).contains("update freshtrack-pools");
        } finally {
            stack.unset("defaultPoolSize");
        }
    }

    @Test
    void boundsAndConfinesEveryContainer(Product product) {
        for (var service : Product.SERVICES) {
            var limits = Docker.inspect(
                    "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.LogConfig.Config}}",
                    product.container(service));
            var words = limits.split(" ");
            assertThat(Long.parseLong(words[0])).as("memory of %s", service).isPositive();
            assertThat(words[1]).as("memory and swap of %s: no swap", service).isEqualTo(words[0]);
            assertThat(Long.parseLong(words[2])).as("processors of %s", service).isPositive();
            assertThat(limits).as(service).contains("unless-stopped", "max-size:10m", "max-file:3");
            assertThat(Docker.inspect(
                            "{{.HostConfig.SecurityOpt}} {{.HostConfig.CapDrop}} {{.HostConfig.Privileged}}",
                            product.container(service)))
                    .as(service)
                    .contains("no-new-privileges", "ALL", "false");
        }
        assertThat(
                        product.sql(
                                "SELECT rolsuper, rolcreatedb, rolcreaterole, rolconnlimit FROM pg_roles WHERE rolname = 'frostguard'"))
                .as("the application's role")
                .isEqualTo("f|f|f|85");
        assertThat(product.sql("SHOW max_connections")).isEqualTo("100");
        assertThat(product.sql("SELECT tableowner FROM pg_tables WHERE tablename = 'readings'"))
                .isEqualTo("frostguard_migrator");
    }
}
