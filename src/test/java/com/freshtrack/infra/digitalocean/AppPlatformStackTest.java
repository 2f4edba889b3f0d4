package com.freshtrack.infra.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.Recorded.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppPlatformStackTest {
    private static final String APP = "digitalocean:index/app:App";

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = recorded();
    }

    @Test
    void everythingDescendsFromTheComponent() {
        assertThat(stack.urns()).hasSizeGreaterThan(15);
        assertThat(stack.urns().stream()
                        .map(urn -> urn.split("::")[2])
                        .filter(type -> !type.equals("pulumi:pulumi:Stack")))
                .allMatch(type -> type.startsWith("pulumi:pulumi:Stack$" + AppPlatformStack.TYPE));
    }

    @Test
    void theApiIsTheImageThatWasAskedForBehindTheFrontDoor() {
        var api = component(stack, "services", "api");

        assertThat(map(api.get("image")))
                .containsEntry("registryType", "GHCR")
                .containsEntry("registry", "acme")
                .containsEntry("repository", "freshtrack-api")
                .containsEntry("digest", AppStacks.DIGEST)
                .doesNotContainKey("tag");
        assertThat(api)
                .containsEntry("httpPort", 3000.0)
                .containsEntry("instanceCount", 2.0)
                .containsEntry("instanceSizeSlug", "apps-s-1vcpu-1gb")
                .containsEntry("termination", Map.of("gracePeriodSeconds", 20.0))
                .doesNotContainKey("autoscaling");
        assertThat(map(api.get("healthCheck")))
                .as("as many failures as fit the time that it may take to get ready")
                .containsEntry("failureThreshold", 24.0)
                .containsEntry("periodSeconds", 5.0)
                .containsEntry("httpPath", "/ready")
                .containsEntry("port", 3000.0);
        assertThat(spec(stack))
                .containsEntry("name", "freshtrack-prod")
                .containsEntry("region", "fra")
                .containsEntry("vpcs", List.of(Map.of("id", "freshtrack-vpc-id")))
                .containsEntry(
                        "domainNames",
                        List.of(Map.of("name", "freshtrack.acme.io", "type", "PRIMARY", "zone", "acme.io")));
    }

    @Test
    void theApiScalesWhereThatWasAskedFor() {
        var api = component(
                recorded("apiInstanceSize", "apps-d-1vcpu-2gb", "apiMaxInstanceCount", "6"), "services", "api");

        assertThat(map(api.get("autoscaling")))
                .containsEntry("minInstanceCount", 2.0)
                .containsEntry("maxInstanceCount", 6.0);
        assertThat(api).doesNotContainKey("instanceCount");
    }

    @Test
    void redisIsReachedFromWithinAlone() {
        assertThat(component(stack, "services", "redis"))
                .containsEntry("internalPorts", List.of(6379.0))
                .containsEntry("instanceCount", 1.0)
                .doesNotContainKey("httpPort");
    }

    @Test
    void eachDeploymentWaitsForRolesAndMigrations() {
        assertThat(components(stack, "jobs"))
                .extracting(job -> job.get("name"), job -> job.get("kind"))
                .containsExactly(tuple("migrate", "PRE_DEPLOY"), tuple("roles", "PRE_DEPLOY"));
        assertThat(map(component(stack, "jobs", "migrate").get("image"))).containsEntry("digest", AppStacks.DIGEST);
        assertThat(text(component(stack, "jobs", "migrate"), "runCommand")).contains("src/migrate.js");
        assertThat(text(component(stack, "jobs", "roles"), "runCommand"))
                .contains("'psql'", "ALTER DATABASE frostguard OWNER TO frostguard_migrator")
                .contains("ALTER ROLE frostguard CONNECTION LIMIT 35");
    }

    /** The platform says the passwords, which DigitalOcean made; hosts come from the cluster, in the private network. */
    @Test
    void theDatabaseIsReachedByItsPoolAndPastIt() {
        assertThat(list(spec(stack).get("databases")))
                .extracting(database -> database.get("name"), database -> database.get("dbUser"))
                .containsExactly(
                        tuple("db", "frostguard"), tuple("migrator", "frostguard_migrator"), tuple("admin", "doadmin"));
        assertThat(list(spec(stack).get("envs")))
                .extracting(variable -> variable.get("key"), variable -> variable.get("value"))
                .contains(
                        tuple("FRESHTRACK_DATABASE_HOST", "private-freshtrack-database-cluster.db.ondigitalocean.com"),
                        tuple("FRESHTRACK_POOL_HOST", "private-freshtrack-database-pool.db.ondigitalocean.com"));
        assertThat(text(component(stack, "services", "api"), "runCommand"))
                .contains("@$FRESHTRACK_POOL_HOST:25061/frostguard-17?sslmode=verify-full");
        assertThat(text(component(stack, "jobs", "migrate"), "runCommand"))
                .contains("@$FRESHTRACK_DATABASE_HOST:25060/frostguard?sslmode=verify-full");
        assertThat(variable(component(stack, "services", "api"), "app_database_password"))
                .containsEntry("value", "${db.PASSWORD}");
        assertThat(variable(component(stack, "jobs", "roles"), "database_admin_password"))
                .containsEntry("value", "${admin.PASSWORD}");
    }

    @Test
    void noSecretStandsInAPlainVariableOrACommand() {
        var components = Stream.concat(components(stack, "services").stream(), components(stack, "jobs").stream());
        assertThat(components.toList()).allSatisfy(component -> {
            assertThat(text(component, "runCommand")).doesNotContain(AppStacks.SENTINEL);
            assertThat(list(component.get("envs")))
                    .filteredOn(
                            variable -> String.valueOf(variable.get("value")).contains(AppStacks.SENTINEL))
                    .allSatisfy(variable -> assertThat(variable).containsEntry("type", "SECRET"));
        });
        assertThat(String.valueOf(spec(stack).get("envs"))).doesNotContain(AppStacks.SENTINEL);
        assertThat(variable(component(stack, "services", "api"), "TTN_WEBHOOK_KEY"))
                .containsEntry("value", "hunter2-webhook")
                .containsEntry("type", "SECRET");
    }

    @Test
    void onlyTheApisRegistryGetsItsCredentials() {
        assertThat(map(component(stack, "services", "api").get("image")))
                .containsEntry("registryCredentials", "acme:hunter2-token");
        assertThat(map(component(stack, "jobs", "migrate").get("image"))).containsKey("registryCredentials");
        assertThat(map(component(stack, "services", "redis").get("image"))).doesNotContainKey("registryCredentials");
        assertThat(map(component(stack, "jobs", "roles").get("image"))).doesNotContainKey("registryCredentials");
    }

    @Test
    void theObjectsAreInABucketOfSpacesUnlessTheyAreElsewhere() {
        assertThat(stack.one("digitalocean:index/spacesBucket:SpacesBucket", "freshtrack-objects")
                        .inputs())
                .containsEntry("name", "freshtrack-acme")
                .containsEntry("region", "fra1")
                .containsEntry("acl", "private");
        assertThat(recorded("s3Endpoint", "https://s3.acme.io").all())
                .extracting(Asked::type)
                .doesNotContain("digitalocean:index/spacesBucket:SpacesBucket");
    }

    @Test
    void withoutARecordTheDomainIsWithheldAndThePlatformsNameAsked() {
        var waiting = recorded("dnsReady", "false", "dnsZone", "");

        assertThat(spec(waiting)).doesNotContainKey("domainNames");
        assertThat(waiting.one("command:local:Command", "freshtrack-verdict").input("environment"))
                .contains("https://freshtrack-abcde.ondigitalocean.app/ready");
        assertThat(waiting.all()).extracting(Asked::type).doesNotContain("digitalocean:index/uptimeCheck:UptimeCheck");
        assertThat(stack.one("command:local:Command", "freshtrack-verdict").input("environment"))
                .contains("URL=https://freshtrack.acme.io/ready", AppStacks.DIGEST, "deployment-1");
    }

    @Test
    void somebodyIsTold() {
        assertThat(list(spec(stack).get("alerts")))
                .extracting(alert -> alert.get("rule"))
                .containsExactly("DEPLOYMENT_FAILED", "DOMAIN_FAILED");
        assertThat(list(component(stack, "services", "api").get("alerts"))).hasSize(3);
        assertThat(stack.ofType("digitalocean:index/monitorAlert:MonitorAlert"))
                .extracting(Asked::name)
                .containsExactlyInAnyOrder(
                        "freshtrack-database-cpu", "freshtrack-database-memory", "freshtrack-database-disk");
        assertThat(recorded("alarmEmail", "").all())
                .extracting(Asked::type)
                .doesNotContain("digitalocean:index/monitorAlert:MonitorAlert");
    }

    private static Recorded recorded(String... changes) {
        return AppStacks.recorded(AppStacks.prod(changes), Optional.empty());
    }

    private static Map<String, Object> spec(Recorded stack) {
        return map(stack.one(APP, "freshtrack-app").inputs().get("spec"));
    }

    private static List<Map<String, Object>> components(Recorded stack, String kind) {
        return list(spec(stack).get(kind));
    }

    private static Map<String, Object> component(Recorded stack, String kind, String name) {
        return components(stack, kind).stream()
                .filter(component -> name.equals(component.get("name")))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> variable(Map<String, Object> component, String secret) {
        return list(component.get("envs")).stream()
                .filter(variable -> ("FRESHTRACK_SECRET_" + secret).equals(variable.get("key")))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Map<String, Object> component, String property) {
        return String.valueOf(component.get(property));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
