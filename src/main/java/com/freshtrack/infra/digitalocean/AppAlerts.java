package com.freshtrack.infra.digitalocean;

import com.pulumi.digitalocean.inputs.AppSpecServiceAlertArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceAlertDestinationsArgs;
import java.util.List;

/** What App Platform watches of a service's instances, and mails. */
final class AppAlerts {
    private static final List<Rule> RULES =
            List.of(new Rule("CPU_UTILIZATION", 85), new Rule("MEM_UTILIZATION", 90), new Rule("RESTART_COUNT", 3));

    /** What is above a value for ten minutes. */
    private record Rule(String name, int value) {}

    private AppAlerts() {}

    static List<AppSpecServiceAlertArgs> ofService(String email) {
        return RULES.stream().map(rule -> above(rule, email)).toList();
    }

    /** All that alerts say, to tell one that was edited. */
    static String text(String email) {
        return email + " " + RULES;
    }

    private static AppSpecServiceAlertArgs above(Rule rule, String email) {
        return AppSpecServiceAlertArgs.builder()
                .rule(rule.name())
                .operator("GREATER_THAN")
                .value((double) rule.value())
                .window("TEN_MINUTES")
                .destinations(AppSpecServiceAlertDestinationsArgs.builder()
                        .emails(email)
                        .build())
                .build();
    }
}
