package com.freshtrack.infra.services;

/** A service specification as text that a reviewer can read: one field a line, a file of this repository by its path. */
final class CatalogueText {
    private CatalogueText() {}

    static String of(ServiceSpec spec, ProductFiles product) {
        var text = new StringBuilder();
        line(text, "service", spec.name() + " (" + spec.lifecycle() + ")");
        line(text, "image", spec.image());
        line(text, "entrypoint", spec.process().entrypoint());
        line(text, "command", spec.process().command());
        line(text, "user", spec.process().user());
        spec.process().environment().forEach((name, value) -> line(text, "environment", name + "=" + value));
        line(text, "stop", spec.process().stopSignal() + " " + spec.process().stopGraceSeconds() + " s");
        spec.healthCheck().ifPresent(check -> line(text, "health", check));
        spec.ports().forEach(port -> line(text, "port", port));
        line(text, "networks", spec.networks());
        spec.mounts().forEach(mount -> line(text, "mount", mount));
        line(text, "resources", spec.resources());
        line(text, "isolation", spec.isolation());
        for (var file : spec.files()) {
            var source = product.texts().entrySet().stream()
                    .filter(known -> known.getValue().equals(file.template()))
                    .findFirst();
            if (source.isPresent()) {
                line(
                        text,
                        "file",
                        file.path() + " " + file.permissions() + " = "
                                + source.get().getKey());
                continue;
            }
            line(text, "file", file.path() + " " + file.permissions());
            file.template()
                    .lines()
                    .forEach(content -> text.append("    | ").append(content).append('\n'));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String field, Object value) {
        text.append("%-12s %s".formatted(field, value).stripTrailing()).append('\n');
    }
}
