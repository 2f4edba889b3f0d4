package com.freshtrack.infra.services;

/** The names of the product's own secrets: their files are {@code /run/secrets/NAME}. */
public final class SecretNames {
    public static final String POSTGRES = "postgres_password";
    public static final String DATABASE_ADMIN = "database_admin_password";
    public static final String APP_DATABASE = "app_database_password";
    public static final String MIGRATOR_DATABASE = "migrator_database_password";
    public static final String BACKUP_DATABASE = "backup_database_password";
    public static final String REDIS = "redis_password";
    public static final String MINIO_ROOT = "minio_root_password";

    /** Where a database is that the cloud runs, its pool and its authority's certificate: known when they are made, like passwords. */
    public static final String DATABASE_HOST = "database_host";

    public static final String DATABASE_POOL_HOST = "database_pool_host";
    public static final String DATABASE_POOL = "database_pool";
    public static final String DATABASE_AUTHORITIES = "database_authorities";

    /** What watches the product; there only where it is watched. */
    public static final String MONITOR_DATABASE = "monitor_database_password";

    public static final String GRAFANA_ADMIN = "grafana_admin_password";
    public static final String ALERT_WEBHOOK = "alert_webhook_url";
    public static final String ALERT_SMTP = "alert_smtp_password";

    public static final String S3_ACCESS_KEY = "s3_access_key";
    public static final String S3_SECRET_KEY = "s3_secret_key";

    public static final String BACKUP_S3_ACCESS_KEY = "backup_s3_access_key";
    public static final String BACKUP_S3_SECRET_KEY = "backup_s3_secret_key";

    private SecretNames() {}
}
