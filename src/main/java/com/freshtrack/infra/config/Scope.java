package com.freshtrack.infra.config;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The targets that a configuration key is for. */
public enum Scope {
    EVERYWHERE(EnumSet.allOf(Target.class)),
    ON_DOCKER(EnumSet.of(Target.SELF_HOSTED, Target.DO_DROPLET, Target.AWS_EC2)),
    ON_GIVEN_HOST(EnumSet.of(Target.SELF_HOSTED)),
    ON_DROPLET(EnumSet.of(Target.DO_DROPLET)),
    ON_MACHINE(EnumSet.of(Target.DO_DROPLET, Target.AWS_EC2)),
    ON_APP_PLATFORM(EnumSet.of(Target.DO_APP_PLATFORM)),
    BESIDE_APP_PLATFORM(EnumSet.complementOf(EnumSet.of(Target.DO_APP_PLATFORM))),
    ON_DIGITALOCEAN(EnumSet.of(Target.DO_DROPLET, Target.DO_APP_PLATFORM)),
    ON_EC2(EnumSet.of(Target.AWS_EC2)),
    ON_FARGATE(EnumSet.of(Target.AWS_FARGATE)),
    ON_AWS(EnumSet.of(Target.AWS_EC2, Target.AWS_FARGATE)),
    ON_CLOUD(EnumSet.complementOf(EnumSet.of(Target.SELF_HOSTED))),
    ON_DATABASE_SERVICE(EnumSet.of(Target.DO_DROPLET, Target.DO_APP_PLATFORM, Target.AWS_FARGATE));

    private final Set<Target> targets;

    Scope(Set<Target> targets) {
        this.targets = targets;
    }

    boolean covers(Target target) {
        return targets.contains(target);
    }

    /** The targets by their words, in the order in which they are listed. */
    public String text() {
        return targets.stream().map(Target::text).collect(Collectors.joining(", "));
    }
}
