package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.infra.engine.Docker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** No secret can be read anywhere but in the files under {@code /run/secrets} and the configuration that needs it. */
@Tag("monitoring")
@ExtendWith(SharedProduct.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretsTest {
    @Test
    void areReadableNowhere(Product product) throws IOException {
        var secrets = generated(product.stack().state());
        secrets.put("given as apiSecrets", Product.API_SECRET);
        secrets.put("given as backupS3SecretKey", Offsite.SECRET_KEY);
        secrets.put("given as alertWebhookUrl", Product.ALERT_TOKEN);
        assertThat(secrets).as("the stack's secrets").hasSize(11);
        assertThat(secrets.values()).allSatisfy(secret -> assertThat(secret).matches("[A-Za-z0-9]{20,}"));
        assertThat(product.appPassword())
                .as("what the API reads is what was generated")
                .isIn(secrets.values());
        var places = places(product);
        places.put(
                "the steps of a preview",
                product.stack().preview().mustSucceed().steps().toString());
        places.put("what the engine printed", product.stack().transcript());

        assertThat(places).hasSizeGreaterThan(20);
        secrets.forEach((name, secret) -> places.forEach((place, text) -> assertThat(occurrences(text, secret))
                .as("%s in %s", name, place)
                .isEmpty()));
    }

    @Test
    void reachTheProcessThatNeedsThem(Product product) {
        assertThat(Docker.run("exec", product.container("api-a"), "cat", "/run/secrets/TTN_WEBHOOK_KEY"))
                .isEqualTo(Product.API_SECRET);
        var variables = Docker.run("exec", product.container("api-a"), "sh", "-c", "tr '\\0' '\\n' </proc/1/environ");
        assertThat(variables)
                .contains("TTN_WEBHOOK_KEY=" + Product.API_SECRET)
                .contains("DATABASE_URL=postgresql://frostguard:" + product.appPassword()
                        + "@pgbouncer-a:6432/frostguard")
                .doesNotContain("DIRECT_DATABASE_URL");
    }

    /** What stands before each occurrence of a secret, as it is or in Base64. */
    private static List<String> occurrences(String text, String secret) {
        var encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        var found = new ArrayList<String>();
        for (var form : List.of(secret, encoded)) {
            for (var at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                found.add(text.substring(Math.max(0, at - 200), at) + "<here>");
            }
        }
        return found;
    }

    /** Everything that others may read, by where it stands. */
    private static Map<String, String> places(Product product) throws IOException {
        var places = new LinkedHashMap<String, String>();
        var containers = new ArrayList<>(Docker.containers(product.stack().prefix()));
        assertThat(containers).contains(product.container("migrate"));
        for (var container : containers) {
            places.put("docker inspect " + container, Docker.run("inspect", container));
            places.put("docker logs " + container, Docker.run("logs", container));
        }
        for (var service : Product.ALL) {
            places.put(
                    "the command lines of " + service, Docker.run("top", product.container(service), "-o", "pid,args"));
        }
        try (var files = Files.walk(product.stack().directory())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                places.put(file.toString(), Files.readString(file));
            }
        }
        assertThat(places.keySet()).as("the state file").anyMatch(place -> place.contains("/state/.pulumi/stacks/"));
        return places;
    }

    private static Map<String, String> generated(JsonNode state) {
        var secrets = new LinkedHashMap<String, String>();
        for (var resource : state.path("resources")) {
            if (resource.path("type").asText().equals("random:index/randomPassword:RandomPassword")) {
                var result = resource.path("outputs").path("result");
                secrets.put(resource.path("urn").asText(), plain(result));
            }
        }
        return secrets;
    }

    /** A secret in an exported state is an object that holds its value as JSON. */
    private static String plain(JsonNode value) {
        var text = value.isObject() ? value.path("plaintext").asText() : value.asText();
        return text.replace("\"", "");
    }
}
