package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.lb.Listener;
import com.pulumi.aws.lb.ListenerArgs;
import com.pulumi.aws.lb.LoadBalancerArgs;
import com.pulumi.aws.lb.TargetGroup;
import com.pulumi.aws.lb.TargetGroupArgs;
import com.pulumi.aws.lb.inputs.ListenerDefaultActionArgs;
import com.pulumi.aws.lb.inputs.ListenerDefaultActionRedirectArgs;
import com.pulumi.aws.lb.inputs.LoadBalancerAccessLogsArgs;
import com.pulumi.aws.lb.inputs.TargetGroupHealthCheckArgs;
import com.pulumi.aws.route53.Record;
import com.pulumi.aws.route53.RecordArgs;
import com.pulumi.aws.route53.inputs.RecordAliasArgs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Optional;

/** The front door: HTTPS for the API, a redirect for HTTP, and the domain's own record where the zone is ours. */
final class LoadBalancer {

    private final Parent parent;
    private final com.pulumi.aws.lb.LoadBalancer balancer;
    private final TargetGroup apis;
    private final Optional<Listener> https;

    LoadBalancer(
            Parent parent,
            StackConfig config,
            Network network,
            SecurityGroup group,
            Cluster cluster,
            Optional<Output<String>> validArn) {
        this.parent = parent;
        var frontDoor = config.aws().orElseThrow().frontDoor();
        var logs = new AccessLogs(parent, config.environment(), cluster.account());
        this.balancer = new com.pulumi.aws.lb.LoadBalancer(
                parent.child("lb"),
                LoadBalancerArgs.builder()
                        .loadBalancerType("application")
                        .internal(false)
                        .subnets(network.publicSubnetIds())
                        .securityGroups(group.id().applyValue(List::of))
                        .dropInvalidHeaderFields(true)
                        .enableDeletionProtection(config.environment() == Environment.PROD)
                        .accessLogs(LoadBalancerAccessLogsArgs.builder()
                                .bucket(logs.bucket())
                                .enabled(true)
                                .build())
                        .build(),
                parent.after(logs.policy(), network.internet()));
        this.apis = targets(config, network);
        redirect();
        this.https = validArn.map(arn -> https(frontDoor.tlsPolicy(), arn));
        frontDoor.hostedZoneId().ifPresent(zone -> domain(zone, config.site().domain()));
    }

    com.pulumi.aws.lb.LoadBalancer balancer() {
        return balancer;
    }

    TargetGroup apis() {
        return apis;
    }

    /** What sends traffic to the API units; empty while DNS isn't ready. */
    Optional<Listener> https() {
        return https;
    }

    /** By its own name, because a group's port or kind can't be changed while the old one is in use. */
    private TargetGroup targets(StackConfig config, Network network) {
        return new TargetGroup(
                parent.child("api"),
                TargetGroupArgs.builder()
                        .vpcId(network.vpc().id())
                        .targetType("ip")
                        .port(FargateServices.API_PORT)
                        .protocol("HTTP")
                        .deregistrationDelay(config.api().stopGraceSeconds())
                        .healthCheck(TargetGroupHealthCheckArgs.builder()
                                .path(config.api().readyPath())
                                .matcher("200")
                                .interval(FargateServices.HEALTH_INTERVAL_SECONDS)
                                .timeout(5)
                                .healthyThreshold(2)
                                .unhealthyThreshold(FargateServices.HEALTH_RETRIES)
                                .build())
                        .build(),
                parent.options());
    }

    private void redirect() {
        new Listener(
                parent.child("http"),
                ListenerArgs.builder()
                        .loadBalancerArn(balancer.arn())
                        .port(80)
                        .protocol("HTTP")
                        .defaultActions(ListenerDefaultActionArgs.builder()
                                .type("redirect")
                                .redirect(ListenerDefaultActionRedirectArgs.builder()
                                        .port("443")
                                        .protocol("HTTPS")
                                        .statusCode("HTTP_301")
                                        .build())
                                .build())
                        .build(),
                parent.options());
    }

    private Listener https(String tlsPolicy, Output<String> certificateArn) {
        return new Listener(
                parent.child("https"),
                ListenerArgs.builder()
                        .loadBalancerArn(balancer.arn())
                        .port(443)
                        .protocol("HTTPS")
                        .sslPolicy(tlsPolicy)
                        .certificateArn(certificateArn)
                        .defaultActions(ListenerDefaultActionArgs.builder()
                                .type("forward")
                                .targetGroupArn(apis.arn())
                                .build())
                        .build(),
                parent.options());
    }

    private void domain(String zone, String domain) {
        new Record(
                parent.child("domain"),
                RecordArgs.builder()
                        .zoneId(zone)
                        .name(domain)
                        .type("A")
                        .aliases(RecordAliasArgs.builder()
                                .name(balancer.dnsName())
                                .zoneId(balancer.zoneId())
                                .evaluateTargetHealth(true)
                                .build())
                        .build(),
                parent.options());
    }
}
