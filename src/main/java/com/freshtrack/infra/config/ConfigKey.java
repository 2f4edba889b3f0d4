package com.freshtrack.infra.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * The one catalogue of the keys under {@code freshtrack:}, in the order in which they are documented.
 *
 * <p>{@code Pulumi.yaml} declares the same names, descriptions and defaults, the README shows them; tests compare all three.
 */
public enum ConfigKey {
    TARGET("target", "self-hosted", "Where the product is put: `self-hosted` (an existing Docker Engine)."),
    ENVIRONMENT(
            "environment",
            "",
            "`dev` or `prod`. `prod` protects and retains volumes and refuses images without a version. Required."),
    DOCKER_HOST(
            "dockerHost",
            "",
            "Docker Engine to deploy to: `unix:///path` or `ssh://user@host[:port]`. Empty: the local engine. It can't move a stack that runs: make a new one."),

    DOMAIN(
            "domain",
            "localhost",
            "Host name that Caddy serves: `localhost` (Caddy's internal CA) or a public domain (Let's Encrypt)."),
    TLS_EMAIL("tlsEmail", "", "Account address for Let's Encrypt. Required with a public domain."),
    ACME_STAGING(
            "acmeStaging",
            "false",
            "`true` takes certificates from Let's Encrypt's staging CA, which browsers don't trust."),
    DNS_READY(
            "dnsReady",
            "true",
            "`false` withholds what would hang until the domain's DNS records point at the host; the outputs say which records to make."),
    PUBLISH_ADDRESS(
            "publishAddress",
            "127.0.0.1",
            "IPv4 address of the host on which Caddy's ports are published; `0.0.0.0` for all."),
    HTTP_PORT("httpPort", "80", "Port that redirects HTTP to HTTPS."),
    HTTPS_PORT("httpsPort", "443", "Port for HTTPS, on TCP and (HTTP/3) UDP."),
    MAX_REQUEST_BODY_MIB(
            "maxRequestBodyMiB",
            "1",
            "Largest request body, 1 to 64 MiB; Caddy buffers it, so that a request can be tried again."),

    OBSERVABILITY(
            "observability",
            "",
            "`true` runs Prometheus, Alertmanager, Grafana, Loki and their exporters beside the product, `false` doesn't. Empty: only in `prod`."),
    GRAFANA_DOMAIN(
            "grafanaDomain", "", "Host name under which Caddy serves Grafana. Empty: `grafana.` and the domain."),
    ALERT_WEBHOOK_URL(
            "alertWebhookUrl",
            "",
            "URL that Alertmanager posts alerts to, in its own JSON. Secret, because such URLs hold a token.",
            true),
    ALERT_EMAIL_TO("alertEmailTo", "", "Address that alerts are mailed to. Needs the next two."),
    ALERT_EMAIL_FROM("alertEmailFrom", "", "Address that alerts are mailed from."),
    ALERT_SMTP_HOST("alertSmtpHost", "", "Mail server that takes alerts, `host:port`; it must offer TLS."),
    ALERT_SMTP_USER("alertSmtpUser", "", "Login at the mail server. Empty: none."),
    ALERT_SMTP_PASSWORD("alertSmtpPassword", "", "Password at the mail server. Required with the login.", true),
    PROMETHEUS_RETENTION_DAYS("prometheusRetentionDays", "15", "How long Prometheus keeps metrics, days."),
    LOKI_RETENTION_DAYS("lokiRetentionDays", "14", "How long Loki keeps log lines, days."),

    API_IMAGE(
            "apiImage",
            "",
            "Image of the API by digest, `name@sha256:…`, or the ID of a local one, `sha256:…`. Without it a preview warns and `up` refuses."),
    API_COMMAND(
            "apiCommand",
            "[\"node\",\"src/server.js\"]",
            "Command that runs the API in its image: a JSON array of strings."),
    MIGRATE_COMMAND(
            "migrateCommand",
            "[\"node\",\"src/migrate.js\"]",
            "Command that runs the migrations in the API's image: a JSON array of strings."),
    API_HEALTH_COMMAND(
            "apiHealthCommand",
            "[\"node\",\"src/healthcheck.js\"]",
            "Command that Docker runs in the API's container to ask whether it is ready: a JSON array of strings."),
    API_ENV(
            "apiEnv",
            "{}",
            "Plain environment variables of the API: a JSON object of strings, or a YAML map in the stack's file."),
    API_SECRETS(
            "apiSecrets",
            "",
            "Secret environment variables of the API: a JSON object of strings, encrypted as a whole with `--secret`.",
            true),
    API_READY_PATH("apiReadyPath", "/ready", "Path of the API that says whether it may get traffic."),
    API_POOL_MAX(
            "apiPoolMax", "10", "Most connections that one API instance opens to its PgBouncer (`DATABASE_POOL_MAX`)."),
    API_STOP_GRACE_SECONDS(
            "apiStopGraceSeconds", "20", "Time that the API has to finish its requests before it is killed."),
    API_READY_TIMEOUT_SECONDS(
            "apiReadyTimeoutSeconds", "120", "Time that a started API has to become ready before the deploy fails."),

    S3_ENDPOINT(
            "s3Endpoint",
            "",
            "URL of an S3 service that keeps the API's objects, `https://host[:port]`. Empty: MinIO runs beside the API."),
    S3_BUCKET(
            "s3Bucket",
            "freshtrack",
            "Bucket of the API's objects; made in MinIO, and expected to be there elsewhere."),
    S3_REGION("s3Region", "us-east-1", "Region that requests to the object storage are signed for."),

    POSTGRES_IMAGE("postgresImage", "postgres:15-alpine", "Image of PostgreSQL."),
    PGBOUNCER_IMAGE(
            "pgbouncerImage",
            "edoburu/pgbouncer:v1.25.2-p0",
            "Any image with `pgbouncer`, `psql` and `pg_isready` on its PATH."),
    REDIS_IMAGE("redisImage", "redis:7.4-alpine", "Image of Redis."),
    MINIO_IMAGE(
            "minioImage",
            "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z",
            "Image of MinIO, or of a maintained fork of it."),
    CADDY_IMAGE("caddyImage", "caddy:2.11.2-alpine", "Image of Caddy."),
    BACKUP_IMAGE(
            "backupImage",
            "eeshugerman/postgres-backup-s3:15",
            "Any image with `sh`, `tar`, `flock`, `gpg`, `aws` and PostgreSQL's clients, at least as new as the server, on its PATH."),
    PROMETHEUS_IMAGE("prometheusImage", "prom/prometheus:v3.14.0", "Image of Prometheus."),
    ALERTMANAGER_IMAGE("alertmanagerImage", "prom/alertmanager:v0.32.2", "Image of Alertmanager."),
    GRAFANA_IMAGE("grafanaImage", "grafana/grafana:13.2.0", "Image of Grafana."),
    LOKI_IMAGE("lokiImage", "grafana/loki:3.7.6", "Image of Loki."),
    ALLOY_IMAGE("alloyImage", "grafana/alloy:v1.18.1", "Image of Alloy, which brings log lines to Loki."),
    NODE_EXPORTER_IMAGE("nodeExporterImage", "prom/node-exporter:v1.12.1", "Image of node_exporter."),
    POSTGRES_EXPORTER_IMAGE(
            "postgresExporterImage",
            "quay.io/prometheuscommunity/postgres-exporter:v0.20.1",
            "Image of postgres_exporter."),
    PGBOUNCER_EXPORTER_IMAGE(
            "pgbouncerExporterImage", "prometheuscommunity/pgbouncer-exporter:v0.12.1", "Image of pgbouncer_exporter."),
    BLACKBOX_EXPORTER_IMAGE("blackboxExporterImage", "prom/blackbox-exporter:v0.28.0", "Image of blackbox_exporter."),

    PRIVATE_REGISTRY(
            "privateRegistry",
            "",
            "Registry whose credentials are taken from `~/.docker/config.json` where `pulumi up` runs, such as `ghcr.io`."),

    BACKUP("backup", "", "`true` or `false`: whether backups are made. Empty: in `prod` they are, in `dev` not."),
    BACKUP_PERIOD_HOURS("backupPeriodHours", "24", "Time from one backup to the next, 1 to 168 hours."),
    BACKUP_KEEP_DAYS(
            "backupKeepDays", "30", "Age from which a backup is removed, days, if enough newer ones are there."),
    BACKUP_KEEP_AT_LEAST("backupKeepAtLeast", "7", "Newest backups that are kept whatever their age."),
    BACKUP_S3_ENDPOINT(
            "backupS3Endpoint",
            "",
            "URL of an S3 service that keeps backups off-site, `https://host[:port]`. Empty: they stay on the Docker host."),
    BACKUP_S3_BUCKET("backupS3Bucket", "", "Bucket there, expected to be there. Required with `backupS3Endpoint`."),
    BACKUP_S3_REGION("backupS3Region", "us-east-1", "Region that requests to it are signed for."),
    BACKUP_PUBLIC_KEY(
            "backupPublicKey",
            "",
            "Armored public key of GnuPG that off-site backups are encrypted to. Required with `backupS3Endpoint`."),

    POSTGRES_VOLUME(
            "postgresVolume",
            "postgres",
            "Volume of PostgreSQL's data, `postgres` or `postgres-…`. Another one is empty at first: for a new major version."),
    MAX_CONNECTIONS("maxConnections", "100", "`max_connections` of PostgreSQL: what the pool policy shares out."),
    POOL_MODE("poolMode", "transaction", "`pool_mode` of PgBouncer: `transaction` or `session`."),
    DEFAULT_POOL_SIZE("defaultPoolSize", "", "`default_pool_size`. Empty: the largest that fits, at most 25."),
    MIN_POOL_SIZE("minPoolSize", "", "`min_pool_size`. Empty: 10, or the default pool size where that is smaller."),
    RESERVE_POOL_SIZE("reservePoolSize", "", "`reserve_pool_size`. Empty: what still fits, at most 5."),
    MAX_CLIENT_CONN("maxClientConn", "", "`max_client_conn` of each PgBouncer. Empty: 1000."),
    MAX_PREPARED_STATEMENTS(
            "maxPreparedStatements", "200", "`max_prepared_statements` of PgBouncer; 0 turns their tracking off."),

    HOST_MEMORY_MIB(
            "hostMemoryMiB",
            "4096",
            "Memory of the host, MiB: what all containers, a deploy's surge included, must fit in."),
    HOST_CPUS("hostCpus", "2", "Processors of the host: the most that one container may be given."),
    API_MEMORY_MIB("apiMemoryMiB", "256", "Memory of one API instance, and of a migration, MiB."),
    API_CPUS("apiCpus", "1", "Processors of one API instance."),
    PGBOUNCER_MEMORY_MIB("pgbouncerMemoryMiB", "64", "Memory of one PgBouncer, MiB."),
    PGBOUNCER_CPUS("pgbouncerCpus", "0.5", "Processors of one PgBouncer."),
    POSTGRES_MEMORY_MIB(
            "postgresMemoryMiB", "1536", "Memory of PostgreSQL, MiB; a quarter of it becomes `shared_buffers`."),
    POSTGRES_CPUS("postgresCpus", "2", "Processors of PostgreSQL."),
    REDIS_MEMORY_MIB("redisMemoryMiB", "128", "Memory of Redis, MiB; its `maxmemory` is derived from it."),
    REDIS_CPUS("redisCpus", "0.5", "Processors of Redis."),
    MINIO_MEMORY_MIB("minioMemoryMiB", "256", "Memory of MinIO, MiB."),
    MINIO_CPUS("minioCpus", "1", "Processors of MinIO."),
    CADDY_MEMORY_MIB("caddyMemoryMiB", "128", "Memory of Caddy, MiB."),
    CADDY_CPUS("caddyCpus", "1", "Processors of Caddy."),
    BACKUP_MEMORY_MIB("backupMemoryMiB", "256", "Memory of the backup service, MiB."),
    BACKUP_CPUS("backupCpus", "1", "Processors of the backup service."),
    PROMETHEUS_MEMORY_MIB("prometheusMemoryMiB", "512", "Memory of Prometheus, MiB, where monitoring runs."),
    GRAFANA_MEMORY_MIB("grafanaMemoryMiB", "256", "Memory of Grafana, MiB, where monitoring runs."),
    LOKI_MEMORY_MIB("lokiMemoryMiB", "512", "Memory of Loki, MiB, where monitoring runs."),

    POSTGRES_PASSWORD("postgresPassword", "", "Password of the role `postgres`. Empty: generated.", true),
    APP_DATABASE_PASSWORD("appDatabasePassword", "", "Password of the role `frostguard`. Empty: generated.", true),
    MIGRATOR_DATABASE_PASSWORD(
            "migratorDatabasePassword", "", "Password of the role `frostguard_migrator`. Empty: generated.", true),
    MONITOR_DATABASE_PASSWORD(
            "monitorDatabasePassword", "", "Password of the role `frostguard_monitor`. Empty: generated.", true),
    REDIS_PASSWORD("redisPassword", "", "Password of Redis. Empty: generated.", true),
    MINIO_ROOT_PASSWORD("minioRootPassword", "", "Password of MinIO's root user. Empty: generated.", true),
    BACKUP_DATABASE_PASSWORD(
            "backupDatabasePassword", "", "Password of the role `frostguard_backup`. Empty: generated.", true),
    S3_ACCESS_KEY("s3AccessKey", "", "Access key ID at `s3Endpoint`. Required with it.", true),
    S3_SECRET_KEY("s3SecretKey", "", "Secret access key at `s3Endpoint`. Required with it.", true),
    BACKUP_S3_ACCESS_KEY("backupS3AccessKey", "", "Access key ID at `backupS3Endpoint`. Required with it.", true),
    BACKUP_S3_SECRET_KEY("backupS3SecretKey", "", "Secret access key at `backupS3Endpoint`. Required with it.", true);

    /** The project's name, before the colon of every key. */
    public static final String NAMESPACE = "freshtrack";

    private final String text;
    private final String defaultValue;
    private final String description;
    private final boolean secret;

    ConfigKey(String text, String defaultValue, String description) {
        this(text, defaultValue, description, false);
    }

    ConfigKey(String text, String defaultValue, String description, boolean secret) {
        this.text = text;
        this.defaultValue = defaultValue;
        this.description = description;
        this.secret = secret;
    }

    /** The key without its namespace. */
    public String text() {
        return text;
    }

    /** What holds where a stack's file says nothing; empty for a key that is optional or required. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What the key is for, with Markdown's code quotes. */
    public String description() {
        return description;
    }

    /** Whether the value must be encrypted, and never shown. */
    public boolean secret() {
        return secret;
    }

    /** The key with this name, without its namespace. */
    static Optional<ConfigKey> named(String text) {
        return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
    }
}
