package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Scope.BESIDE_APP_PLATFORM;
import static com.freshtrack.infra.config.Scope.EVERYWHERE;
import static com.freshtrack.infra.config.Scope.ON_APP_PLATFORM;
import static com.freshtrack.infra.config.Scope.ON_AWS;
import static com.freshtrack.infra.config.Scope.ON_CLOUD;
import static com.freshtrack.infra.config.Scope.ON_DATABASE_SERVICE;
import static com.freshtrack.infra.config.Scope.ON_DIGITALOCEAN;
import static com.freshtrack.infra.config.Scope.ON_DOCKER;
import static com.freshtrack.infra.config.Scope.ON_DROPLET;
import static com.freshtrack.infra.config.Scope.ON_EC2;
import static com.freshtrack.infra.config.Scope.ON_FARGATE;
import static com.freshtrack.infra.config.Scope.ON_GIVEN_HOST;
import static com.freshtrack.infra.config.Scope.ON_MACHINE;

import java.util.Arrays;
import java.util.Optional;

/**
 * The one catalogue of the keys under {@code freshtrack:}, in the order in which they are documented.
 *
 * <p>{@code Pulumi.yaml} declares the same names, descriptions and defaults, the README shows them; tests compare all three.
 */
public enum ConfigKey {
    TARGET(
            EVERYWHERE,
            "target",
            "self-hosted",
            "Where the product is put: `self-hosted` (an existing Docker Engine), `do-droplet` (a DigitalOcean Droplet), `do-app-platform` (DigitalOcean App Platform), `aws-ec2` (an EC2 instance) or `aws-fargate` (Amazon ECS on Fargate)."),
    ENVIRONMENT(
            EVERYWHERE,
            "environment",
            "",
            "`dev` or `prod`. `prod` protects and keeps what holds data and refuses images without a version. Required."),
    DOCKER_HOST(
            ON_GIVEN_HOST,
            "dockerHost",
            "",
            "Docker Engine to deploy to: `unix:///path` or `ssh://user@host[:port]`. Empty: the local engine. It can't move a stack that runs: make a new one."),

    DOMAIN(
            EVERYWHERE,
            "domain",
            "localhost",
            "Host name of the product: `localhost` (Caddy's internal CA; `self-hosted` alone) or a public domain (Let's Encrypt; ACM on Fargate, the platform's own certificate on App Platform)."),
    TLS_EMAIL(ON_DOCKER, "tlsEmail", "", "Account address for Let's Encrypt. Required with a public domain."),
    ACME_STAGING(
            ON_DOCKER,
            "acmeStaging",
            "false",
            "`true` takes certificates from Let's Encrypt's staging CA, which browsers don't trust."),
    DNS_READY(
            EVERYWHERE,
            "dnsReady",
            "true",
            "`false` withholds what would hang until the domain's DNS records are there; the outputs say which records to make."),
    PUBLISH_ADDRESS(
            ON_GIVEN_HOST,
            "publishAddress",
            "127.0.0.1",
            "IPv4 address of the host on which Caddy's ports are published; `0.0.0.0` for all."),
    HTTP_PORT(ON_GIVEN_HOST, "httpPort", "80", "Port that redirects HTTP to HTTPS."),
    HTTPS_PORT(ON_GIVEN_HOST, "httpsPort", "443", "Port for HTTPS, on TCP and (HTTP/3) UDP."),
    MAX_REQUEST_BODY_MIB(
            ON_DOCKER,
            "maxRequestBodyMiB",
            "1",
            "Largest request body, 1 to 64 MiB; Caddy buffers it, so that a request can be tried again."),

    OBSERVABILITY(
            ON_DOCKER,
            "observability",
            "",
            "`true` runs Prometheus, Alertmanager, Grafana, Loki and their exporters beside the product, `false` doesn't. Empty: only in `prod`."),
    GRAFANA_DOMAIN(
            ON_DOCKER,
            "grafanaDomain",
            "",
            "Host name under which Caddy serves Grafana. Empty: `grafana.` and the domain."),
    ALERT_WEBHOOK_URL(
            ON_DOCKER,
            "alertWebhookUrl",
            "",
            "URL that Alertmanager posts alerts to, in its own JSON. Secret, because such URLs hold a token.",
            true),
    ALERT_EMAIL_TO(ON_DOCKER, "alertEmailTo", "", "Address that alerts are mailed to. Needs the next two."),
    ALERT_EMAIL_FROM(ON_DOCKER, "alertEmailFrom", "", "Address that alerts are mailed from."),
    ALERT_SMTP_HOST(ON_DOCKER, "alertSmtpHost", "", "Mail server that takes alerts, `host:port`; it must offer TLS."),
    ALERT_SMTP_USER(ON_DOCKER, "alertSmtpUser", "", "Login at the mail server. Empty: none."),
    ALERT_SMTP_PASSWORD(
            ON_DOCKER, "alertSmtpPassword", "", "Password at the mail server. Required with the login.", true),
    PROMETHEUS_RETENTION_DAYS(ON_DOCKER, "prometheusRetentionDays", "15", "How long Prometheus keeps metrics, days."),
    LOKI_RETENTION_DAYS(ON_DOCKER, "lokiRetentionDays", "14", "How long Loki keeps log lines, days."),

    API_IMAGE(
            EVERYWHERE,
            "apiImage",
            "",
            "Image of the API by digest, `name@sha256:…`, or, on a Docker host, the ID of a local one, `sha256:…`. Without it a preview warns and `up` refuses."),
    API_COMMAND(
            EVERYWHERE,
            "apiCommand",
            "[\"node\",\"src/server.js\"]",
            "Command that runs the API in its image: a JSON array of strings."),
    MIGRATE_COMMAND(
            EVERYWHERE,
            "migrateCommand",
            "[\"node\",\"src/migrate.js\"]",
            "Command that runs the migrations in the API's image: a JSON array of strings."),
    API_HEALTH_COMMAND(
            BESIDE_APP_PLATFORM,
            "apiHealthCommand",
            "[\"node\",\"src/healthcheck.js\"]",
            "Command that is run in the API's container to ask whether it is ready: a JSON array of strings."),
    API_ENV(
            EVERYWHERE,
            "apiEnv",
            "{}",
            "Plain environment variables of the API: a JSON object of strings, or a YAML map in the stack's file."),
    API_SECRETS(
            EVERYWHERE,
            "apiSecrets",
            "",
            "Secret environment variables of the API: a JSON object of strings, encrypted as a whole with `--secret`.",
            true),
    API_READY_PATH(EVERYWHERE, "apiReadyPath", "/ready", "Path of the API that says whether it may get traffic."),
    API_POOL_MAX(
            EVERYWHERE,
            "apiPoolMax",
            "10",
            "Most connections that one API instance opens to its PgBouncer (`DATABASE_POOL_MAX`)."),
    API_STOP_GRACE_SECONDS(
            EVERYWHERE,
            "apiStopGraceSeconds",
            "20",
            "Time that the API has to finish its requests before it is killed."),
    API_READY_TIMEOUT_SECONDS(
            EVERYWHERE,
            "apiReadyTimeoutSeconds",
            "120",
            "Time that a started API has to become ready before the deploy fails."),

    S3_ENDPOINT(
            EVERYWHERE,
            "s3Endpoint",
            "",
            "URL of an S3 service that keeps the API's objects, `https://host[:port]`. Empty: MinIO runs beside the API; Spaces on App Platform."),
    S3_BUCKET(
            EVERYWHERE,
            "s3Bucket",
            "freshtrack",
            "Bucket of the API's objects; made in MinIO and in Spaces, where its name must be unique, and expected to be there elsewhere."),
    S3_REGION(EVERYWHERE, "s3Region", "us-east-1", "Region that requests to the object storage are signed for."),

    POSTGRES_IMAGE(ON_DOCKER, "postgresImage", "postgres:15-alpine", "Image of PostgreSQL."),
    PGBOUNCER_IMAGE(
            EVERYWHERE,
            "pgbouncerImage",
            "edoburu/pgbouncer:v1.25.2-p0",
            "Any image with `pgbouncer`, `psql` and `pg_isready` on its PATH."),
    REDIS_IMAGE(EVERYWHERE, "redisImage", "redis:7.4-alpine", "Image of Redis."),
    MINIO_IMAGE(
            BESIDE_APP_PLATFORM,
            "minioImage",
            "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z",
            "Image of MinIO, or of a maintained fork of it."),
    CADDY_IMAGE(ON_DOCKER, "caddyImage", "caddy:2.11.9-alpine", "Image of Caddy, 2.11.5 or newer."),
    BACKUP_IMAGE(
            BESIDE_APP_PLATFORM,
            "backupImage",
            "eeshugerman/postgres-backup-s3:15",
            "Any image with `sh`, `tar`, `flock`, `gpg`, `aws` and PostgreSQL's clients, at least as new as the server, on its PATH."),
    PROMETHEUS_IMAGE(ON_DOCKER, "prometheusImage", "prom/prometheus:v3.14.0", "Image of Prometheus."),
    ALERTMANAGER_IMAGE(ON_DOCKER, "alertmanagerImage", "prom/alertmanager:v0.32.2", "Image of Alertmanager."),
    GRAFANA_IMAGE(ON_DOCKER, "grafanaImage", "grafana/grafana:13.2.0", "Image of Grafana."),
    LOKI_IMAGE(ON_DOCKER, "lokiImage", "grafana/loki:3.7.6", "Image of Loki."),
    ALLOY_IMAGE(ON_DOCKER, "alloyImage", "grafana/alloy:v1.18.1", "Image of Alloy, which brings log lines to Loki."),
    NODE_EXPORTER_IMAGE(ON_DOCKER, "nodeExporterImage", "prom/node-exporter:v1.12.1", "Image of node_exporter."),
    POSTGRES_EXPORTER_IMAGE(
            ON_DOCKER,
            "postgresExporterImage",
            "quay.io/prometheuscommunity/postgres-exporter:v0.20.1",
            "Image of postgres_exporter."),
    PGBOUNCER_EXPORTER_IMAGE(
            ON_DOCKER,
            "pgbouncerExporterImage",
            "prometheuscommunity/pgbouncer-exporter:v0.12.1",
            "Image of pgbouncer_exporter."),
    BLACKBOX_EXPORTER_IMAGE(
            ON_DOCKER, "blackboxExporterImage", "prom/blackbox-exporter:v0.28.0", "Image of blackbox_exporter."),

    PRIVATE_REGISTRY(
            ON_DOCKER,
            "privateRegistry",
            "",
            "Registry that wants a login, such as `ghcr.io`: that of `~/.docker/config.json` where `pulumi up` runs, or, on a Droplet or an EC2 instance, `registryLogin`."),
    REGISTRY_LOGIN(
            ON_MACHINE, "registryLogin", "", "Login at `privateRegistry`, `user:password`. Required with it.", true),

    BACKUP(
            ON_DOCKER,
            "backup",
            "",
            "`true` or `false`: whether backups are made. Empty: in `prod` they are, in `dev` not."),
    BACKUP_PERIOD_HOURS(ON_DOCKER, "backupPeriodHours", "24", "Time from one backup to the next, 1 to 168 hours."),
    BACKUP_KEEP_DAYS(
            ON_DOCKER,
            "backupKeepDays",
            "30",
            "Age from which a backup is removed, days, if enough newer ones are there."),
    BACKUP_KEEP_AT_LEAST(ON_DOCKER, "backupKeepAtLeast", "7", "Newest backups that are kept whatever their age."),
    BACKUP_S3_ENDPOINT(
            ON_DOCKER,
            "backupS3Endpoint",
            "",
            "URL of an S3 service that keeps backups off-site, `https://host[:port]`. Empty: they stay on the Docker host."),
    BACKUP_S3_BUCKET(
            ON_DOCKER, "backupS3Bucket", "", "Bucket there, expected to be there. Required with `backupS3Endpoint`."),
    BACKUP_S3_REGION(ON_DOCKER, "backupS3Region", "us-east-1", "Region that requests to it are signed for."),
    BACKUP_PUBLIC_KEY(
            ON_DOCKER,
            "backupPublicKey",
            "",
            "Armored public key of GnuPG that off-site backups are encrypted to. Required with `backupS3Endpoint`."),

    POSTGRES_VOLUME(
            ON_DOCKER,
            "postgresVolume",
            "postgres",
            "Volume of PostgreSQL's data, `postgres` or `postgres-…`. Another one is empty at first: for a new major version."),
    MAX_CONNECTIONS(
            ON_DOCKER, "maxConnections", "100", "`max_connections` of PostgreSQL: what the pool policy shares out."),
    POOL_MODE(EVERYWHERE, "poolMode", "transaction", "`pool_mode` of PgBouncer: `transaction` or `session`."),
    DEFAULT_POOL_SIZE(
            EVERYWHERE, "defaultPoolSize", "", "`default_pool_size`. Empty: the largest that fits, at most 25."),
    MIN_POOL_SIZE(
            BESIDE_APP_PLATFORM,
            "minPoolSize",
            "",
            "`min_pool_size`. Empty: 10, or the default pool size where that is smaller."),
    RESERVE_POOL_SIZE(
            BESIDE_APP_PLATFORM, "reservePoolSize", "", "`reserve_pool_size`. Empty: what still fits, at most 5."),
    MAX_CLIENT_CONN(BESIDE_APP_PLATFORM, "maxClientConn", "", "`max_client_conn` of each PgBouncer. Empty: 1000."),
    MAX_PREPARED_STATEMENTS(
            BESIDE_APP_PLATFORM,
            "maxPreparedStatements",
            "200",
            "`max_prepared_statements` of PgBouncer; 0 turns their tracking off."),

    HOST_MEMORY_MIB(
            ON_GIVEN_HOST,
            "hostMemoryMiB",
            "4096",
            "Memory of the host, MiB: what all containers, a deploy's surge included, must fit in."),
    HOST_CPUS(ON_GIVEN_HOST, "hostCpus", "2", "Processors of the host: the most that one container may be given."),
    API_MEMORY_MIB(ON_DOCKER, "apiMemoryMiB", "256", "Memory of one API instance, and of a migration, MiB."),
    API_CPUS(ON_DOCKER, "apiCpus", "1", "Processors of one API instance."),
    PGBOUNCER_MEMORY_MIB(BESIDE_APP_PLATFORM, "pgbouncerMemoryMiB", "64", "Memory of one PgBouncer, MiB."),
    PGBOUNCER_CPUS(ON_DOCKER, "pgbouncerCpus", "0.5", "Processors of one PgBouncer."),
    POSTGRES_MEMORY_MIB(
            ON_DOCKER,
            "postgresMemoryMiB",
            "1536",
            "Memory of PostgreSQL, MiB; a quarter of it becomes `shared_buffers`."),
    POSTGRES_CPUS(ON_DOCKER, "postgresCpus", "2", "Processors of PostgreSQL."),
    REDIS_MEMORY_MIB(ON_DOCKER, "redisMemoryMiB", "128", "Memory of Redis, MiB; its `maxmemory` is derived from it."),
    REDIS_CPUS(ON_DOCKER, "redisCpus", "0.5", "Processors of Redis."),
    MINIO_MEMORY_MIB(ON_DOCKER, "minioMemoryMiB", "256", "Memory of MinIO, MiB."),
    MINIO_CPUS(ON_DOCKER, "minioCpus", "1", "Processors of MinIO."),
    CADDY_MEMORY_MIB(ON_DOCKER, "caddyMemoryMiB", "128", "Memory of Caddy, MiB."),
    CADDY_CPUS(ON_DOCKER, "caddyCpus", "1", "Processors of Caddy."),
    BACKUP_MEMORY_MIB(ON_DOCKER, "backupMemoryMiB", "256", "Memory of the backup service, MiB."),
    BACKUP_CPUS(ON_DOCKER, "backupCpus", "1", "Processors of the backup service."),
    PROMETHEUS_MEMORY_MIB(ON_DOCKER, "prometheusMemoryMiB", "512", "Memory of Prometheus, MiB, where monitoring runs."),
    GRAFANA_MEMORY_MIB(ON_DOCKER, "grafanaMemoryMiB", "512", "Memory of Grafana, MiB, where monitoring runs."),
    LOKI_MEMORY_MIB(ON_DOCKER, "lokiMemoryMiB", "512", "Memory of Loki, MiB, where monitoring runs."),

    DATABASE(
            ON_DATABASE_SERVICE,
            "database",
            "",
            "Where PostgreSQL runs: `rds` on Fargate (a container on ECS, `ecs-ebs`, is refused, because it would lose its data); `container` or `managed`, DigitalOcean Managed PostgreSQL, on a Droplet; `managed` on App Platform. Empty: the first."),
    POSTGRES_VERSION(
            ON_DATABASE_SERVICE,
            "postgresVersion",
            "15",
            "Major version of a database that the cloud runs: 15, 16 or 17. A newer one upgrades it in place, with some minutes of downtime; none goes back."),

    DO_REGION(
            ON_DIGITALOCEAN,
            "doRegion",
            "nyc3",
            "Datacenter of everything; another one makes everything anew, without its data. App Platform knows `nyc1`, not `nyc3`."),
    DROPLET_SIZE(
            ON_DROPLET,
            "dropletSize",
            "s-2vcpu-4gb",
            "Size of the Droplet, 2 processors and 4 GB at least: from `s-2vcpu-4gb` (24 USD a month) to `s-8vcpu-16gb` (96)."),
    SSH_CIDRS(
            ON_MACHINE,
            "sshCidrs",
            "",
            "Networks that may reach SSH, separated by commas, such as `198.51.100.7/32`; the machine that deploys must be in one. Required."),
    SSH_KEYS(
            ON_DROPLET,
            "sshKeys",
            "",
            "Further SSH keys of the account that lead into a new Droplet, by ID or fingerprint, separated by commas; a live one keeps those it has."),
    DATA_VOLUME_GIB(
            ON_MACHINE, "dataVolumeGiB", "20", "Block volume that holds the data, GiB; it can grow, never shrink."),
    DROPLET_BACKUPS(
            ON_DROPLET,
            "dropletBackups",
            "none",
            "Backups of the Droplet's own disk, which holds no data: `none`, `weekly` or `daily`."),
    DNS_ZONE(
            ON_DIGITALOCEAN,
            "dnsZone",
            "",
            "Domain in DigitalOcean's DNS that the product's host names are in. Empty: the outputs say which records to make elsewhere."),
    HOST_KEY(
            ON_MACHINE,
            "hostKey",
            "",
            "Private key, Ed25519, by which the machine proves who it is; `scripts/setup keys STACK` makes it. Without it a preview warns and `up` refuses.",
            true),
    DEPLOY_KEY(
            ON_MACHINE, "deployKey", "", "Private key, Ed25519, that deploys log in with; made with `hostKey`.", true),

    DATABASE_SIZE(
            ON_DIGITALOCEAN,
            "databaseSize",
            "db-s-1vcpu-2gb",
            "Size of a node of Managed PostgreSQL, from `db-s-1vcpu-1gb` (15 USD a month) to `db-s-8vcpu-32gb` (480); `max_connections` follows from it. It can grow, never shrink."),
    DATABASE_NODE_COUNT(
            ON_DIGITALOCEAN,
            "databaseNodeCount",
            "",
            "Nodes of Managed PostgreSQL: 1, or 2 with a standby that takes over. Empty: 2 in `prod`, or else 1."),
    DATABASE_ADMIN_CIDRS(
            ON_DIGITALOCEAN,
            "databaseAdminCidrs",
            "",
            "IPv4 networks that reach Managed PostgreSQL beside the product, separated by commas. Empty: none."),

    API_INSTANCE_SIZE(
            ON_APP_PLATFORM,
            "apiInstanceSize",
            "apps-s-1vcpu-1gb",
            "Size of an instance of the API, from `apps-s-1vcpu-0.5gb` (5 USD a month) to `apps-d-2vcpu-8gb` (98)."),
    API_INSTANCE_COUNT(
            ON_APP_PLATFORM,
            "apiInstanceCount",
            "2",
            "Instances of the API; the fewest where `apiMaxInstanceCount` is set."),
    API_MAX_INSTANCE_COUNT(
            ON_APP_PLATFORM,
            "apiMaxInstanceCount",
            "",
            "Most instances of the API that autoscaling runs; only sizes `apps-d-…` can. Empty: it doesn't."),
    REDIS_INSTANCE_SIZE(ON_APP_PLATFORM, "redisInstanceSize", "apps-s-1vcpu-0.5gb", "Size of the instance of Redis."),
    REGISTRY_CREDENTIALS(
            ON_APP_PLATFORM,
            "registryCredentials",
            "",
            "`user:token` for the registry of the API's image, on Docker Hub or ghcr.io. Empty: it needs none.",
            true),

    AWS_REGION(ON_AWS, "awsRegion", "us-east-1", "Region of everything, the certificate included."),
    EC2_ZONE(
            ON_EC2,
            "ec2Zone",
            "",
            "Availability zone of instance and volume, such as `us-east-1a`. Empty: the region's `a`. Another one makes everything anew, without its data."),
    EC2_INSTANCE_TYPE(
            ON_EC2,
            "ec2InstanceType",
            "t3.medium",
            "Type of the instance, 2 processors and 4 GB at least: `t3.medium`, `t3.large`, `t3.xlarge`, the same of `t3a`, `m6i.large` or `m6i.xlarge`."),
    EC2_AMI(
            ON_EC2,
            "ec2Ami",
            "",
            "ID of the image that a new instance starts from: Ubuntu 22.04 for x86 in the region; a live one stays what it is. Required."),
    SNAPSHOT_KEEP_DAYS(
            ON_EC2, "snapshotKeepDays", "7", "How long the daily snapshots of the data volume are kept, days."),
    AWS_ZONES(
            ON_FARGATE,
            "awsZones",
            "",
            "Two or three availability zones of the region, such as `us-east-1a,us-east-1b`. Empty: its `a` and `b`. One more changes no existing subnet."),
    VPC_CIDR(
            ON_AWS,
            "vpcCidr",
            "10.20.0.0/16",
            "Private IPv4 range of the network, /16 to /21; another one replaces everything in it."),
    NAT(
            ON_FARGATE,
            "nat",
            "single",
            "How tasks reach the internet: `none` (in public subnets, with public addresses that let nothing in), `single` NAT gateway, or one `per-zone`."),
    TLS_POLICY(
            ON_FARGATE,
            "tlsPolicy",
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "Security policy of the HTTPS listener; TLS 1.2 at least."),
    HOSTED_ZONE_ID(
            ON_AWS,
            "hostedZoneId",
            "",
            "ID of the Route 53 zone that holds the domain. Empty: the outputs say which records to make elsewhere."),
    DATABASE_INSTANCE_CLASS(
            ON_FARGATE,
            "databaseInstanceClass",
            "db.t4g.medium",
            "Class of the RDS instance; `max_connections` follows from it."),
    DATABASE_MULTI_AZ(
            ON_FARGATE,
            "databaseMultiAz",
            "",
            "`true` or `false`: whether a standby is in another zone. Empty: only in `prod`."),
    DATABASE_STORAGE_GIB(
            ON_FARGATE,
            "databaseStorageGiB",
            "20",
            "Storage of the database, GiB, from 20; it can grow, never shrink."),
    DATABASE_RETENTION_DAYS(
            ON_FARGATE,
            "databaseRetentionDays",
            "7",
            "How far back the database can be restored to a point in time, days; 7 to 35 in `prod`, 1 to 35 elsewhere."),
    DATABASE_CA_FILE(
            ON_FARGATE,
            "databaseCaFile",
            "",
            "File with the certificates of the region's RDS authorities, PEM, which PgBouncer holds the server's against. Without it a preview warns and `up` refuses."),
    API_TASK_CPU(ON_FARGATE, "apiTaskCpu", "512", "Processor units of one API unit's task, 1024 for each processor."),
    API_TASK_MEMORY_MIB(
            ON_FARGATE, "apiTaskMemoryMiB", "1024", "Memory of one API unit's task, MiB, its PgBouncer's included."),
    API_MIN_COUNT(
            ON_FARGATE,
            "apiMinCount",
            "2",
            "Fewest API units that autoscaling keeps, and how many there are at first."),
    API_MAX_COUNT(
            ON_FARGATE,
            "apiMaxCount",
            "4",
            "Most API units that autoscaling runs; the pool policy counts with twice as many and one more."),
    API_SPOT_WEIGHT(
            ON_FARGATE,
            "apiSpotWeight",
            "0",
            "How many API units run on Fargate Spot for each further one on Fargate, beyond `apiMinCount`, 0 to 10."),
    REDIS_TASK_CPU(ON_FARGATE, "redisTaskCpu", "256", "Processor units of the task of Redis."),
    REDIS_TASK_MEMORY_MIB(ON_FARGATE, "redisTaskMemoryMiB", "512", "Memory of the task of Redis, MiB."),
    MINIO_TASK_CPU(ON_FARGATE, "minioTaskCpu", "256", "Processor units of the task of MinIO."),
    MINIO_TASK_MEMORY_MIB(ON_FARGATE, "minioTaskMemoryMiB", "512", "Memory of the task of MinIO, MiB."),
    ECS_EXEC(
            ON_FARGATE, "ecsExec", "false", "`true` lets who may call `ecs:ExecuteCommand` into the API's containers."),
    SECRETS_KMS_KEY_ARN(
            ON_AWS, "secretsKmsKeyArn", "", "KMS key that encrypts the secrets. Empty: Secrets Manager's own."),
    LOG_RETENTION_DAYS(ON_FARGATE, "logRetentionDays", "30", "How long CloudWatch keeps log lines, days."),
    DUMP_KEEP_DAYS(ON_FARGATE, "dumpKeepDays", "30", "How long the nightly dumps of the database are kept, days."),
    ALARM_EMAIL(
            ON_CLOUD,
            "alarmEmail",
            "",
            "Address that the cloud mails its alarms to; AWS asks it for a confirmation, DigitalOcean takes those of the team's members. Empty: they reach nobody."),

    POSTGRES_PASSWORD(ON_DOCKER, "postgresPassword", "", "Password of the role `postgres`. Empty: generated.", true),
    APP_DATABASE_PASSWORD(
            BESIDE_APP_PLATFORM,
            "appDatabasePassword",
            "",
            "Password of the role `frostguard`. Empty: generated.",
            true),
    MIGRATOR_DATABASE_PASSWORD(
            BESIDE_APP_PLATFORM,
            "migratorDatabasePassword",
            "",
            "Password of the role `frostguard_migrator`. Empty: generated.",
            true),
    MONITOR_DATABASE_PASSWORD(
            ON_DOCKER,
            "monitorDatabasePassword",
            "",
            "Password of the role `frostguard_monitor`. Empty: generated.",
            true),
    REDIS_PASSWORD(EVERYWHERE, "redisPassword", "", "Password of Redis. Empty: generated.", true),
    MINIO_ROOT_PASSWORD(
            BESIDE_APP_PLATFORM, "minioRootPassword", "", "Password of MinIO's root user. Empty: generated.", true),
    BACKUP_DATABASE_PASSWORD(
            ON_DOCKER,
            "backupDatabasePassword",
            "",
            "Password of the role `frostguard_backup`. Empty: generated.",
            true),
    S3_ACCESS_KEY(
            EVERYWHERE, "s3AccessKey", "", "Access key ID at `s3Endpoint`, or of Spaces. Required with it.", true),
    S3_SECRET_KEY(
            EVERYWHERE, "s3SecretKey", "", "Secret access key at `s3Endpoint`, or of Spaces. Required with it.", true),
    BACKUP_S3_ACCESS_KEY(
            ON_DOCKER, "backupS3AccessKey", "", "Access key ID at `backupS3Endpoint`. Required with it.", true),
    BACKUP_S3_SECRET_KEY(
            ON_DOCKER, "backupS3SecretKey", "", "Secret access key at `backupS3Endpoint`. Required with it.", true);

    /** The project's name, before the colon of every key. */
    public static final String NAMESPACE = "freshtrack";

    private final Scope scope;
    private final String text;
    private final String defaultValue;
    private final String description;
    private final boolean secret;

    ConfigKey(Scope scope, String text, String defaultValue, String description) {
        this(scope, text, defaultValue, description, false);
    }

    ConfigKey(Scope scope, String text, String defaultValue, String description, boolean secret) {
        this.scope = scope;
        this.text = text;
        this.defaultValue = defaultValue;
        this.description = description;
        this.secret = secret;
    }

    /** Where the key means something; it is refused elsewhere. */
    public Scope scope() {
        return scope;
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
