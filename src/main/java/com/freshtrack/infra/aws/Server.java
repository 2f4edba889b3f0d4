package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Ec2Config;
import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.MachineKeys;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.stack.Parent;
import com.freshtrack.infra.vm.CloudInit;
import com.freshtrack.infra.vm.DataVolume;
import com.freshtrack.infra.vm.VmAddress;
import com.pulumi.aws.ebs.Volume;
import com.pulumi.aws.ebs.VolumeArgs;
import com.pulumi.aws.ec2.Eip;
import com.pulumi.aws.ec2.EipArgs;
import com.pulumi.aws.ec2.EipAssociation;
import com.pulumi.aws.ec2.EipAssociationArgs;
import com.pulumi.aws.ec2.Instance;
import com.pulumi.aws.ec2.InstanceArgs;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ec2.Subnet;
import com.pulumi.aws.ec2.VolumeAttachment;
import com.pulumi.aws.ec2.VolumeAttachmentArgs;
import com.pulumi.aws.ec2.inputs.InstanceMetadataOptionsArgs;
import com.pulumi.aws.ec2.inputs.InstanceRootBlockDeviceArgs;
import com.pulumi.aws.iam.InstanceProfile;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;

/** The instance with what belongs to it: its address, and the volume that holds the data and outlives it. */
final class Server {
    /** The instance's own disk: the system, and the images of three releases. */
    private static final int ROOT_GIB = 30;

    /** A name that AWS wants; an instance on Nitro shows the volume as an NVMe device, whatever it is. */
    private static final String DEVICE = "/dev/sdf";

    private static final String TAG = "freshtrack:data";

    /** What only a new instance reads: a change of it must not replace, or stop, one that lives. */
    private static final List<String> READ_ONCE = List.of("ami", "userDataBase64");

    private final Parent parent;
    private final Ec2Config config;
    private final String prefix;
    private final boolean kept;
    private final Volume volume;
    private final Instance instance;
    private final Output<String> address;
    private final VolumeAttachment attachment;

    Server(
            Parent parent,
            StackConfig config,
            ProductFiles files,
            Subnet subnet,
            SecurityGroup group,
            InstanceProfile profile,
            List<Resource> ways) {
        this.parent = parent;
        this.config = config.ec2().orElseThrow();
        this.prefix = config.prefix();
        this.kept = config.environment() == Environment.PROD;
        this.volume = dataVolume();
        this.instance = instance(files, subnet, group, profile);
        var eip = new Eip(
                parent.child("address"),
                EipArgs.builder().domain("vpc").tags(named()).build(),
                // AWS refuses an address in a network that has no gateway yet.
                parent.after(ways.toArray(Resource[]::new)));
        var association = new EipAssociation(
                parent.child("address"),
                EipAssociationArgs.builder()
                        .allocationId(eip.id())
                        .instanceId(instance.id())
                        .build(),
                parent.options());
        // The address leads somewhere once it is associated.
        this.address = Output.tuple(eip.publicIp(), association.id()).applyValue(both -> both.t1);
        this.attachment = attach(association);
    }

    Instance instance() {
        return instance;
    }

    /** The address that stays when the instance doesn't. */
    Output<String> address() {
        return address;
    }

    /** How deploys log in. */
    VmAddress login() {
        return VmAddress.ofRoot(instance.id(), address, config.machine().keys());
    }

    /** Brings the file system to the volume's size. */
    Resource growFileSystem(Resource reachable) {
        return DataVolume.growFileSystem(
                parent, login(), config.machine().dataVolumeGiB(), volume, attachment, reachable);
    }

    /** The tag by which what makes snapshots finds the volume. */
    Map<String, String> volumeTag() {
        return Map.of(TAG, prefix);
    }

    private Volume dataVolume() {
        return new Volume(
                parent.child("data"),
                VolumeArgs.builder()
                        .availabilityZone(config.place().zone())
                        .size(config.machine().dataVolumeGiB())
                        .type("gp3")
                        .encrypted(true)
                        .tags(Map.of("Name", prefix + "-data", TAG, prefix))
                        .build(),
                parent.builder().protect(kept).retainOnDelete(kept).build());
    }

    private Instance instance(ProductFiles files, Subnet subnet, SecurityGroup group, InstanceProfile profile) {
        return new Instance(
                parent.child("server"),
                InstanceArgs.builder()
                        .ami(config.machine().ami())
                        .instanceType(config.machine().size().name())
                        .subnetId(subnet.id())
                        .vpcSecurityGroupIds(group.id().applyValue(List::of))
                        .iamInstanceProfile(profile.name())
                        .userDataBase64(volume.id()
                                .applyValue(id -> CloudInit.packed(userData(files, id)))
                                .asSecret())
                        .metadataOptions(InstanceMetadataOptionsArgs.builder()
                                .httpEndpoint("enabled")
                                .httpTokens("required")
                                .httpPutResponseHopLimit(1)
                                .build())
                        .rootBlockDevice(InstanceRootBlockDeviceArgs.builder()
                                .volumeType("gp3")
                                .volumeSize(ROOT_GIB)
                                .encrypted(true)
                                .build())
                        .disableApiTermination(kept)
                        .tags(named())
                        .build(),
                // The old one gives the volume back before its successor asks for it.
                // The provider takes AWS's own protection away before it deletes, so this is what guards it:
                // https://github.com/hashicorp/terraform-provider-aws/issues/27529.
                parent.builder()
                        .ignoreChanges(READ_ONCE)
                        .deleteBeforeReplace(true)
                        .protect(kept)
                        .build());
    }

    /** Last, when the instance has its address: host/first-boot waits for the volume, and then needs a way out. */
    private VolumeAttachment attach(EipAssociation association) {
        return new VolumeAttachment(
                parent.child("data"),
                VolumeAttachmentArgs.builder()
                        .deviceName(DEVICE)
                        .instanceId(instance.id())
                        .volumeId(volume.id())
                        .stopInstanceBeforeDetaching(true)
                        .build(),
                parent.builder()
                        .dependsOn(association)
                        .deleteBeforeReplace(true)
                        .build());
    }

    /** On Nitro a volume's serial number is its ID (https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html). */
    private String userData(ProductFiles files, String volumeId) {
        var keys = config.machine().keys();
        return CloudInit.render(
                keys.map(MachineKeys::host).map(key -> key.privateKey().value()).orElse(MachineKeys.NOT_SET),
                keys.map(MachineKeys::host).map(key -> key.publicKey()).orElse(MachineKeys.NOT_SET),
                keys.map(MachineKeys::deploy).map(key -> key.publicKey()).orElse(MachineKeys.NOT_SET),
                DataVolume.LABEL,
                "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_" + volumeId.replace("-", ""),
                files);
    }

    private Map<String, String> named() {
        return Map.of("Name", prefix);
    }
}
