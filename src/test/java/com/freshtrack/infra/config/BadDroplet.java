package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.DROPLET_SECRETS;
import static com.freshtrack.infra.config.Configurations.droplet;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.Set;
import java.util.stream.Stream;

/** The table of bad configurations of a stack on a Droplet. */
final class BadDroplet {
    private static final String MAKE_KEYS = "scripts/setup keys t1";

    private BadDroplet() {}

    static Stream<Case> all() {
        return Stream.of(foreign(), machine(), database(), access(), mail(), registry(), keys())
                .flatMap(each -> each);
    }

    private static Stream<Case> foreign() {
        return Stream.of(
                bad("host of its own", "dockerHost", "ssh://root@example.com", "it is for self-hosted"),
                bad("port of another", "httpsPort", "8443", "it is for self-hosted"),
                bad("memory of the host in words", "hostMemoryMiB", "8192", "it is for self-hosted"),
                bad("class of RDS", "databaseInstanceClass", "db.t4g.large", "it is for aws-fargate"),
                new Case(
                        "key of a Droplet on a Docker host",
                        with(Configurations.dev(), "dnsZone", "acme.io"),
                        Set.of(),
                        "dnsZone",
                        "it is for do-droplet, do-app-platform, and freshtrack:target is self-hosted"),
                bad("image of this machine", "apiImage", "sha256:" + "0".repeat(64), "a Droplet sees no image"),
                bad("domain that nobody reaches", "domain", "localhost", "a public domain"),
                bad("no account for certificates", "tlsEmail", "", "Let's Encrypt"));
    }

    private static Stream<Case> machine() {
        return Stream.of(
                bad("region that is none", "doRegion", "Europe", "fra1"),
                bad("less than the product needs", "dropletSize", "s-2vcpu-2gb", "2 processors and 4 GB", "24 USD"),
                bad("size that is none", "dropletSize", "large", "s-8vcpu-16gb (96 USD a month)"),
                bad(
                        "size that is too small for what watches the product",
                        "dropletSize",
                        "s-2vcpu-4gb",
                        "= 5632 MiB",
                        "freshtrack:observability false",
                        "pulumi config set freshtrack:dropletSize s-4vcpu-8gb"),
                bad(
                        "more processors than the size has",
                        "postgresCpus",
                        "8",
                        "at most the 4 processors of freshtrack:dropletSize",
                        "pulumi config set freshtrack:postgresCpus 4"),
                bad("volume that is too small", "dataVolumeGiB", "5", "from 10"),
                bad("backups each hour", "dropletBackups", "hourly", "none or weekly or daily"));
    }

    private static Stream<Case> database() {
        return Stream.of(
                bad("database of another cloud", "database", "rds", "container or managed"),
                bad(
                        "size of what isn't managed",
                        "databaseSize",
                        "db-s-2vcpu-4gb",
                        "unless freshtrack:database is managed"),
                bad("standby of a container", "databaseNodeCount", "2", "unless freshtrack:database is managed"),
                bad(
                        "administrators of a container",
                        "databaseAdminCidrs",
                        "198.51.100.7/32",
                        "unless freshtrack:database"),
                bad("version of a container", "postgresVersion", "16", "unless freshtrack:database is managed"),
                managed("image of what is managed", "postgresImage", "postgres:15", "no container of ours has it"),
                managed("volume of what is managed", "postgresVolume", "postgres-16", "no container of ours has it"),
                managed("memory of what is managed", "postgresMemoryMiB", "2048", "no container of ours has it"),
                managed("processors of what is managed", "postgresCpus", "1", "no container of ours has it"),
                managed("connections of what is managed", "maxConnections", "90", "no container of ours has it"),
                managed("poolers of what is pooled", "pgbouncerMemoryMiB", "128", "no container of ours has it"),
                managed("pool that doesn't fit", "defaultPoolSize", "30", "The largest size that fits is 17"),
                managed(
                        "clients older than the server",
                        "postgresVersion",
                        "16",
                        "backupImage",
                        "clients of 16 or newer"));
    }

    /** The key is refused, or the one that the first fragment names. */
    private static Case managed(String name, String key, String value, String... fragments) {
        return new Case(
                name,
                with(droplet(), "database", "managed", key, value),
                DROPLET_SECRETS,
                fragments[0].equals("backupImage") ? fragments[0] : key,
                fragments);
    }

    private static Stream<Case> access() {
        return Stream.of(
                bad("nobody may log in", "sshCidrs", "", "networks in CIDR notation", "198.51.100.7/32"),
                bad("everybody may log in", "sshCidrs", "0.0.0.0/0", "never open to the world"),
                bad("half of the world may log in", "sshCidrs", "10.0.0.0/8,128.0.0.0/1", "none wider than /8"),
                bad("everybody with IPv6 may log in", "sshCidrs", "::/0", "never open to the world"),
                bad("an address that is no network", "sshCidrs", "198.51.100.7", "networks in CIDR notation"),
                bad("a name that is no network", "sshCidrs", "office.acme.io", "networks in CIDR notation"),
                bad("key by its name", "sshKeys", "laptop", "IDs (numbers) or MD5 fingerprints"),
                bad("zone of others", "dnsZone", "example.com", "holds freshtrack:domain, freshtrack.acme.io"),
                bad("end of a label as zone", "dnsZone", "me.io", "holds freshtrack:domain"),
                bad("alarms to a name", "alarmEmail", "ops", "name@domain"));
    }

    private static Stream<Case> mail() {
        return Stream.of("25", "465", "587")
                .map(port -> new Case(
                        "alerts through port " + port,
                        Configurations.mailingDroplet("smtp.acme.io:" + port),
                        DROPLET_SECRETS,
                        "alertSmtpHost",
                        "which DigitalOcean closes on Droplets",
                        "pulumi config set freshtrack:alertSmtpHost smtp.acme.io:2525"));
    }

    private static Stream<Case> registry() {
        return Stream.of(
                bad(
                        "login without a registry",
                        "registryLogin",
                        "ops:hunter2",
                        "freshtrack:privateRegistry is not set"),
                login("registry without a login", "", "doesn't have the docker login of this machine"),
                login("login without a user", "hunter2", "user:password"),
                login("login without a password", "hunter2:", "user:password"));
    }

    private static Case login(String name, String login, String fragment) {
        var values = with(droplet(), "privateRegistry", "ghcr.io", "registryLogin", login);
        return new Case(name, values, DROPLET_SECRETS, "registryLogin", fragment);
    }

    private static Stream<Case> keys() {
        return Stream.of(
                bad("no host key", "hostKey", "", "Ed25519", MAKE_KEYS),
                bad("no deploy key", "deployKey", "", "Ed25519", MAKE_KEYS),
                bad("public key", "hostKey", SshKeys.HOST_PUBLIC + " hunter2", "a private key", MAKE_KEYS),
                bad("key with a passphrase", "hostKey", SshKeys.LOCKED, "without a passphrase", MAKE_KEYS),
                bad("key of another type", "deployKey", SshKeys.OTHER_TYPE, "Ed25519", MAKE_KEYS),
                bad("key of the Droplet to log in", "deployKey", SshKeys.HOST, "another key than", MAKE_KEYS));
    }

    private static Case bad(String name, String key, String value, String... fragments) {
        return new Case(name, with(droplet(), key, value), DROPLET_SECRETS, key, fragments);
    }
}
