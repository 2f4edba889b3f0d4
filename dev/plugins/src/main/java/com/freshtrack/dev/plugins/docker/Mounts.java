package com.freshtrack.dev.plugins.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes volumes and mounts as the docker command reads them. */
final class Mounts {

    private Mounts() {}

    /** {@code SOURCE:TARGET:OPTIONS}; without a source an anonymous volume. */
    static String volume(Inputs volume) {
        String target = volume.text("containerPath").orElse("");
        String source =
                volume.text("volumeName").or(() -> volume.text("hostPath")).orElse("");
        List<String> options = new ArrayList<>();
        if (volume.flag("readOnly", false)) {
            options.add("ro");
        }
        volume.text("selinuxRelabel").ifPresent(options::add);
        String path = source.isEmpty() ? target : source + ":" + target;
        return options.isEmpty() ? path : path + ":" + String.join(",", options);
    }

    static String mount(Inputs mount) {
        List<String> fields = new ArrayList<>();
        fields.add("type=" + mount.text("type").orElse(""));
        mount.text("source").ifPresent(source -> fields.add("source=" + source));
        fields.add("target=" + mount.text("target").orElse(""));
        if (mount.flag("readOnly", false)) {
            fields.add("readonly");
        }
        mount.object("bindOptions")
                .flatMap(bind -> bind.text("propagation"))
                .ifPresent(propagation -> fields.add("bind-propagation=" + propagation));
        mount.object("volumeOptions").ifPresent(volume -> volumeFields(volume, fields));
        mount.object("tmpfsOptions").ifPresent(tmpfs -> {
            tmpfs.number("sizeBytes").ifPresent(bytes -> fields.add("tmpfs-size=" + bytes));
            // The provider takes the mode's number, the docker command its octal digits.
            tmpfs.number("mode").ifPresent(mode -> fields.add(String.format(Locale.ROOT, "tmpfs-mode=%o", mode)));
        });
        return csv(fields);
    }

    private static void volumeFields(Inputs volume, List<String> fields) {
        if (volume.flag("noCopy", false)) {
            fields.add("volume-nocopy");
        }
        volume.text("subpath").ifPresent(path -> fields.add("volume-subpath=" + path));
        volume.text("driverName").ifPresent(driver -> fields.add("volume-driver=" + driver));
        volume.map("driverOptions").forEach((key, value) -> fields.add("volume-opt=" + key + "=" + value));
        volume.objects("labels")
                .forEach(label ->
                        fields.add("volume-label=" + label.text("label").orElse("") + "="
                                + label.text("value").orElse("")));
    }

    /** One CSV line: a field with a comma or a quote in it is quoted. */
    static String csv(List<String> fields) {
        return String.join(
                ",",
                fields.stream()
                        .map(field -> field.contains(",") || field.contains("\"")
                                ? "\"" + field.replace("\"", "\"\"") + "\""
                                : field)
                        .toList());
    }
}
