package com.freshtrack.infra.vm;

import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.compose.SecretFile;
import com.freshtrack.infra.config.StackConfig;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bundle on a VM: waits for the machine, brings files and secrets that changed, and makes them run there with {@code host/deploy}. The verdict is last,
 * and withheld while {@code freshtrack:dnsReady} is false, because nobody finds the front door yet.
 */
public final class ComposeHost extends ComponentResource {
    public static final String TYPE = "freshtrack:vm:ComposeHost";

    private final Output<String> url;
    private final Output<String> apiImage;

    /**
     * What it is made from.
     *
     * @param config the stack's configuration, checked
     * @param address how the VM is reached
     * @param bundle what the VM gets
     * @param secrets the values of the secrets that the bundle names
     * @param onMachine what else is done there before the product is touched: given what says that the machine is ready, it gives
     *     what says that all is done
     */
    public record Args(
            StackConfig config,
            VmAddress address,
            Bundle bundle,
            Map<String, Output<String>> secrets,
            UnaryOperator<Resource> onMachine) {}

    public ComposeHost(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var config = args.config();
        var bundle = args.bundle();
        var commands = new VmCommands(this, name, args.address());

        var prepared = args.onMachine().apply(commands.prepared(bundle, commands.answering()));
        var copies = bundle.files().keySet().stream().map(file -> commands.copy(file, bundle, prepared));
        var secretLines = secretLines(bundle, args.secrets());
        var secrets = commands.secrets(secretLines, bundle, prepared);
        var deploy = commands.deploy(
                secretLines, bundle, Stream.concat(copies, Stream.of(secrets)).toList());
        var last = deploy.stdout();
        if (config.site().dnsReady()) {
            last = commands.verdict(config, deploy);
        }

        this.url = last.applyValue(ignored -> config.site().url());
        this.apiImage = last.applyValue(ignored -> config.images().apiOrPlaceholder());
        registerOutputs(Map.of("apiImage", apiImage, "url", url));
    }

    /** Where the product answers; known once the verdict has passed, or the deploy where there is none. */
    public Output<String> url() {
        return url;
    }

    /** The API image that runs; known when the URL is. */
    public Output<String> apiImage() {
        return apiImage;
    }

    /** What host/deploy reads: a line for each file with its reader, its name, and its text in base64. */
    private static Output<String> secretLines(Bundle bundle, Map<String, Output<String>> secrets) {
        var names = bundle.secretFiles().stream()
                .flatMap(secret -> secret.file().secrets().stream())
                .distinct()
                .sorted()
                .toList();
        return Output.all(names.stream().map(secrets::get).toList()).applyValue(values -> {
            var byName = new LinkedHashMap<String, String>();
            for (var i = 0; i < names.size(); i++) {
                byName.put(names.get(i), values.get(i));
            }
            return bundle.secretFiles().stream()
                    .map(secret -> line(secret, byName))
                    .sorted()
                    .collect(Collectors.joining());
        });
    }

    private static String line(SecretFile secret, Map<String, String> values) {
        var text = secret.file().render(values).getBytes(StandardCharsets.UTF_8);
        return secret.reader() + " " + secret.name() + " " + Base64.getEncoder().encodeToString(text) + "\n";
    }
}
