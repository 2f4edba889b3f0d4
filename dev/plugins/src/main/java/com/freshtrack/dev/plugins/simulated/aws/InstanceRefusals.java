package com.freshtrack.dev.plugins.simulated.aws;

import com.freshtrack.dev.plugins.simulated.Inventory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What EC2 refuses of instances and their volumes, from memory of
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume-requirements.html and
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html.
 */
final class InstanceRefusals {

    static final String INSTANCE = "aws:ec2/instance:Instance";
    static final String VOLUME = "aws:ebs/volume:Volume";
    static final String ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";

    private static final int MOST_USER_DATA = 16_384;

    private final Inventory inventory;

    InstanceRefusals(Inventory inventory) {
        this.inventory = inventory;
    }

    /** User data in base64 count as what they say. */
    List<String> userData(Map<String, Object> inputs) {
        if (!(inputs.get("userDataBase64") instanceof String text)) {
            return List.of();
        }
        try {
            int length = Base64.getDecoder().decode(text).length;
            return length <= MOST_USER_DATA
                    ? List.of()
                    : List.of("property \"userDataBase64\" isn't accepted by AWS: got " + length
                            + " bytes; allowed are " + MOST_USER_DATA);
        } catch (IllegalArgumentException e) {
            return List.of("property \"userDataBase64\" isn't accepted by AWS: got something else; allowed is base64");
        }
    }

    List<String> sizeOrSnapshot(Map<String, Object> inputs) {
        return inputs.containsKey("size") || inputs.containsKey("snapshotId")
                ? List.of()
                : List.of("a volume has a size or a snapshot: got neither; allowed are size, snapshotId, or both");
    }

    /** A problem when volume and instance are known and lie in two zones. */
    List<String> attached(Map<String, Object> inputs) {
        Optional<Object> volume = zone(VOLUME, inputs.get("volumeId"));
        Optional<Object> instance = zone(INSTANCE, inputs.get("instanceId"));
        return volume.isPresent() && instance.isPresent() && !volume.equals(instance)
                ? List.of("property \"volumeId\" is in another zone than the instance: got " + volume.get()
                        + "; allowed is " + instance.get())
                : List.of();
    }

    private Optional<Object> zone(String type, Object id) {
        return inventory
                .existing(type, String.valueOf(id))
                .map(entry -> entry.properties().get("availabilityZone"))
                .filter(zone -> !zone.equals(""));
    }
}
