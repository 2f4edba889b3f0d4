package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.stack.Parent;
import com.freshtrack.infra.vm.VmAddress;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.command.remote.Command;
import com.pulumi.command.remote.CommandArgs;
import com.pulumi.resources.Resource;

/** Copies of the product's backups in a bucket of the stack's own, which lives on when the instance and its volume don't. */
final class BackupCopies {
    private BackupCopies() {}

    /** The bucket; what is overwritten there can be had back. */
    static BucketV2 bucket(Parent parent, StackConfig config) {
        var bucket = new ClosedBucket(
                parent,
                "backups",
                config.environment(),
                config.backup().orElseThrow().keepDays());
        bucket.keepVersions();
        return bucket.bucket();
    }

    /** Has the machine copy what is new, each hour. */
    static void hourly(Parent parent, StackConfig config, VmAddress machine, BucketV2 bucket, Resource product) {
        var path = "/etc/cron.hourly/" + config.prefix() + "-backups";
        new Command(
                parent.child("backup-copies"),
                CommandArgs.builder()
                        .connection(machine.connection())
                        .triggers(machine.triggers())
                        .create("set -eu; cat >'%1$s.new'; chmod 0755 '%1$s.new'; mv '%1$s.new' '%1$s'".formatted(path))
                        // Without backups it would fail each hour.
                        .delete("rm -f '%s'".formatted(path))
                        .stdin(bucket.bucket().applyValue(name -> script(config, name)))
                        .addPreviousOutputInEnv(false)
                        .build(),
                parent.after(product));
    }

    static String script(StackConfig config, String bucket) {
        return """
                #!/bin/sh
                BUCKET='%s'
                IMAGE='%s'
                REGION='%s'
                STACK='%s'
                """
                        .formatted(
                                bucket,
                                config.images().backup(),
                                config.ec2().orElseThrow().place().region(),
                                config.stack())
                + ScriptFile.read(BackupCopies.class, "copy-backups.sh");
    }
}
