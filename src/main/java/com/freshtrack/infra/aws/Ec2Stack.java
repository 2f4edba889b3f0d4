package com.freshtrack.infra.aws;

import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PoolSizing;
import com.freshtrack.infra.secrets.StackSecrets;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.stack.Parent;
import com.freshtrack.infra.vm.ComposeHost;
import com.freshtrack.infra.vm.MachineOutputs;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.route53.Record;
import com.pulumi.aws.route53.RecordArgs;
import com.pulumi.aws.vpc.SecurityGroupEgressRule;
import com.pulumi.aws.vpc.SecurityGroupEgressRuleArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * FreshTrack on one EC2 instance: the same containers as on any Docker host, started with Compose, with their data on a volume that
 * outlives the instance.
 */
public final class Ec2Stack extends ComponentResource {
    public static final String TYPE = "freshtrack:aws:Ec2Stack";

    private static final int RECORD_SECONDS = 300;

    private final MachineOutputs outputs;

    /**
     * What the stack is made from.
     *
     * @param config the stack's configuration, checked
     * @param files the product's own files
     */
    public record Args(StackConfig config, ProductFiles files) {}

    public Ec2Stack(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var config = args.config();
        var ec2 = config.ec2().orElseThrow();
        var parent = new Parent(this, name);
        new PoolSizing(name + "-pools", new PoolSizing.Args(config.pools()), parent.componentOptions());
        var network = new PublicNetwork(parent, ec2.place().vpcCidr());
        var subnet = network.subnet("public", ec2.place().zone(), 0);
        var associated = network.associate(network.table(), "public", subnet);
        var secrets = secrets(parent, name, config);
        var backups = config.backup().map(ignored -> BackupCopies.bucket(parent, config));
        var profile = ServerRole.of(parent, secrets.kept().values(), ec2.secretsKmsKeyArn(), backups);
        var server = new Server(
                parent,
                config,
                args.files(),
                subnet,
                group(parent, network.vpc(), ec2.machine().sshCidrs()),
                profile,
                List.of(network.internet(), network.route(), associated));
        Snapshots.daily(parent, config, server.volumeTag());
        ec2.hostedZoneId().ifPresent(zone -> records(parent, config, zone, server.address()));
        ServerAlarms.make(
                parent, config, network.vpc().ownerId(), server.instance().id());
        var product = new ComposeHost(
                name + "-product",
                new ComposeHost.Args(
                        config,
                        server.login(),
                        Bundle.of(config, FreshTrackServices.of(config, args.files()), args.files()),
                        secrets.values(),
                        server::growFileSystem),
                parent.componentOptions());
        backups.ifPresent(bucket -> BackupCopies.hourly(parent, config, server.login(), bucket, product));

        this.outputs = MachineOutputs.of(
                config, server.login(), product, config.observability().map(ignored -> secrets.values()
                        .get(SecretNames.GRAFANA_ADMIN)));
        registerOutputs(outputs.plain());
    }

    public MachineOutputs outputs() {
        return outputs;
    }

    /**
     * What the product's files hold, by name.
     *
     * @param kept those that are in Secrets Manager
     * @param values all of them, as Secrets Manager has them
     */
    private record Held(SortedMap<String, KeptSecret> kept, Map<String, Output<String>> values) {}

    /** MinIO's own user is its root user, whose name is no secret and whose key is its password: neither is kept twice. */
    private Held secrets(Parent parent, String name, StackConfig config) {
        var values = new TreeMap<>(new StackSecrets(this, name, config).values());
        var kept = new TreeMap<String, KeptSecret>();
        var kmsKeyArn = config.ec2().orElseThrow().secretsKmsKeyArn();
        var ownStorage = config.storage().external().isEmpty();
        for (var secret : List.copyOf(values.keySet())) {
            if (!ownStorage
                    || !List.of(SecretNames.S3_ACCESS_KEY, SecretNames.S3_SECRET_KEY)
                            .contains(secret)) {
                kept.put(secret, KeptSecret.of(parent, config, kmsKeyArn, secret, values.get(secret)));
                values.put(secret, kept.get(secret).value());
            }
        }
        return new Held(kept, values);
    }

    /** The world reaches Caddy, and the networks that the stack names SSH; the way out is open, as on any server. */
    private static SecurityGroup group(Parent parent, Vpc vpc, List<String> sshCidrs) {
        var group = SecurityGroups.group(parent, vpc, "server", "The server");
        SecurityGroups.admit(parent, "http", group, "tcp", 80, PublicNetwork.INTERNET);
        SecurityGroups.admit(parent, "https", group, "tcp", 443, PublicNetwork.INTERNET);
        SecurityGroups.admit(parent, "http3", group, "udp", 443, PublicNetwork.INTERNET);
        sshCidrs.forEach(
                network -> SecurityGroups.admit(parent, "ssh-" + network.replace('/', '-'), group, "tcp", 22, network));
        new SecurityGroupEgressRule(
                parent.child("out"),
                SecurityGroupEgressRuleArgs.builder()
                        .securityGroupId(group.id())
                        .cidrIpv4(PublicNetwork.INTERNET)
                        .ipProtocol("-1")
                        .build(),
                parent.options());
        return group;
    }

    /** The host names at or below the domain, which is all that is known to be in its zone. */
    private static void records(Parent parent, StackConfig config, String zone, Output<String> address) {
        var domain = config.site().domain();
        config.hostNames().stream()
                .filter(host -> host.equals(domain) || host.endsWith("." + domain))
                .forEach(host -> new Record(
                        parent.child("dns-" + host),
                        RecordArgs.builder()
                                .zoneId(zone)
                                .name(host)
                                .type("A")
                                .records(address.applyValue(List::of))
                                .ttl(RECORD_SECONDS)
                                .build(),
                        parent.options()));
    }
}
