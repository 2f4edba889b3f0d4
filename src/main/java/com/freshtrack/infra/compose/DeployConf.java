package com.freshtrack.infra.compose;

import com.freshtrack.infra.config.DatabaseConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.Fingerprint;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the deploy's scripts must know of a stack beside {@code compose.yaml}, as Bash reads it: the order above all. */
final class DeployConf {
    private DeployConf() {}

    static String render(StackConfig config, FreshTrackServices services) {
        var site = config.site();
        var caddy = services.frontDoor();
        var settings = new TreeMap<String, String>();
        settings.put("ADDRESS", quoted(loopback(site.publishAddress()) + ":" + site.httpsPort()));
        settings.put("API_IMAGE", quoted(config.images().apiOrPlaceholder()));
        settings.put("AUTHORITY", quoted(site.certifiedBy()));
        settings.put("BESIDE", words(names(beside(services))));
        settings.put("BUCKET", quoted(config.storage().bucket()));
        settings.put("CADDY_ENVIRONMENT", quoted(lines(caddy.process().environment())));
        settings.put("CADDY_IMAGE", quoted(caddy.image()));
        settings.put("CADDY_MEMORY_MIB", quoted(String.valueOf(caddy.resources().memoryMiB())));
        settings.put("CADDY_VOLUME", quoted(caddy.volumeNames().get(0)));
        settings.put("DATA", words(names(data(services))));
        settings.put("DATABASE", quoted(FreshTrackServices.DATABASE));
        settings.put(
                "DATABASE_VOLUME",
                quoted(config.database().map(DatabaseConfig::volume).orElse("")));
        settings.put("FRONT_DOOR", quoted(caddy.name()));
        settings.put("MAX_CONNECTIONS", quoted(String.valueOf(config.pools().maxConnections())));
        settings.put("MIGRATION", quoted(migration(services.migrations())));
        settings.put("MIGRATIONS", quoted(services.migrations().name()));
        settings.put("OBJECT_STORAGE", name(services.objectStorage()));
        settings.put("POSTGRES", name(services.postgres()));
        settings.put("PROJECT", quoted(config.prefix()));
        settings.put("READY_SECONDS", quoted(String.valueOf(config.api().readyTimeoutSeconds())));
        settings.put("ROLES", name(services.roles()));
        settings.put("SECRET_READERS", words(secretReaders(services)));
        settings.put("UNITS", words(units(services)));
        settings.put("URL", quoted(site.url() + config.api().readyPath()));
        settings.put("VERDICT_SECONDS", quoted(String.valueOf(site.answersWithinSeconds())));
        return "# Rendered by freshtrack-infra; host/release.sh reads it.\n"
                + settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    private static List<ServiceSpec> data(FreshTrackServices services) {
        return Stream.of(services.postgres(), Optional.of(services.redis()), services.objectStorage())
                .flatMap(Optional::stream)
                .toList();
    }

    /** What serves no request: no release waits for it. */
    private static List<ServiceSpec> beside(FreshTrackServices services) {
        return Stream.concat(services.backup().stream(), services.monitoring().stream())
                .toList();
    }

    /** A unit as {@code POOLER:API}, or {@code :API} where it has no pooler. */
    private static List<String> units(FreshTrackServices services) {
        return services.units().stream()
                .map(unit -> unit.pooler().map(ServiceSpec::name).orElse("") + ":"
                        + unit.api().name())
                .toList();
    }

    /** {@code SERVICE|USER|IMAGE}; no user is the image's. */
    private static List<String> secretReaders(FreshTrackServices services) {
        var readers = new ArrayList<String>();
        for (var spec : services.all()) {
            if (spec.files().stream().anyMatch(file -> !file.secrets().isEmpty())) {
                readers.add(spec.name() + "|" + spec.process().user() + "|" + spec.image());
            }
        }
        return readers;
    }

    /** Migrations run once for each image and command; host/release.sh adds the database: its volume, or its host. */
    private static String migration(ServiceSpec spec) {
        return Fingerprint.of(
                spec.image() + "\n" + String.join("\n", spec.process().command()));
    }

    private static String name(Optional<ServiceSpec> spec) {
        return quoted(spec.map(ServiceSpec::name).orElse(""));
    }

    private static String loopback(String address) {
        return address.equals("0.0.0.0") ? "127.0.0.1" : address;
    }

    private static List<String> names(List<ServiceSpec> specs) {
        return specs.stream().map(ServiceSpec::name).toList();
    }

    private static String lines(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String words(List<String> words) {
        return words.stream().map(DeployConf::quoted).collect(Collectors.joining(" ", "(", ")"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
