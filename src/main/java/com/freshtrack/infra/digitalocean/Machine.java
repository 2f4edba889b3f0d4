package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.DigitalOceanConfig;
import com.freshtrack.infra.config.DigitalOceanConfig.Backups;
import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.MachineKeys;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.Fingerprint;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.stack.Parent;
import com.freshtrack.infra.vm.CloudInit;
import com.freshtrack.infra.vm.DataVolume;
import com.freshtrack.infra.vm.VmAddress;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.Droplet;
import com.pulumi.digitalocean.DropletArgs;
import com.pulumi.digitalocean.ReservedIp;
import com.pulumi.digitalocean.ReservedIpArgs;
import com.pulumi.digitalocean.ReservedIpAssignment;
import com.pulumi.digitalocean.ReservedIpAssignmentArgs;
import com.pulumi.digitalocean.SshKey;
import com.pulumi.digitalocean.SshKeyArgs;
import com.pulumi.digitalocean.Volume;
import com.pulumi.digitalocean.VolumeArgs;
import com.pulumi.digitalocean.Vpc;
import com.pulumi.digitalocean.VpcArgs;
import com.pulumi.digitalocean.inputs.DropletBackupPolicyArgs;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Droplet with what belongs to it: its network, its address, the keys that lead into it, and the block volume that holds the
 * data and outlives it.
 */
final class Machine {
    /** The distribution that host/prepare is for. */
    private static final String IMAGE = "ubuntu-22-04-x64";

    /** What only a new Droplet reads: a change of it must not replace one that lives. */
    private static final List<String> READ_ONCE = List.of("image", "sshKeys", "userData");

    private final Parent parent;
    private final StackConfig config;
    private final DigitalOceanConfig digitalOcean;
    private final Volume volume;
    private final Vpc network;
    private final Droplet droplet;
    private final ReservedIpAssignment assignment;

    Machine(Parent parent, StackConfig config, ProductFiles files) {
        this.parent = parent;
        this.config = config;
        this.digitalOcean = config.digitalOcean().orElseThrow();
        this.volume = dataVolume();
        this.network = network();
        this.droplet = droplet(network, deployKey(), files);
        var reservedIp = new ReservedIp(
                parent.child("address"),
                ReservedIpArgs.builder().region(digitalOcean.region()).build(),
                parent.options());
        this.assignment = new ReservedIpAssignment(
                parent.child("address"),
                ReservedIpAssignmentArgs.builder()
                        .dropletId(dropletId())
                        .ipAddress(reservedIp.ipAddress())
                        .build(),
                parent.options());
    }

    /** The private network that it is in. */
    Output<String> networkId() {
        return network.id();
    }

    Droplet droplet() {
        return droplet;
    }

    /** The Droplet's ID as what refers to it wants it. */
    Output<Integer> dropletId() {
        return droplet.id().applyValue(Integer::valueOf);
    }

    /** The address that stays when the Droplet doesn't; it leads somewhere once it is assigned. */
    Output<String> address() {
        return assignment.ipAddress();
    }

    /** How deploys log in. */
    VmAddress login() {
        return VmAddress.ofRoot(droplet.id(), address(), keys());
    }

    /** Brings the file system to the block volume's size. */
    Resource growFileSystem(Resource reachable) {
        return DataVolume.growFileSystem(parent, login(), digitalOcean.droplet().dataVolumeGiB(), volume, reachable);
    }

    /**
     * What DigitalOcean calls it, for a project. The address is wherever its Droplet is: named here, it would come back under
     * another name, and be moved for ever (https://github.com/digitalocean/terraform-provider-digitalocean/issues/1264).
     */
    Output<List<String>> urns() {
        return Output.all(droplet.dropletUrn(), volume.volumeUrn());
    }

    private Vpc network() {
        return new Vpc(
                parent.child("vpc"),
                VpcArgs.builder()
                        .name(config.prefix())
                        .region(digitalOcean.region())
                        .build(),
                parent.options());
    }

    /**
     * Named after the key, so that another one is there before the old one goes. With the same name the old one would go first, and
     * take what refers to it with it: the Droplet.
     */
    private SshKey deployKey() {
        var publicKey = publicKey(keys().map(MachineKeys::deploy).map(key -> key.publicKey()));
        return new SshKey(
                parent.child("deploy"),
                SshKeyArgs.builder()
                        .name(config.prefix() + "-deploy-" + Fingerprint.of(publicKey))
                        .publicKey(publicKey)
                        .build(),
                parent.options());
    }

    private Volume dataVolume() {
        boolean kept = config.environment() == Environment.PROD;
        return new Volume(
                parent.child("data"),
                VolumeArgs.builder()
                        .name(config.prefix() + "-data")
                        .region(digitalOcean.region())
                        .size(digitalOcean.droplet().dataVolumeGiB())
                        .initialFilesystemType("ext4")
                        .initialFilesystemLabel(DataVolume.LABEL)
                        .build(),
                parent.builder().protect(kept).retainOnDelete(kept).build());
    }

    /**
     * With the volume from its first boot on, which one that is replaced must have given back. Its own disk stays as small as it
     * is, so that the Droplet can get as small again.
     */
    private Droplet droplet(Vpc vpc, SshKey deployKey, ProductFiles files) {
        var wanted = digitalOcean.droplet();
        var arguments = DropletArgs.builder()
                .name(config.prefix())
                .image(IMAGE)
                .size(wanted.size().name())
                .region(digitalOcean.region())
                .vpcUuid(vpc.id())
                .volumeIds(volume.id().applyValue(List::of))
                .sshKeys(deployKey.id().applyValue(id -> Stream.concat(Stream.of(id), wanted.sshKeys().stream())
                        .toList()))
                .userData(Output.ofSecret(userData(files)))
                .resizeDisk(false)
                .gracefulShutdown(true)
                .monitoring(true)
                .backups(wanted.backups() != Backups.NONE);
        if (wanted.backups() != Backups.NONE) {
            arguments.backupPolicy(DropletBackupPolicyArgs.builder()
                    .plan(wanted.backups().text())
                    .build());
        }
        return new Droplet(
                parent.child("droplet"),
                arguments.build(),
                parent.builder()
                        .ignoreChanges(READ_ONCE)
                        .deleteBeforeReplace(true)
                        .build());
    }

    private String userData(ProductFiles files) {
        var host = keys().map(MachineKeys::host);
        return CloudInit.render(
                host.map(key -> key.privateKey().value()).orElse(MachineKeys.NOT_SET),
                publicKey(host.map(key -> key.publicKey())),
                DataVolume.LABEL,
                files);
    }

    private Optional<MachineKeys> keys() {
        return digitalOcean.droplet().keys();
    }

    private static String publicKey(Optional<String> key) {
        return key.orElse(MachineKeys.NOT_SET);
    }
}
