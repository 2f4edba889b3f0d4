package com.freshtrack.infra.vm;

import com.freshtrack.infra.stack.Parent;
import com.pulumi.command.remote.Command;
import com.pulumi.command.remote.CommandArgs;
import com.pulumi.resources.Resource;

/** The block volume that holds Docker's volumes, as the machine sees it. */
public final class DataVolume {
    /** The label of its file system, by which host/first-boot finds it. */
    public static final String LABEL = "freshtrack-data";

    private DataVolume() {}

    /** Gives the file system what the volume has; it does so while the product runs. */
    public static void growFileSystem(Parent parent, VmAddress machine, int sizeGiB, Resource... after) {
        new Command(
                parent.child("grow"),
                CommandArgs.builder()
                        .connection(machine.connection())
                        .create("resize2fs /dev/disk/by-label/%s # to %d GiB".formatted(LABEL, sizeGiB))
                        .addPreviousOutputInEnv(false)
                        .build(),
                parent.after(after));
    }
}
