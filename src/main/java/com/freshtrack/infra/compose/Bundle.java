package com.freshtrack.infra.compose;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.DatabaseRoles;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.Fingerprint;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a VM needs to run FreshTrack with Compose: text only, and no secret's value.
 *
 * @param home the stack's folder on the VM
 * @param files every file without secrets, by a name that stays the same when its text changes
 * @param secretFiles the files with secrets, which come by standard input and not with the others
 */
public record Bundle(String home, SortedMap<String, File> files, List<SecretFile> secretFiles) {
    private static final String MANIFEST = "MANIFEST";
    private static final List<String> SCRIPTS =
            List.of("host/deploy", "host/lib.sh", "host/release.sh", "host/rollback", "host/secrets.sh");
    private static final String STEPS = "host/steps/";

    public Bundle {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        secretFiles = List.copyOf(secretFiles);
    }

    /**
     * A file on the VM.
     *
     * @param path where it goes, below {@link Bundle#home()}
     */
    public record File(String path, String text, boolean executable) {
        /**
         * A container's file, in a folder that is named by its text: what runs keeps the file that it was started with, and
         * Compose sees by the path that another one is wanted.
         */
        static File of(String service, FileSpec file) {
            var name = file.path().substring(file.path().lastIndexOf('/') + 1);
            return new File(
                    "files/" + service + "/" + Fingerprint.of(file.template()) + "/" + name,
                    file.template(),
                    file.executable());
        }

        /** The octal permissions that it gets: processes of containers aren't root. */
        public String permissions() {
            return executable ? "0555" : "0444";
        }
    }

    /** The bundle of a stack. */
    public static Bundle of(StackConfig config, FreshTrackServices services, ProductFiles product) {
        var files = new TreeMap<String, File>();
        var secretFiles = new ArrayList<SecretFile>();
        for (var spec : services.all()) {
            var service = new ComposeService(config.prefix(), spec);
            spec.files().stream()
                    .filter(file -> file.secrets().isEmpty())
                    .forEach(file -> files.put(spec.name() + file.path(), File.of(spec.name(), file)));
            secretFiles.addAll(service.secretFiles());
        }
        if (services.postgres().isPresent()) {
            secretFiles.add(new SecretFile(SecretFile.DEPLOY, DatabaseRoles.sql(config)));
        }
        SCRIPTS.forEach(script -> files.put(script, hostScript(script, product.text(script))));
        product.under(STEPS).forEach((step, text) -> files.put(STEPS + step, hostScript(STEPS + step, text)));
        files.put("Caddyfile", incoming("Caddyfile", services.caddyfile()));
        files.put("compose.yaml", incoming("compose.yaml", ComposeFile.render(config.prefix(), services.all())));
        files.put("deploy.conf", incoming("deploy.conf", DeployConf.render(config, services)));
        files.put(MANIFEST, incoming(MANIFEST, manifest(files)));
        return new Bundle("/opt/freshtrack/" + config.stack(), files, secretFiles);
    }

    /** The SHA-256 of the list of all files: host/deploy refuses to go on with any other. */
    public String fingerprint() {
        return Fingerprint.sha256(files.get(MANIFEST).text());
    }

    /** What {@code sha256sum --check} reads. */
    private static String manifest(SortedMap<String, File> files) {
        return files.values().stream()
                .map(file -> Fingerprint.sha256(file.text()) + "  " + file.path() + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static File incoming(String name, String text) {
        return new File("incoming/" + name, text, false);
    }

    private static File hostScript(String path, String text) {
        return new File(path, text, text.startsWith("#!"));
    }
}
