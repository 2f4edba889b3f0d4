package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code scripts/doctor STACK} says of an account at AWS. */
@Tag("engine")
class AwsDoctorTest {
    private static final String ACCOUNT = "123456789012";

    @RegisterExtension
    static final FargateProject PROJECT = new FargateProject();

    @Test
    void allIsWellAndASimulatedPluginIsNamedAloud() {
        var doctor = doctor();

        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output())
                .contains(
                        "ok    aws CLI          2.31.0",
                        "ok    account          " + ACCOUNT + ", as arn:aws:iam::" + ACCOUNT + ":user/ops",
                        "ok    region           us-east-1",
                        "ok    zone             us-east-1a",
                        "ok    zone             us-east-1b",
                        "ok    RDS authorities  rds-ca.pem, 1 certificates",
                        "ok    clock            as AWS's",
                        "NOTHING WILL BE CREATED")
                .endsWith("ready\n");
    }

    @Test
    void anOldCommandLineIsNamed() {
        PROJECT.says("version", "aws-cli/1.45.11 Python/3.11.7");

        assertFails("aws CLI          1.45.11 is older than 2");
    }

    @Test
    void credentialsThatAwsDoesNotKnowAreNamedInItsOwnWords() {
        PROJECT.says("identity.error", "\nUnable to locate credentials");

        assertFails("account          AWS knows no credentials of yours: Unable to locate credentials");
    }

    @Test
    void anotherRegionThanTheStacksIsNamed() {
        PROJECT.says("region", "eu-west-1");
        assertFails("region           eu-west-1 is the aws CLI's, and us-east-1 the stack's");

        PROJECT.says("region.error", "");
        assertFails("region           none is the aws CLI's");
    }

    @Test
    void aZoneThatTheAccountHasNotIsNamedWithThoseThatItHas() {
        PROJECT.stack().set("awsZones", "us-east-1a,us-east-1e");

        assertFails(
                "zone             us-east-1e is none of this account's; there are us-east-1a us-east-1b us-east-1c:");
    }

    @Test
    void withoutZonesInTheConfigurationTheFirstTwoAreAskedFor() {
        PROJECT.stack().unset("awsZones");
        PROJECT.says("zones", "us-east-1a");

        assertFails("zone             us-east-1b is none of this account's");
    }

    @Test
    void zonesThatCannotBeAskedForAreAFailure() {
        PROJECT.says("zones.error", "You are not authorized to perform this operation.");

        assertFails("zones            AWS doesn't tell them: You are not authorized");
    }

    @Test
    void theFileOfTheAuthoritiesMustBeThereAndHoldCertificates() {
        PROJECT.stack().unset("databaseCaFile");
        assertFails("RDS authorities  freshtrack:databaseCaFile is not set");

        PROJECT.stack().set("databaseCaFile", "nosuch.pem");
        assertFails("RDS authorities  nosuch.pem (freshtrack:databaseCaFile) can't be read here");

        PROJECT.stack().set("databaseCaFile", "Pulumi.yaml");
        assertFails("RDS authorities  Pulumi.yaml (freshtrack:databaseCaFile) holds no certificate in PEM");

        PROJECT.stack().write("all-regions.pem", "-----BEGIN CERTIFICATE-----\n".repeat(2_000));
        PROJECT.stack().set("databaseCaFile", "all-regions.pem");
        assertFails("RDS authorities  all-regions.pem (freshtrack:databaseCaFile) has 40 KiB or more");
    }

    @Test
    void aClockThatIsFarFromAwssIsAFailureWhicheverWay() {
        PROJECT.says("skew", "600");
        assertFails("clock            ");

        PROJECT.says("skew", "-600");
        assertFails("clock            ");

        PROJECT.says("skew", "120");
        assertThat(doctor().output()).contains("warn  clock            ").endsWith("ready\n");
    }

    @Test
    void anOutOfReachClockIsNotAReasonToStop() {
        PROJECT.says("curl.error", "curl: (6) Could not resolve host: sts.us-east-1.amazonaws.com");

        assertThat(doctor().output())
                .contains("doesn't tell the time: curl: (6) Could not")
                .endsWith("ready\n");
    }

    private static void assertFails(String line) {
        var doctor = doctor();
        assertThat(doctor.exitCode()).as(doctor.output()).isEqualTo(1);
        assertThat(doctor.output()).contains("FAIL  " + line);
    }

    private static Shell.Result doctor() {
        return PROJECT.run("scripts/doctor prod");
    }
}
