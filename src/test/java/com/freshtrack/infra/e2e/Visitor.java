package com.freshtrack.infra.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Somebody who uses a stack on the server itself, where the front door's own authority is at hand. */
final class Visitor {
    private final VirtualMachine machine;
    private final String site;
    private final Supplier<String> stack;

    Visitor(VirtualMachine machine, String domain, Supplier<String> stack) {
        this.machine = machine;
        this.site = "https://" + domain;
        this.stack = stack;
    }

    /** Asks for a stored reading. */
    String reading(UUID id) {
        return get("/readings/" + id);
    }

    String get(String path) {
        return curl(site + path);
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
                site + "/readings");
    }

    private String curl(String... arguments) {
        var command =
                "docker exec freshtrack-%s-caddy cat /data/caddy/pki/authorities/local/root.crt >/tmp/root.crt; exec curl -sS --max-time 20 --cacert /tmp/root.crt --connect-to ::127.0.0.1:443 \"$@\""
                        .formatted(stack.get());
        var all = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        all.addAll(List.of(arguments));
        return machine.run(all.toArray(String[]::new));
    }
}
