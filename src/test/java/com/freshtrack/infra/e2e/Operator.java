package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.CheckoutCopy;
import com.freshtrack.infra.engine.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Somebody who follows {@code docs/self-hosted.md} in a shell that remembers what was exported. What differs from an operator's
 * day: the values of "What is yours", the images, and {@code dev} instead of {@code prod}, which refuses stand-in images.
 */
final class Operator {
    static final String DOMAIN = "freshtrack.example.com";

    private static final Duration LIMIT = Duration.ofMinutes(6);

    private final VirtualMachine machine;
    private final CheckoutCopy checkout;
    private final Map<String, String> sections;
    private final Map<String, String> exported;

    Operator(VirtualMachine machine, Offsite storage, CheckoutCopy checkout) {
        this.machine = machine;
        this.checkout = checkout;
        this.sections = ServerPage.commands();
        this.exported = new TreeMap<>(Map.of(
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
                "backup-key.asc"));
        set("API_IMAGE", Checkout.images().get("apiImage"));
        sections.remove("What is yours");
    }

    void set(String name, String value) {
        exported.put(name, value);
    }

    String stack() {
        return exported.get("STACK");
    }

    /** The headings of sections with commands that nobody followed. */
    List<String> unread() {
        return List.copyOf(sections.keySet());
    }

    /** Runs the next section's commands and gives what they print; fails when one does, or when another section is next. */
    String follow(String heading) {
        assertThat(unread()).as("the page's next sections").startsWith(heading);
        return mustSucceed(run(sections.remove(heading)));
    }

    /** As {@link #follow(String)}, with words of the page's replaced by these. */
    String follow(String heading, Map<String, String> replacements) {
        sections.computeIfPresent(heading, (name, commands) -> {
            var text = commands;
            for (var replacement : replacements.entrySet()) {
                assertThat(text).contains(replacement.getKey());
                text = text.replace(replacement.getKey(), replacement.getValue());
            }
            return text;
        });
        return follow(heading);
    }

    /** Types commands that the page doesn't have and gives what they print; fails when one does. */
    String type(String commands) {
        return mustSucceed(run(commands));
    }

    /** Types commands, whatever comes of them. */
    Shell.Result run(String commands) {
        var script = new StringBuilder("set -euo pipefail\n");
        exported.forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
        // Its own standard input, so that no command reads the commands after it.
        script.append("main() {\n").append(commands).append("\n}\nmain </dev/null\n");
        return checkout.run(LIMIT, script.toString());
    }

    /** Asks for a stored reading on the server itself, where the front door's own authority is at hand. */
    String reading(UUID id) {
        return get("/readings/" + id);
    }

    String get(String path) {
        return curl("https://" + DOMAIN + path);
    }

    /** Stores a reading and gives the status of the answer. */
    String post(UUID id) {
        return curl(
                "--output",
                "/dev/null",
                "--write-out",
                "%{http_code}",
                "--header",
                "content-type: application/json",
                "--data",
                Product.reading(id, "page"),
                "https://" + DOMAIN + "/readings");
    }

    private String curl(String... arguments) {
        var command =
                "docker exec freshtrack-%s-caddy cat /data/caddy/pki/authorities/local/root.crt >/tmp/root.crt; exec curl -sS --max-time 20 --cacert /tmp/root.crt --connect-to ::127.0.0.1:443 \"$@\""
                        .formatted(stack());
        var all = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        all.addAll(List.of(arguments));
        return machine.run(all.toArray(String[]::new));
    }

    private static String mustSucceed(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }
}
