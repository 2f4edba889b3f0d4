package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.DOCKER_HOST;
import static com.freshtrack.infra.config.ConfigKey.ENVIRONMENT;
import static com.freshtrack.infra.config.ConfigKey.PUBLISH_ADDRESS;
import static com.freshtrack.infra.config.ConfigKey.TARGET;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a stack's configuration, and refuses it with every problem at once. */
public final class StackConfigReader {
    private static final String PREFIX = ConfigKey.NAMESPACE + ":";

    /** Short enough that {@code freshtrack-<stack>-pgbouncer-a} is a host name. */
    private static final Pattern STACK = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    private static final Pattern ENGINE = Pattern.compile(
            "unix:///[A-Za-z0-9._/-]{1,100}|ssh://[a-z_][a-z0-9_-]{0,31}@(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::(?<port>[1-9][0-9]{0,4}))?");

    private StackConfigReader() {}

    /**
     * Reads and checks everything that the stack's configuration says.
     *
     * @param values every value by key, with or without the namespace {@code freshtrack:}; other namespaces are not ours
     * @param secretKeys the keys whose values are encrypted in the stack's file
     * @param preview whether nothing will be made: an API image that isn't set is then a warning
     * @throws InvalidConfig with every problem that was found
     */
    public static StackConfig read(String stack, Map<String, String> values, Set<String> secretKeys, boolean preview) {
        var given = new EnumMap<ConfigKey, String>(ConfigKey.class);
        var encrypted = EnumSet.noneOf(ConfigKey.class);
        var unknown = new TreeSet<String>();
        ours(values.keySet()).forEach(key -> ConfigKey.named(bare(key))
                .ifPresentOrElse(known -> given.put(known, values.get(key)), () -> unknown.add(bare(key))));
        ours(secretKeys).forEach(key -> ConfigKey.named(bare(key)).ifPresent(encrypted::add));
        var checked = new ConfigValues(stack, given, encrypted, preview);
        var config = read(stack, checked);
        unknown.forEach(key -> refuseUnknown(checked, key));
        if (!checked.problems().isEmpty()) {
            throw new InvalidConfig(stack, checked.problems());
        }
        return config.orElseThrow();
    }

    private static Optional<StackConfig> read(String stack, ConfigValues values) {
        checkStackName(values, stack);
        checkEncryption(values);
        var target = values.choice(TARGET, Target.values(), Target::text, Target.SELF_HOSTED);
        var environment = values.choice(ENVIRONMENT, Environment.values(), Environment::text, Environment.DEV);
        if (values.usable(TARGET)) {
            refuseForeign(values, target);
        }
        return switch (target) {
            case SELF_HOSTED -> onDocker(stack, target, environment, values);
            case DO_DROPLET -> onDroplet(stack, target, environment, values);
            case DO_APP_PLATFORM -> onAppPlatform(stack, target, environment, values);
            case AWS_EC2 -> onEc2(stack, target, environment, values);
            case AWS_FARGATE -> onFargate(stack, target, environment, values);
        };
    }

    private static Optional<StackConfig> onDocker(
            String stack, Target target, Environment environment, ConfigValues values) {
        var engine = values.optional(DOCKER_HOST);
        engine.ifPresent(text -> checkEngine(values, text));
        var site = SiteReader.read(values, environment);
        if (engine.filter(text -> text.startsWith("ssh://")).isPresent()
                && values.usable(DOCKER_HOST, PUBLISH_ADDRESS)
                && site.publishAddress().startsWith("127.")) {
            values.refuse(
                    PUBLISH_ADDRESS,
                    "0.0.0.0 or an address of the host, because freshtrack:dockerHost is another machine: on "
                            + site.publishAddress() + " only that machine itself would reach the product",
                    "0.0.0.0");
        }
        return withContainers(
                stack,
                target,
                environment,
                values,
                new Place(engine, site, HostSize.given(values), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Optional<StackConfig> onDroplet(
            String stack, Target target, Environment environment, ConfigValues values) {
        var site = SiteReader.readOnMachine(values, environment);
        var digitalOcean = DropletReader.read(values, environment, site);
        return withContainers(
                stack,
                target,
                environment,
                values,
                new Place(
                        Optional.empty(),
                        site,
                        HostSize.of(digitalOcean.droplet().size(), MachineSizes.DROPLETS),
                        Optional.of(digitalOcean),
                        Optional.empty(),
                        DropletReader.database(values, environment)));
    }

    private static Optional<StackConfig> onEc2(
            String stack, Target target, Environment environment, ConfigValues values) {
        var site = SiteReader.readOnMachine(values, environment);
        var ec2 = Ec2Reader.read(values, environment);
        return withContainers(
                stack,
                target,
                environment,
                values,
                new Place(
                        Optional.empty(),
                        site,
                        HostSize.of(ec2.machine().size(), MachineSizes.INSTANCES),
                        Optional.empty(),
                        Optional.of(ec2),
                        Optional.empty()));
    }

    /** Where containers run, and what is known of it. */
    private record Place(
            Optional<String> engine,
            SiteConfig site,
            HostSize host,
            Optional<DigitalOceanConfig> digitalOcean,
            Optional<Ec2Config> ec2,
            Optional<ManagedPostgresConfig> managedPostgres) {}

    private static Optional<StackConfig> withContainers(
            String stack, Target target, Environment environment, ConfigValues values, Place place) {
        var observability = ObservabilityReader.read(values, environment, place.site());
        var images = ImagesReader.read(values, environment, observability.isPresent());
        var api = ApiReader.read(values);
        var storage = StorageReader.read(values);
        var backup = BackupReader.read(values, environment, storage, place.ec2().isPresent());
        var managed = place.managedPostgres();
        var resources = ResourcesReader.read(
                values, place.host(), storage, managed.isEmpty(), backup.isPresent(), observability.isPresent());
        managed.filter(ignored -> backup.isPresent())
                .ifPresent(postgres -> RdsReader.refuseOlderClients(values, postgres.version()));
        var database = managed.isPresent()
                ? Optional.<DatabaseConfig>empty()
                : Optional.of(DatabaseReader.read(values, resources.postgres()));
        var secrets = SecretsReader.read(values);
        return managed.map(postgres -> DatabaseReader.plan(values, postgres, api.poolMax()))
                .orElseGet(
                        () -> DatabaseReader.plan(values, database.orElseThrow(), resources.postgres(), api.poolMax()))
                .map(pools -> new StackConfig(
                        stack,
                        target,
                        environment,
                        place.engine(),
                        place.site(),
                        images,
                        api,
                        storage,
                        database,
                        managed,
                        pools,
                        resources,
                        secrets,
                        backup,
                        observability,
                        Optional.empty(),
                        place.digitalOcean(),
                        place.ec2(),
                        Optional.empty(),
                        values.warnings()));
    }

    private static Optional<StackConfig> onAppPlatform(
            String stack, Target target, Environment environment, ConfigValues values) {
        var site = SiteReader.readBehindFrontDoor(values, "App Platform");
        var images = ImagesReader.read(values, environment, false);
        var api = ApiReader.read(values);
        var storage = StorageReader.read(values, AppPlatformReader.spaces(values));
        var appPlatform = AppPlatformReader.read(values, stack, environment, site);
        var database = ManagedPostgresReader.read(values, environment);
        var secrets = SecretsReader.read(values);
        return DatabaseReader.plan(values, database, api.poolMax())
                .map(pools -> new StackConfig(
                        stack,
                        target,
                        environment,
                        Optional.empty(),
                        site,
                        images,
                        api,
                        storage,
                        Optional.empty(),
                        Optional.of(database),
                        pools,
                        AppPlatformReader.resources(appPlatform),
                        secrets,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(appPlatform),
                        values.warnings()));
    }

    private static Optional<StackConfig> onFargate(
            String stack, Target target, Environment environment, ConfigValues values) {
        var site = SiteReader.readBehindFrontDoor(values, "ACM");
        var images = ImagesReader.read(values, environment, false);
        var api = ApiReader.read(values);
        var storage = StorageReader.read(values);
        var aws = AwsReader.read(values, environment, storage);
        var resources = TasksReader.share(values, aws.tasks());
        var secrets = SecretsReader.read(values);
        return DatabaseReader.plan(values, aws.database(), aws.tasks(), api.poolMax())
                .map(pools -> new StackConfig(
                        stack,
                        target,
                        environment,
                        Optional.empty(),
                        site,
                        images,
                        api,
                        storage,
                        Optional.empty(),
                        Optional.empty(),
                        pools,
                        resources,
                        secrets,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(aws),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        values.warnings()));
    }

    /** A key that would do nothing is a misunderstanding; the engine hands the defaults over like what was set. */
    private static void refuseForeign(ConfigValues values, Target target) {
        for (var key : ConfigKey.values()) {
            var given = values.optional(key).filter(text -> !text.equals(key.defaultValue()));
            if (given.isPresent() && !key.scope().covers(target)) {
                values.refuse(
                        key,
                        values.shown(key),
                        "nothing: it is for " + key.scope().text() + ", and freshtrack:target is " + target.text(),
                        values.remove(key.text()));
            }
        }
    }

    private static void checkStackName(ConfigValues values, String stack) {
        if (!STACK.matcher(stack).matches()) {
            values.refuseOther(new ConfigProblem(
                    "(stack name)",
                    Shown.text(stack),
                    "1 to 40 lower-case letters, digits and hyphens, because names on the Docker host are made of it",
                    "pulumi stack rename NAME --stack " + Shown.shellWord(stack)));
        }
    }

    private static void checkEncryption(ConfigValues values) {
        for (var key : ConfigKey.values()) {
            if (key.secret() && values.optional(key).isPresent() && !values.encrypted(key)) {
                values.refuse(
                        key,
                        "an encrypted value; this one stands in plain text in the stack's file: choose another, it may have been read");
            } else if (!key.secret() && values.encrypted(key)) {
                values.refuse(key, "a value that is not encrypted: it is no secret, and previews and outputs show it");
            }
        }
    }

    private static void checkEngine(ConfigValues values, String engine) {
        var matcher = ENGINE.matcher(engine);
        if (engine.startsWith("tcp://") || engine.startsWith("http")) {
            values.refuse(
                    DOCKER_HOST,
                    "unix:///path or ssh://user@host[:port]; a Docker Engine on TCP gives root to whoever reaches it");
        } else if (!matcher.matches()
                || matcher.group("port") != null && Integer.parseInt(matcher.group("port")) > 65_535) {
            values.refuse(DOCKER_HOST, "empty for the local Docker Engine, unix:///path, or ssh://user@host[:port]");
        }
    }

    private static void refuseUnknown(ConfigValues values, String key) {
        var nearest = Stream.of(ConfigKey.values())
                .min(Comparator.comparingInt(known -> distance(key, known.text())))
                .orElseThrow();
        boolean near = distance(key, nearest.text()) <= Math.max(2, key.length() / 3);
        values.refuseOther(new ConfigProblem(
                key,
                "(value not shown)",
                near
                        ? "keys that are known; did you mean freshtrack:" + nearest.text() + "?"
                        : "keys that are known: "
                                + Stream.of(ConfigKey.values())
                                        .map(ConfigKey::text)
                                        .collect(Collectors.joining(", ")),
                values.remove(key) + (near ? " && " + values.set(nearest, "VALUE") : "")));
    }

    /** Letters to change, insert or leave out to get from one word to the other (Levenshtein), whatever their case. */
    private static int distance(String one, String other) {
        var previous = new int[other.length() + 1];
        for (int column = 0; column < previous.length; column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            var current = new int[previous.length];
            current[0] = row;
            for (int column = 1; column < previous.length; column++) {
                boolean same =
                        Character.toLowerCase(one.charAt(row - 1)) == Character.toLowerCase(other.charAt(column - 1));
                current[column] = Math.min(
                        Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + (same ? 0 : 1));
            }
            previous = current;
        }
        return previous[other.length()];
    }

    private static List<String> ours(Set<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(PREFIX) || !key.contains(":"))
                .toList();
    }

    private static String bare(String key) {
        return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
    }
}
