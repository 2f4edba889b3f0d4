package com.freshtrack.infra.digitalocean;

import com.pulumi.digitalocean.inputs.AppSpecServiceAlertArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceAlertDestinationsArgs;
import java.util.List;

/** What App Platform watches of a service's instances, and mails. */
final class AppAlerts {
    private AppAlerts() {}

    static List<AppSpecServiceAlertArgs> ofService(String email) {
        return List.of(
                above("CPU_UTILIZATION", 85, email),
                above("MEM_UTILIZATION", 90, email),
                above("RESTART_COUNT", 3, email));
    }

    private static AppSpecServiceAlertArgs above(String rule, double value, String email) {
        return AppSpecServiceAlertArgs.builder()
                .rule(rule)
                .operator("GREATER_THAN")
                .value(value)
                .window("TEN_MINUTES")
                .destinations(AppSpecServiceAlertDestinationsArgs.builder()
                        .emails(email)
                        .build())
                .build();
    }
}
