package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.SshKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ec2StackTest {
    private static final String ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    private static final String ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";
    private static final String COMMAND = "command:remote:Command";
    private static final String INSTANCE = "aws:ec2/instance:Instance";
    private static final String RECORD = "aws:route53/record:Record";
    private static final String SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
    private static final String VOLUME = "aws:ebs/volume:Volume";

    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";

    private Recorded stack;

    /** The least that there can be. */
    private Recorded bare;

    /** One that brings what it can from elsewhere. */
    private Recorded other;

    @BeforeAll
    void record() {
        stack = Recording.ofEc2(Stacks.ec2());
        bare = Recording.ofEc2(Stacks.ec2("environment", "dev", "hostedZoneId", "", "alarmEmail", ""));
        other = Recording.ofEc2(Stacks.ec2(
                "grafanaDomain",
                "status.acme.io",
                "secretsKmsKeyArn",
                KEY,
                "s3Endpoint",
                "https://s3.example.com",
                "s3AccessKey",
                "hunter2access",
                "s3SecretKey",
                "hunter2secret"));
    }

    @Test
    void everythingDescendsFromTheComponent() {
        assertThat(stack.descents())
                .hasSizeGreaterThan(60)
                .allMatch(type -> type.startsWith("pulumi:pulumi:Stack$" + Ec2Stack.TYPE));
    }

    @Test
    void theInternetReachesCaddyAlone() {
        assertThat(stack.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"))
                .extracting(
                        rule -> rule.input("ipProtocol"),
                        rule -> rule.input("fromPort"),
                        rule -> rule.input("toPort"),
                        rule -> rule.input("cidrIpv4"))
                .containsExactlyInAnyOrder(
                        tuple("tcp", "22.0", "22.0", "198.51.100.0/24"),
                        tuple("tcp", "22.0", "22.0", "203.0.113.9/32"),
                        tuple("tcp", "80.0", "80.0", "0.0.0.0/0"),
                        tuple("tcp", "443.0", "443.0", "0.0.0.0/0"),
                        tuple("udp", "443.0", "443.0", "0.0.0.0/0"));
        assertThat(stack.ofType("aws:ec2/securityGroup:SecurityGroup"))
                .singleElement()
                .satisfies(group -> assertThat(group.inputs()).doesNotContainKeys("ingress", "egress"));
        assertThat(stack.one(INSTANCE, "freshtrack-server").inputs())
                .containsEntry("vpcSecurityGroupIds", List.of("freshtrack-server-id"));
    }

    @Test
    void theInstanceIsPinnedAndItsMetadataAreClosed() {
        assertThat(stack.one(INSTANCE, "freshtrack-server").inputs())
                .containsEntry("ami", "ami-0123456789abcdef0")
                .containsEntry("instanceType", "t3.large")
                .containsEntry("subnetId", "freshtrack-public-id")
                .containsEntry("iamInstanceProfile", "freshtrack-server-name")
                .containsEntry("disableApiTermination", true)
                .containsEntry(
                        "metadataOptions",
                        Map.of("httpEndpoint", "enabled", "httpPutResponseHopLimit", 1.0, "httpTokens", "required"))
                .doesNotContainKeys("keyName", "userData");
        assertThat(bare.one(INSTANCE, "freshtrack-server").inputs()).containsEntry("disableApiTermination", false);
    }

    @Test
    void everythingAtRestIsEncrypted() {
        assertThat(stack.one(INSTANCE, "freshtrack-server").input("rootBlockDevice"))
                .contains("encrypted=true");
        assertThat(stack.ofType(VOLUME)).singleElement().satisfies(volume -> assertThat(volume.inputs())
                .containsEntry("encrypted", true));
        assertThat(stack.ofType("aws:s3/bucketV2:BucketV2")).hasSize(1);
        assertThat(stack.ofType(
                        "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"))
                .singleElement()
                .satisfies(encryption -> assertThat(encryption.input("bucket")).isEqualTo("freshtrack-backups-id"));
        assertThat(stack.ofType("aws:sns/topic:Topic"))
                .singleElement()
                .satisfies(topic -> assertThat(topic.input("kmsMasterKeyId")).startsWith("arn:aws:kms:"));
    }

    @Test
    void theRoleMayDoWhatItsResourcesAreNamedFor() {
        IamStatements.assertNameTheirResources(
                stack, List.of("aws:iam/rolePolicy:RolePolicy", "aws:sns/topicPolicy:TopicPolicy"));
        assertThat(stack.one("aws:iam/rolePolicy:RolePolicy", "freshtrack-server")
                        .input("policy"))
                .contains("secretsmanager:GetSecretValue", "s3:PutObject", "freshtrack-redis-password")
                .doesNotContain("Delete");
        assertThat(stack.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"))
                .extracting(attachment -> attachment.input("policyArn"))
                .containsExactlyInAnyOrder(
                        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
                        "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole");
    }

    @Test
    void aKeyOfOnesOwnMayBeUsedToRead() {
        assertThat(other.one("aws:iam/rolePolicy:RolePolicy", "freshtrack-server")
                        .input("policy"))
                .contains("kms:Decrypt", KEY);
        assertThat(other.ofType("aws:secretsmanager/secret:Secret"))
                .isNotEmpty()
                .allMatch(secret -> secret.input("kmsKeyId").equals(KEY));
    }

    /** What is packed is looked into below; the deploy key is in what logs in alone. */
    @Test
    void noSecretStandsInAPlainInput() {
        assertThat(stack.places(Stacks.SENTINEL)).containsExactly(SECRET_VERSION + " secretString");
        assertThat(stack.places(SshKeys.HOST.lines().toList().get(3))).isEmpty();
        assertThat(stack.places(SshKeys.DEPLOY.lines().toList().get(3))).containsExactly(COMMAND + " connection");
        assertThat(stack.places(Base64.getEncoder()
                        .encodeToString((Stacks.SENTINEL + "-webhook").getBytes(StandardCharsets.UTF_8))))
                .containsExactly(COMMAND + " stdin");
    }

    /** What MinIO's root user is called is none, and its password is there under its own name. */
    @Test
    void everySecretIsInSecretsManagerOnce() {
        assertThat(stack.ofType(SECRET_VERSION))
                .extracting(Recorded.Asked::name)
                .contains(
                        "freshtrack-minio-root-password", "freshtrack-postgres-password", "freshtrack-ttn-webhook-key")
                .doesNotContain("freshtrack-s3-access-key", "freshtrack-s3-secret-key")
                .doesNotHaveDuplicates();
        assertThat(other.ofType(SECRET_VERSION))
                .extracting(Recorded.Asked::name)
                .contains("freshtrack-s3-access-key", "freshtrack-s3-secret-key")
                .doesNotContain("freshtrack-minio-root-password");
    }

    @Test
    void theFirstBootKnowsItsKeysAndItsVolume() throws IOException {
        var packed = Base64.getDecoder()
                .decode(stack.one(INSTANCE, "freshtrack-server").input("userDataBase64"));
        var text = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);

        assertThat(packed.length).as("what EC2 takes, bytes").isLessThan(16_384);
        assertThat(text)
                .startsWith("#cloud-config\n")
                .contains(
                        SshKeys.HOST.lines().toList().get(3),
                        SshKeys.DEPLOY_PUBLIC,
                        "\"freshtrack-data\"",
                        "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_freshtrackdataid")
                .doesNotContain(Stacks.SENTINEL);
    }

    @Test
    void theVolumeIsAttachedAndGrows() {
        assertThat(stack.one(VOLUME, "freshtrack-data").inputs())
                .containsEntry("availabilityZone", "eu-central-1a")
                .containsEntry("size", 20.0)
                .containsEntry("type", "gp3");
        assertThat(stack.one("aws:ec2/subnet:Subnet", "freshtrack-public").input("availabilityZone"))
                .isEqualTo("eu-central-1a");
        assertThat(stack.one(ATTACHMENT, "freshtrack-data").inputs())
                .containsEntry("instanceId", "freshtrack-server-id")
                .containsEntry("volumeId", "freshtrack-data-id")
                .containsEntry("stopInstanceBeforeDetaching", true);
        assertThat(stack.one(COMMAND, "freshtrack-grow").input("create"))
                .isEqualTo("resize2fs /dev/disk/by-label/freshtrack-data # to 20 GiB");
        assertThat(stack.one(COMMAND, "freshtrack-grow").input("connection"))
                .contains("203.0.113.10", SshKeys.HOST_PUBLIC);
    }

    @Test
    @SuppressWarnings("unchecked")
    void snapshotsAreOfTheDataVolume() {
        var policy = stack.one("aws:dlm/lifecyclePolicy:LifecyclePolicy", "freshtrack-snapshots");
        var details = (Map<String, Object>) policy.inputs().get("policyDetails");

        assertThat((Map<String, String>)
                        stack.one(VOLUME, "freshtrack-data").inputs().get("tags"))
                .containsAllEntriesOf((Map<String, String>) details.get("targetTags"));
        assertThat(String.valueOf(details)).contains("interval=24.0", "count=7.0");
        assertThat(policy.inputs()).containsEntry("state", "ENABLED");
    }

    @Test
    void recordsAreMadeInTheZoneThatIsOurs() {
        assertThat(stack.ofType(RECORD))
                .extracting(record -> record.input("name"), record -> record.input("records"))
                .containsExactlyInAnyOrder(
                        tuple("freshtrack.acme.io", "[203.0.113.10]"),
                        tuple("grafana.freshtrack.acme.io", "[203.0.113.10]"));
        assertThat(bare.ofType(RECORD)).isEmpty();
        assertThat(other.ofType(RECORD))
                .extracting(record -> record.input("name"))
                .containsExactly("freshtrack.acme.io");
    }

    @Test
    void backupsAreCopiedToTheStacksBucket() {
        assertThat(stack.one(COMMAND, "freshtrack-backup-copies").input("stdin"))
                .startsWith("#!/bin/sh\nBUCKET='freshtrack-backups-bucket'\n")
                .contains("REGION='eu-central-1'", "STACK='prod'");
        assertThat(bare.all())
                .extracting(Recorded.Asked::name)
                .doesNotContain("freshtrack-backups", "freshtrack-backup-copies");
    }

    @Test
    void somebodyIsToldFromOutside() {
        assertThat(stack.ofType(ALARM))
                .extracting(Recorded.Asked::name)
                .containsExactlyInAnyOrder("freshtrack-cpu", "freshtrack-down");
        assertThat(bare.all())
                .extracting(Recorded.Asked::type)
                .doesNotContain(ALARM, "aws:sns/topic:Topic", "aws:kms/key:Key");
    }
}
