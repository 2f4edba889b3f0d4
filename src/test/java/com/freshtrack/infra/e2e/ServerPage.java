package com.freshtrack.infra.e2e;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.CheckoutCopy;
import com.freshtrack.infra.engine.Operator;
import java.time.Duration;
import java.util.Map;

/**
 * {@code docs/self-hosted.md} with a server of the tests'. What differs from an operator's day: the values of "What is yours",
 * the images, and {@code dev} instead of {@code prod}, which refuses stand-in images.
 */
final class ServerPage {
    static final String DOMAIN = "freshtrack.example.com";

    private static final Duration LIMIT = Duration.ofMinutes(6);

    private ServerPage() {}

    /** Somebody who follows it. */
    static Operator operator(VirtualMachine machine, Offsite storage, CheckoutCopy checkout) {
        var operator = new Operator("docs/self-hosted.md", script -> checkout.run(LIMIT, script));
        Map.of(
                        "API_IMAGE",
                        Checkout.images().get("apiImage"),
                        "SERVER",
                        "root@" + machine.address(),
                        "NEW_SERVER",
                        "root@" + machine.address(),
                        "STACK",
                        checkout.stack(),
                        "NEW_STACK",
                        checkout.stack() + "-new",
                        "DOMAIN",
                        DOMAIN,
                        "EMAIL",
                        "ops@example.com",
                        "BACKUP_ENDPOINT",
                        storage.url(),
                        "BACKUP_BUCKET",
                        Offsite.BUCKET,
                        "BACKUP_KEY",
                        "backup-key.asc")
                .forEach(operator::set);
        return operator;
    }
}
