package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.AppPlatformConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.AppPlatformServices;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.HealthCheck;
import com.freshtrack.infra.services.ManagedPostgresRoles;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.inputs.AppSpecAlertArgs;
import com.pulumi.digitalocean.inputs.AppSpecAlertDestinationsArgs;
import com.pulumi.digitalocean.inputs.AppSpecArgs;
import com.pulumi.digitalocean.inputs.AppSpecDatabaseArgs;
import com.pulumi.digitalocean.inputs.AppSpecDomainNameArgs;
import com.pulumi.digitalocean.inputs.AppSpecEnvArgs;
import com.pulumi.digitalocean.inputs.AppSpecIngressArgs;
import com.pulumi.digitalocean.inputs.AppSpecIngressRuleArgs;
import com.pulumi.digitalocean.inputs.AppSpecIngressRuleComponentArgs;
import com.pulumi.digitalocean.inputs.AppSpecIngressRuleMatchArgs;
import com.pulumi.digitalocean.inputs.AppSpecIngressRuleMatchPathArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceAutoscalingArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceAutoscalingMetricsArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceAutoscalingMetricsCpuArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceHealthCheckArgs;
import com.pulumi.digitalocean.inputs.AppSpecServiceTerminationArgs;
import com.pulumi.digitalocean.inputs.AppSpecVpcArgs;
import java.util.Map;

/**
 * The app as App Platform takes it: https://docs.digitalocean.com/products/app-platform/reference/app-spec/.
 *
 * @param components what it runs
 * @param secrets the values of the secrets that the components name
 */
record AppSpec(StackConfig config, AppComponents components, Map<String, Output<String>> secrets) {
    private static final int CPU_PERCENT = 70;

    /** Where the app is and what it stands on, known once that is there. */
    record Ground(Output<String> vpcId, Output<String> clusterName, Output<String> host, Output<String> poolHost) {}

    AppSpecArgs render(Ground ground, String fingerprint) {
        var appPlatform = config.appPlatform().orElseThrow();
        var sources = new AppSources(components.api().image(), appPlatform.registryCredentials(), secrets);
        var spec = AppSpecArgs.builder()
                .name(config.prefix())
                .region(appPlatform.region().app())
                .vpcs(AppSpecVpcArgs.builder().id(ground.vpcId()).build())
                .envs(
                        variable(AppPlatformServices.DATABASE_HOST, ground.host()),
                        variable(AppPlatformServices.POOL_HOST, ground.poolHost()),
                        variable(DeployedSecrets.VARIABLE, Output.of(fingerprint)))
                .databases(
                        database(AppComponents.APP, FreshTrackServices.APP_ROLE, ground),
                        database(AppComponents.MIGRATOR, FreshTrackServices.MIGRATOR_ROLE, ground),
                        database(AppComponents.ADMIN, ManagedPostgresRoles.ADMIN_ROLE, ground))
                .services(api(appPlatform, sources), redis(appPlatform, sources))
                .jobs(
                        sources.job(
                                "migrate",
                                components.migrate(),
                                appPlatform.api().size()),
                        sources.job("roles", components.roles(), appPlatform.redis()))
                .ingress(AppSpecIngressArgs.builder()
                        .rules(AppSpecIngressRuleArgs.builder()
                                .component(AppSpecIngressRuleComponentArgs.builder()
                                        .name("api")
                                        .build())
                                .match(AppSpecIngressRuleMatchArgs.builder()
                                        .path(AppSpecIngressRuleMatchPathArgs.builder()
                                                .prefix("/")
                                                .build())
                                        .build())
                                .build())
                        .build());
        if (config.site().dnsReady()) {
            spec.domainNames(domain(appPlatform));
        }
        appPlatform
                .alarmEmail()
                .ifPresent(email -> spec.alerts(alert("DEPLOYMENT_FAILED", email), alert("DOMAIN_FAILED", email)));
        return spec.build();
    }

    private AppSpecServiceArgs api(AppPlatformConfig appPlatform, AppSources sources) {
        var service = sources.service("api", components.api(), appPlatform.api().size())
                .httpPort(AppPlatformServices.API_PORT)
                .healthCheck(healthCheck(components.api().spec().healthCheck().orElseThrow())
                        .httpPath(config.api().readyPath())
                        .port(AppPlatformServices.API_PORT)
                        .build())
                .termination(AppSpecServiceTerminationArgs.builder()
                        .gracePeriodSeconds(components.api().spec().process().stopGraceSeconds())
                        .build());
        if (appPlatform.api().maxCount().isPresent()) {
            service.autoscaling(AppSpecServiceAutoscalingArgs.builder()
                    .minInstanceCount(appPlatform.api().count())
                    .maxInstanceCount(appPlatform.api().maxCount().getAsInt())
                    .metrics(AppSpecServiceAutoscalingMetricsArgs.builder()
                            .cpu(AppSpecServiceAutoscalingMetricsCpuArgs.builder()
                                    .percent(CPU_PERCENT)
                                    .build())
                            .build())
                    .build());
        } else {
            service.instanceCount(appPlatform.api().count());
        }
        appPlatform.alarmEmail().ifPresent(email -> service.alerts(AppAlerts.ofService(email)));
        return service.build();
    }

    /** Without a port for HTTP it is reached from within the app alone. */
    private AppSpecServiceArgs redis(AppPlatformConfig appPlatform, AppSources sources) {
        var service = sources.service("redis", components.redis(), appPlatform.redis())
                .instanceCount(1)
                .internalPorts(AppPlatformServices.REDIS_PORT)
                .healthCheck(healthCheck(components.redis().spec().healthCheck().orElseThrow())
                        .port(AppPlatformServices.REDIS_PORT)
                        .build())
                .termination(AppSpecServiceTerminationArgs.builder()
                        .gracePeriodSeconds(components.redis().spec().process().stopGraceSeconds())
                        .build());
        appPlatform.alarmEmail().ifPresent(email -> service.alerts(AppAlerts.ofService(email)));
        return service.build();
    }

    /** The most failures in a row that App Platform takes. */
    private static final int MOST_FAILURES = 50;

    /**
     * How often, and how many failures in a row count: as many as fit the time that it may take to get ready, because the platform knows
     * no other. What is asked is an address and not a command.
     */
    private static AppSpecServiceHealthCheckArgs.Builder healthCheck(HealthCheck check) {
        return AppSpecServiceHealthCheckArgs.builder()
                .periodSeconds(check.intervalSeconds())
                .timeoutSeconds(check.timeoutSeconds())
                .failureThreshold(Math.min(
                        MOST_FAILURES, Math.max(check.retries(), check.startPeriodSeconds() / check.intervalSeconds())))
                .successThreshold(1);
    }

    private static AppSpecEnvArgs variable(String key, Output<String> value) {
        return AppSpecEnvArgs.builder()
                .key(key)
                .scope(AppSources.RUN_TIME)
                .value(value)
                .build();
    }

    private static AppSpecDatabaseArgs database(String name, String role, Ground ground) {
        return AppSpecDatabaseArgs.builder()
                .name(name)
                .engine("PG")
                .production(true)
                .clusterName(ground.clusterName())
                .dbName(FreshTrackServices.DATABASE)
                .dbUser(role)
                .build();
    }

    private AppSpecDomainNameArgs domain(AppPlatformConfig appPlatform) {
        var domain =
                AppSpecDomainNameArgs.builder().name(config.site().domain()).type("PRIMARY");
        appPlatform.dnsZone().ifPresent(domain::zone);
        return domain.build();
    }

    private static AppSpecAlertArgs alert(String rule, String email) {
        return AppSpecAlertArgs.builder()
                .rule(rule)
                .destinations(
                        AppSpecAlertDestinationsArgs.builder().emails(email).build())
                .build();
    }
}
