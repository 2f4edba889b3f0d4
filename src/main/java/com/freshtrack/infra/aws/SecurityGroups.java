package com.freshtrack.infra.aws;

import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ec2.SecurityGroupArgs;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.vpc.SecurityGroupEgressRule;
import com.pulumi.aws.vpc.SecurityGroupEgressRuleArgs;
import com.pulumi.aws.vpc.SecurityGroupIngressRule;
import com.pulumi.aws.vpc.SecurityGroupIngressRuleArgs;
import java.util.Optional;

/**
 * Who may speak to whom in a stack on ECS, as rules of their own that name the other group: none has a rule inside, which
 * would fight with them.
 *
 * <p>From the internet only the load balancer can be reached, on 80 and 443. Tasks reach the internet on 443: the registry,
 * AWS itself, hosted logins.
 */
final class SecurityGroups {
    private static final int HTTPS = 443;
    private static final int NFS = 2049;

    private final Parent parent;
    private final Vpc vpc;
    private final SecurityGroup loadBalancer;
    private final SecurityGroup api;
    private final SecurityGroup work;
    private final SecurityGroup database;
    private final SecurityGroup redis;
    private final Optional<SecurityGroup> minio;
    private final SecurityGroup files;

    /**
     * Makes the groups and their rules.
     *
     * @param hasMinio whether MinIO runs in the stack
     */
    SecurityGroups(Parent parent, Vpc vpc, boolean hasMinio) {
        this.parent = parent;
        this.vpc = vpc;
        this.loadBalancer = group("load-balancer", "The load balancer");
        this.api = group("api", "API units");
        this.work = group("work", "One-off tasks that reach the database");
        this.database = group("database", "The database");
        this.redis = group("redis", "Redis");
        this.minio = hasMinio ? Optional.of(group("minio", "MinIO")) : Optional.empty();
        this.files = group("files", "File systems");

        admit(parent, "internet-load-balancer-80", loadBalancer, "tcp", 80, PublicNetwork.INTERNET);
        admit(parent, "internet-load-balancer-443", loadBalancer, "tcp", HTTPS, PublicNetwork.INTERNET);
        allow("load-balancer-api", loadBalancer, api, FargateServices.API_PORT);
        allow("api-database", api, database, 5432);
        allow("work-database", work, database, 5432);
        allow("api-redis", api, redis, 6379);
        allow("redis-files", redis, files, NFS);
        minio.ifPresent(group -> {
            allow("api-minio", api, group, 9000);
            allow("minio-files", group, files, NFS);
            toInternet("minio", group);
        });
        toInternet("api", api);
        toInternet("work", work);
        toInternet("redis", redis);
    }

    SecurityGroup loadBalancer() {
        return loadBalancer;
    }

    SecurityGroup api() {
        return api;
    }

    /** The one-off tasks: roles and migrations. */
    SecurityGroup work() {
        return work;
    }

    SecurityGroup database() {
        return database;
    }

    SecurityGroup redis() {
        return redis;
    }

    /** Empty where MinIO doesn't run in the stack. */
    Optional<SecurityGroup> minio() {
        return minio;
    }

    SecurityGroup files() {
        return files;
    }

    private SecurityGroup group(String name, String description) {
        return group(parent, vpc, name, description);
    }

    /** A group without rules. */
    static SecurityGroup group(Parent parent, Vpc vpc, String name, String description) {
        return new SecurityGroup(
                parent.child(name),
                SecurityGroupArgs.builder()
                        .vpcId(vpc.id())
                        .description(description)
                        .build(),
                parent.options());
    }

    /** Lets an IPv4 network in on one port. */
    static void admit(Parent parent, String name, SecurityGroup group, String protocol, int port, String network) {
        new SecurityGroupIngressRule(
                parent.child(name),
                SecurityGroupIngressRuleArgs.builder()
                        .securityGroupId(group.id())
                        .cidrIpv4(network)
                        .ipProtocol(protocol)
                        .fromPort(port)
                        .toPort(port)
                        .build(),
                parent.options());
    }

    private void toInternet(String name, SecurityGroup from) {
        new SecurityGroupEgressRule(
                parent.child(name + "-internet"),
                SecurityGroupEgressRuleArgs.builder()
                        .securityGroupId(from.id())
                        .cidrIpv4(PublicNetwork.INTERNET)
                        .ipProtocol("tcp")
                        .fromPort(HTTPS)
                        .toPort(HTTPS)
                        .build(),
                parent.options());
    }

    private void allow(String name, SecurityGroup from, SecurityGroup to, int port) {
        new SecurityGroupEgressRule(
                parent.child(name),
                SecurityGroupEgressRuleArgs.builder()
                        .securityGroupId(from.id())
                        .referencedSecurityGroupId(to.id())
                        .ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .build(),
                parent.options());
        new SecurityGroupIngressRule(
                parent.child(name),
                SecurityGroupIngressRuleArgs.builder()
                        .securityGroupId(to.id())
                        .referencedSecurityGroupId(from.id())
                        .ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .build(),
                parent.options());
    }
}
