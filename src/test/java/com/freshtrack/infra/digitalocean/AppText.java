package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.services.AppPlatformServices;
import com.freshtrack.infra.services.ServiceSpec;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.App;
import com.pulumi.digitalocean.AppArgs;
import java.util.HashMap;
import java.util.Map;

/** A specification as it gets to App Platform, where it is the API's. */
public final class AppText {
    private AppText() {}

    public static String of(ServiceSpec spec) {
        return Recorded.of(() -> app(spec), resource -> resource.inputs())
                .one("digitalocean:index/app:App", "sample")
                .inputs()
                .toString();
    }

    private static void app(ServiceSpec spec) {
        var config = AppStacks.prod("apiSecrets", "");
        var usual = AppComponents.of(AppPlatformServices.of(config, "pool"));
        var components =
                new AppComponents(new AppComponent(spec, Map.of()), usual.redis(), usual.migrate(), usual.roles());
        Map<String, Output<String>> secrets = new HashMap<>();
        for (var name : new String[] {"redis_password", "s3_access_key", "s3_secret_key"}) {
            secrets.put(name, Output.of("secret"));
        }
        var somewhere = Output.of("somewhere");
        new App(
                "sample",
                AppArgs.builder()
                        .spec(new AppSpec(config, components, secrets)
                                .render(new AppSpec.Ground(somewhere, somewhere, somewhere, somewhere), "fingerprint"))
                        .build());
    }
}
