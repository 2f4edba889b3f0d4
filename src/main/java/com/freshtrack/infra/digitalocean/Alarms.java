package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.Droplet;
import com.pulumi.digitalocean.MonitorAlert;
import com.pulumi.digitalocean.MonitorAlertArgs;
import com.pulumi.digitalocean.UptimeAlert;
import com.pulumi.digitalocean.UptimeAlertArgs;
import com.pulumi.digitalocean.UptimeCheck;
import com.pulumi.digitalocean.UptimeCheckArgs;
import com.pulumi.digitalocean.inputs.MonitorAlertAlertsArgs;
import com.pulumi.digitalocean.inputs.UptimeAlertNotificationArgs;
import java.util.List;

/**
 * What DigitalOcean itself watches from outside, and mails: a Droplet or a database that is too busy or full, and a front door that
 * doesn't answer. It sees the Droplet's own disk, and not the block volume. There are none where nobody is to be told.
 */
final class Alarms {
    private static final int CERTIFICATE_DAYS = 7;

    private final Parent parent;
    private final StackConfig config;
    private final String email;

    private Alarms(Parent parent, StackConfig config, String email) {
        this.parent = parent;
        this.config = config;
        this.email = email;
    }

    static void make(Parent parent, StackConfig config, Droplet droplet) {
        config.digitalOcean().orElseThrow().alarmEmail().ifPresent(email -> {
            var alarms = new Alarms(parent, config, email);
            alarms.above("cpu", "v1/insights/droplet/cpu", "processors are busy", 85, droplet.id());
            alarms.above(
                    "memory", "v1/insights/droplet/memory_utilization_percent", "memory is full", 90, droplet.id());
            alarms.above("disk", "v1/insights/droplet/disk_utilization_percent", "own disk is full", 80, droplet.id());
            alarms.frontDoor();
        });
    }

    /** The same for an app, whose instances App Platform watches itself. */
    static void make(Parent parent, StackConfig config, ManagedPostgres database) {
        config.appPlatform().orElseThrow().alarmEmail().ifPresent(email -> {
            var alarms = new Alarms(parent, config, email);
            alarms.database(database);
            alarms.frontDoor();
        });
    }

    private void database(ManagedPostgres database) {
        above("database-cpu", "v1/dbaas/alerts/cpu_alerts", "database's processors are busy", 85, database.clusterId());
        above(
                "database-memory",
                "v1/dbaas/alerts/memory_utilization_alerts",
                "database's memory is full",
                90,
                database.clusterId());
        above(
                "database-disk",
                "v1/dbaas/alerts/disk_utilization_alerts",
                "database's disk is full",
                80,
                database.clusterId());
    }

    private void above(String name, String metric, String description, double percent, Output<String> watched) {
        new MonitorAlert(
                parent.child(name),
                MonitorAlertArgs.builder()
                        .description(config.prefix() + ": its " + description)
                        .type(metric)
                        .compare("GreaterThan")
                        .value(percent)
                        .window("10m")
                        .entities(watched.applyValue(List::of))
                        .alerts(MonitorAlertAlertsArgs.builder().emails(email).build())
                        .build(),
                parent.options());
    }

    private void frontDoor() {
        if (!config.site().dnsReady()) {
            return;
        }
        var check = new UptimeCheck(
                parent.child("uptime"),
                UptimeCheckArgs.builder()
                        .name(config.prefix())
                        .type("https")
                        .target(config.site().url() + config.api().readyPath())
                        .regions("eu_west", "us_east")
                        .build(),
                parent.options());
        new UptimeAlert(
                parent.child("down"),
                to(check, "down").type("down_global").period("2m").build(),
                parent.options());
        new UptimeAlert(
                parent.child("certificate"),
                to(check, "certificate")
                        .type("ssl_expiry")
                        .comparison("less_than")
                        .threshold(CERTIFICATE_DAYS)
                        .period("1h")
                        .build(),
                parent.options());
    }

    private UptimeAlertArgs.Builder to(UptimeCheck check, String name) {
        return UptimeAlertArgs.builder()
                .name(config.prefix() + "-" + name)
                .checkId(check.id())
                .notifications(
                        UptimeAlertNotificationArgs.builder().emails(email).build());
    }
}
