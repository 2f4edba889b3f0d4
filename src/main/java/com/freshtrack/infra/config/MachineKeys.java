package com.freshtrack.infra.config;

/**
 * The keys of a stack with a machine of its own, on whatever cloud.
 *
 * @param host by which the machine proves who it is
 * @param deploy that deploys log in with
 */
public record MachineKeys(SshKey host, SshKey deploy) {
    /** What a preview shows in the place of a key that isn't set. */
    public static final String NOT_SET = "not set";
}
