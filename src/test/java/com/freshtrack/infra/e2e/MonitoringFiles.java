package com.freshtrack.infra.e2e;

import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The files of what watches the product, for programs that run outside of it. */
final class MonitoringFiles {
    /** Every way that alerts can take. */
    static final Map<String, String> DELIVERY = Map.of(
            "alertEmailTo", "ops@acme.io",
            "alertEmailFrom", "alerts@acme.io",
            "alertSmtpHost", "smtp.acme.io:587",
            "alertSmtpUser", "alerts",
            "alertSmtpPassword", "NotASecret0001",
            "alertWebhookUrl", "https://hooks.acme.io/NotASecret0002");

    private MonitoringFiles() {}

    /** Writes the files of one service flat into a directory, rule files where Prometheus looks for them; secrets are left out. */
    static ServiceSpec write(Path directory, String service, Map<String, String> keys) throws IOException {
        var values = new HashMap<>(Map.of("environment", "dev", "observability", "true", "hostMemoryMiB", "8192"));
        values.putAll(keys);
        var config = StackConfigReader.read("t", values, Set.of("alertWebhookUrl", "alertSmtpPassword"), true);
        var spec = FreshTrackServices.of(config, ProductFiles.read(Checkout.file(""))).monitoring().stream()
                .filter(each -> each.name().equals(service))
                .findFirst()
                .orElseThrow();
        for (var file : spec.files()) {
            Files.writeString(
                    directory.resolve(Path.of(file.path()).getFileName()),
                    file.template().replace("/etc/prometheus/rules/*.yml", "/rendered/[ap]l*.yml"));
        }
        return spec;
    }

    /** The image under a key of the configuration: the one at hand, or else the default. */
    static String image(String key) {
        var images = StackConfigReader.read("t", Map.of("environment", "dev"), Set.of(), true)
                .images()
                .monitoring();
        return Checkout.images()
                .getOrDefault(
                        key,
                        switch (key) {
                            case "alertmanagerImage" -> images.alertmanager();
                            case "blackboxExporterImage" -> images.blackboxExporter();
                            default -> images.prometheus();
                        });
    }
}
