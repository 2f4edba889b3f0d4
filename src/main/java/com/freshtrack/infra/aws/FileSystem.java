package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ecs.inputs.TaskDefinitionVolumeArgs;
import com.pulumi.aws.ecs.inputs.TaskDefinitionVolumeEfsVolumeConfigurationArgs;
import com.pulumi.aws.ecs.inputs.TaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfigArgs;
import com.pulumi.aws.efs.AccessPoint;
import com.pulumi.aws.efs.AccessPointArgs;
import com.pulumi.aws.efs.FileSystemArgs;
import com.pulumi.aws.efs.MountTarget;
import com.pulumi.aws.efs.MountTargetArgs;
import com.pulumi.aws.efs.inputs.AccessPointPosixUserArgs;
import com.pulumi.aws.efs.inputs.AccessPointRootDirectoryArgs;
import com.pulumi.aws.efs.inputs.AccessPointRootDirectoryCreationInfoArgs;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;

/** What Redis and MinIO keep: one encrypted file system, of which each sees its own folder alone, over TLS. */
final class FileSystem {
    /** Whatever user a container runs as, this is who owns its files. */
    private static final int OWNER = 1000;

    private final Parent parent;
    private final Environment environment;
    private final com.pulumi.aws.efs.FileSystem fileSystem;
    private final List<Resource> mountTargets = new ArrayList<>();

    FileSystem(Parent parent, Environment environment, Network network, SecurityGroup group) {
        this.parent = parent;
        this.environment = environment;
        var prod = environment == Environment.PROD;
        this.fileSystem = new com.pulumi.aws.efs.FileSystem(
                parent.child("files"),
                FileSystemArgs.builder().encrypted(true).build(),
                parent.builder().protect(prod).retainOnDelete(prod).build());
        network.privateSubnets()
                .forEach((zone, subnet) -> mountTargets.add(new MountTarget(
                        parent.child("files-" + zone.charAt(zone.length() - 1)),
                        MountTargetArgs.builder()
                                .fileSystemId(fileSystem.id())
                                .subnetId(subnet.id())
                                .securityGroups(group.id().applyValue(List::of))
                                .build(),
                        parent.options())));
    }

    /** A task can't start before its zone has one. */
    List<Resource> mountTargets() {
        return List.copyOf(mountTargets);
    }

    /** A task's volume of this name, in a folder of its own. */
    TaskDefinitionVolumeArgs volume(String name) {
        var prod = environment == Environment.PROD;
        var point = new AccessPoint(
                parent.child(name),
                AccessPointArgs.builder()
                        .fileSystemId(fileSystem.id())
                        .posixUser(AccessPointPosixUserArgs.builder()
                                .uid(OWNER)
                                .gid(OWNER)
                                .build())
                        .rootDirectory(AccessPointRootDirectoryArgs.builder()
                                .path("/" + name)
                                .creationInfo(AccessPointRootDirectoryCreationInfoArgs.builder()
                                        .ownerUid(OWNER)
                                        .ownerGid(OWNER)
                                        .permissions("0700")
                                        .build())
                                .build())
                        .build(),
                parent.builder().protect(prod).retainOnDelete(prod).build());
        return TaskDefinitionVolumeArgs.builder()
                .name(name)
                .efsVolumeConfiguration(TaskDefinitionVolumeEfsVolumeConfigurationArgs.builder()
                        .fileSystemId(fileSystem.id())
                        .transitEncryption("ENABLED")
                        .authorizationConfig(TaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfigArgs.builder()
                                .accessPointId(point.id())
                                .build())
                        .build())
                .build();
    }
}
