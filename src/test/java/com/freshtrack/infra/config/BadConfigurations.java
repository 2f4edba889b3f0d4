package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.prod;
import static com.freshtrack.infra.config.Configurations.with;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The table of bad configurations; every secret in it has the word {@code hunter2} in it. */
final class BadConfigurations {
    static final String SECRET = "hunter2-hunter2-hunter2";

    /**
     * A configuration with one thing wrong.
     *
     * @param key the key that is blamed
     * @param fragments what its problem says
     */
    record Case(String name, Map<String, String> values, Set<String> encrypted, String key, String... fragments) {
        @Override
        public String toString() {
            return name;
        }
    }

    private BadConfigurations() {}

    static Stream<Case> all() {
        return Stream.of(general(), site(), images(), BadApi.all(), sizes(), secrets())
                .flatMap(each -> each);
    }

    private static Stream<Case> general() {
        return Stream.of(
                bad(
                        "unknown target",
                        "target",
                        "aws-lambda",
                        "\"aws-lambda\"",
                        "self-hosted",
                        "pulumi config set freshtrack:target self-hosted --stack t1"),
                bad("target in capitals", "target", "Self-Hosted", "self-hosted"),
                bad(
                        "environment not set",
                        "environment",
                        "",
                        "dev or prod",
                        "pulumi config set freshtrack:environment dev"),
                bad("unknown environment", "environment", "staging", "dev or prod"),
                bad("engine on TCP", "dockerHost", "tcp://10.0.0.1:2375", "gives root"),
                bad(
                        "engine without a user",
                        "dockerHost",
                        "ssh://host",
                        "ssh://user@host[:port]",
                        "pulumi config rm freshtrack:dockerHost"),
                bad("engine with a command in it", "dockerHost", "ssh://root@host;reboot", "ssh://user@host[:port]"),
                bad(
                        "engine with an option in it",
                        "dockerHost",
                        "ssh://-oProxyCommand=x@host",
                        "ssh://user@host[:port]"),
                bad("engine with a port too high", "dockerHost", "ssh://root@host:70000", "ssh://user@host[:port]"),
                bad(
                        "engine with a password",
                        "dockerHost",
                        "ssh://root:" + SECRET + "@host",
                        "ssh://root:[secret]@host"),
                bad(
                        "flag that is none",
                        "acmeStaging",
                        "yes",
                        "true or false",
                        "pulumi config set freshtrack:acmeStaging false"),
                bad("encrypted domain", dev(), encrypted("domain"), "domain", "[secret]", "not encrypted"));
    }

    private static Stream<Case> site() {
        return Stream.of(
                bad(
                        "domain that leaves the Caddyfile's address",
                        "domain",
                        "a.io {\n respond 200 }",
                        "\"a.io {\\u{a} respond 200 }\"",
                        "host name"),
                bad("domain with a placeholder", "domain", "{$HOME}.io", "host name"),
                bad("domain in capitals", "domain", "FreshTrack.io", "lower case"),
                bad("wildcard", "domain", "*.acme.io", "host name"),
                bad("domain with a line break after it", "domain", "acme.io\n", "host name"),
                bad("a word for a domain", "domain", "freshtrack", "host name"),
                bad("IPv4 address for a domain", "domain", "203.0.113.7", "not an IP address"),
                bad("IPv6 address for a domain", "domain", "2001:db8::1", "not an IP address"),
                bad("domain nobody signs for", "domain", "fresh.local", "Let's Encrypt issues nothing"),
                bad("label too long", "domain", "a".repeat(64) + ".io", "host name"),
                bad("prod on localhost", with(prod(), "domain", "localhost"), "domain", "environment is prod"),
                bad(
                        "public domain without an address",
                        with(prod(), "tlsEmail", ""),
                        "tlsEmail",
                        "freshtrack:domain is public",
                        "pulumi config set freshtrack:tlsEmail ops@freshtrack.acme.io"),
                bad(
                        "address that leaves its line",
                        with(prod(), "tlsEmail", "ops@acme.io\nadmin off"),
                        "tlsEmail",
                        "e-mail",
                        "\\u{a}"),
                bad("staging CA for localhost", "acmeStaging", "true", "domain is localhost"),
                bad("DNS of localhost", "dnsReady", "false", "domain is localhost"),
                bad("published on a name", "publishAddress", "eth0", "IPv4 address"),
                bad("published on no address", "publishAddress", "256.0.0.1", "IPv4 address"),
                bad(
                        "port out of range",
                        "httpPort",
                        "65536",
                        "a whole number from 1 to 65535",
                        "pulumi config set freshtrack:httpPort 80"),
                bad("port that is no number", "httpsPort", "https", "a whole number"),
                bad("one port for both", "httpsPort", "80", "another port than that of freshtrack:httpPort, 80"),
                bad("body too large", "maxRequestBodyMiB", "65", "from 1 to 64"),
                bad("body in another unit", "maxRequestBodyMiB", "1MB", "a whole number"));
    }

    private static Stream<Case> images() {
        return Stream.of(
                bad("API image by tag", "apiImage", "registry.acme.io/api:1.2.3", "by digest", "a tag can be moved"),
                bad("API image with a short digest", "apiImage", "api@sha256:0123", "by digest"),
                bad(
                        "API image not set",
                        "apiImage",
                        "",
                        "(not set)",
                        "pulumi config set freshtrack:apiImage REGISTRY/NAME@sha256:DIGEST"),
                bad(
                        "image in capitals",
                        "redisImage",
                        "Redis:7",
                        "image reference",
                        "pulumi config set freshtrack:redisImage redis:7.4-alpine"),
                bad("image with a space", "caddyImage", "caddy:2 --privileged", "image reference"),
                bad("empty image", "postgresImage", "", "image reference"),
                bad("latest in prod", with(prod(), "redisImage", "redis:latest"), "redisImage", "tag latest"),
                bad(
                        "no tag in prod",
                        with(prod(), "caddyImage", "registry.acme.io:5000/caddy"),
                        "caddyImage",
                        "no tag, which means latest"),
                bad(
                        "stand-in in prod",
                        with(prod(), "postgresImage", "freshtrack-standin/postgres:15-0123abcd"),
                        "postgresImage",
                        "a real image in prod"),
                bad(
                        "stand-in of the API in prod",
                        with(prod(), "apiImage", "freshtrack-standin/api@sha256:" + "0".repeat(64)),
                        "apiImage",
                        "a real image in prod"),
                bad("PgBouncer too old", "pgbouncerImage", "edoburu/pgbouncer:1.18.0", "1.21 or newer"));
    }

    private static Stream<Case> sizes() {
        return Stream.of(
                bad("memory with a unit", "apiMemoryMiB", "256m", "a whole number"),
                bad("memory too small", "postgresMemoryMiB", "100", "from 256"),
                bad("number beyond numbers", "redisMemoryMiB", "99999999999999999999", "a whole number"),
                bad("processors in words", "apiCpus", "one", "processors as a decimal number"),
                bad("no processors", "caddyCpus", "0", "from 0.01"),
                bad(
                        "more processors than the host",
                        "postgresCpus",
                        "4",
                        "at most the 2 processors of freshtrack:hostCpus",
                        "pulumi config set freshtrack:postgresCpus 2"),
                bad(
                        "host too small",
                        "hostMemoryMiB",
                        "2048",
                        "3 × ",
                        "api (units a and b, migration) 256 + 2 × pgbouncer 64 + 1 × postgres 1536",
                        "= 3072 MiB",
                        "pulumi config set freshtrack:hostMemoryMiB 3072"),
                bad("volume of another service", "postgresVolume", "redis", "postgres-16"),
                bad("volume that leaves its name", "postgresVolume", "postgres-../x", "postgres-16"),
                bad(
                        "more connections than the memory carries",
                        "maxConnections",
                        "200",
                        "max_connections 200",
                        "pulumi config set freshtrack:maxConnections 115"),
                bad(
                        "statement mode",
                        "poolMode",
                        "statement",
                        "statement mode forbids",
                        "pulumi config set freshtrack:poolMode transaction"),
                bad("pool mode that is none", "poolMode", "txn", "transaction or session"),
                bad(
                        "pool that can't fit",
                        "defaultPoolSize",
                        "60",
                        "default_pool_size 60",
                        "pulumi config rm freshtrack:defaultPoolSize --stack t1"),
                bad(
                        "minimum above the pool",
                        with(dev(), "defaultPoolSize", "5", "minPoolSize", "6"),
                        "minPoolSize",
                        "min_pool_size 6"),
                bad("fewer clients than one API instance", "maxClientConn", "5", "max_client_conn 5"),
                bad("negative pool", "reservePoolSize", "-1", "from 0"));
    }

    private static Stream<Case> secrets() {
        return Stream.of(
                bad(
                        "S3 endpoint with a path",
                        with(s3(), "s3Endpoint", "https://s3.example.com/x"),
                        S3_KEYS,
                        "s3Endpoint",
                        "scheme, host"),
                bad("registry with a path", "privateRegistry", "ghcr.io/acme", "host[:port]"),
                bad(
                        "another machine's loopback",
                        with(dev(), "dockerHost", "ssh://ops@vm.acme.io", "publishAddress", "127.0.0.1"),
                        "publishAddress",
                        "another machine"),
                bad("bucket in capitals", "s3Bucket", "Fresh", "lower-case"),
                bad("region of two words", "s3Region", "us east", "us-east-1"),
                bad(
                        "S3 endpoint without its secret key",
                        s3WithoutSecretKey(),
                        S3_KEYS,
                        "s3SecretKey",
                        "s3Endpoint is set"),
                bad(
                        "S3 key without an endpoint",
                        with(dev(), "s3AccessKey", "AKIAEXAMPLE"),
                        S3_KEYS,
                        "s3AccessKey",
                        "s3Endpoint is not set"),
                bad(
                        "S3 key that leaves its file",
                        with(s3(), "s3SecretKey", "a\nb c"),
                        S3_KEYS,
                        "s3SecretKey",
                        "letters, digits"),
                bad(
                        "password in plain text",
                        "postgresPassword",
                        SECRET,
                        "[secret]",
                        "encrypted",
                        "pulumi config set --secret freshtrack:postgresPassword --stack t1"),
                secret("short password", with(dev(), "redisPassword", "hunter2"), "redisPassword", "16 to 99"),
                secret(
                        "password that leaves a URL",
                        with(dev(), "appDatabasePassword", SECRET + "@evil/"),
                        "appDatabasePassword",
                        "letters, digits"),
                secret(
                        "password that leaves userlist.txt",
                        with(dev(), "appDatabasePassword", SECRET + "\"\n"),
                        "appDatabasePassword",
                        "letters, digits"),
                secret(
                        "one password for two",
                        with(dev(), "redisPassword", SECRET, "minioRootPassword", SECRET),
                        "minioRootPassword",
                        "it is that of freshtrack:redisPassword"));
    }

    private static final Set<String> S3_KEYS = encrypted("s3AccessKey", "s3SecretKey");

    private static Map<String, String> s3() {
        return with(
                with(dev(), "s3Endpoint", "https://s3.example.com"),
                "s3AccessKey",
                "AKIAEXAMPLE",
                "s3SecretKey",
                "wJalr/XUtn+FEMI=");
    }

    private static Map<String, String> s3WithoutSecretKey() {
        var values = new HashMap<>(s3());
        values.remove("freshtrack:s3SecretKey");
        return values;
    }

    static Case bad(String name, String key, String value, String... fragments) {
        return bad(name, with(dev(), key, value), key, fragments);
    }

    static Case bad(String name, Map<String, String> values, String key, String... fragments) {
        return bad(name, values, Set.of(), key, fragments);
    }

    static Case bad(String name, Map<String, String> values, Set<String> encrypted, String key, String... fragments) {
        return new Case(name, values, encrypted, key, fragments);
    }

    static Case secret(String name, Map<String, String> values, String key, String... fragments) {
        return bad(
                name,
                values,
                encrypted(
                        "apiSecrets", "postgresPassword", "appDatabasePassword", "redisPassword", "minioRootPassword"),
                key,
                fragments);
    }
}
