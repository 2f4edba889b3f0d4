package com.freshtrack.infra.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What only a stack on DigitalOcean App Platform says.
 *
 * @param redis size of the one instance of Redis
 * @param ownBucket whether the API's objects are kept in a bucket that the stack makes in Spaces
 * @param registryCredentials {@code user:token} for the registry of the API's image; empty where it needs none
 * @param dnsZone the domain in DigitalOcean's DNS that the host name is in; empty where its record is made elsewhere
 * @param alarmEmail where alarms are mailed to; empty where they reach nobody
 */
public record AppPlatformConfig(
        AppRegion region,
        Api api,
        AppInstanceSize redis,
        boolean ownBucket,
        Optional<SecretText> registryCredentials,
        Optional<String> dnsZone,
        Optional<String> alarmEmail) {

    /**
     * The API's instances.
     *
     * @param count how many there are, or the fewest where they autoscale
     * @param maxCount the most; empty where they don't autoscale
     */
    public record Api(AppInstanceSize size, int count, OptionalInt maxCount) {}
}
