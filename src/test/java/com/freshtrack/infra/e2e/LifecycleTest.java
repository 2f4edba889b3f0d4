package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The product is taken down and brought up again. */
@Tag("e2e")
@Order(Integer.MAX_VALUE)
@ExtendWith(SharedProduct.class)
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LifecycleTest {
    @Test
    void downKeepsTheDataAndOnlyAFullDestructionRemovesIt(Product product) throws Exception {
        var stack = product.stack();
        var id = UUID.randomUUID();
        assertThat(product.post(id, "before-down").statusCode()).isEqualTo(201);
        var volumes = Docker.volumes(stack.prefix());
        var password = product.appPassword();
        var authority = product.authority();
        assertThat(volumes).hasSize(7);

        stack.destroy(Checkout.downOptions()).mustSucceed();

        assertThat(Docker.containers(stack.prefix())).isEmpty();
        assertThat(Docker.networks(stack.prefix())).isEmpty();
        assertThat(Docker.volumes(stack.prefix())).isEqualTo(volumes);

        stack.up().mustSucceed();

        assertThat(product.appPassword()).isEqualTo(password);
        assertThat(product.authority())
                .as("the front door's authority, which browsers may trust by now")
                .isEqualTo(authority);
        assertThat(product.get("/readings/" + id).body()).contains("before-down");
        assertThat(stack.preview().mustSucceed().changes()).isEmpty();

        stack.destroy().mustSucceed();

        assertThat(Docker.containers(stack.prefix())).isEmpty();
        assertThat(Docker.networks(stack.prefix())).isEmpty();
        assertThat(Docker.volumes(stack.prefix()))
                .as("after make down VOLUMES=1")
                .isEmpty();
        product.close();
    }
}
