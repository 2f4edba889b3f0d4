package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code scripts/doctor STACK} says of an account at AWS. */
@Tag("engine")
class AwsDoctorTest {
    private static TestStack stack;

    private AwsAccount account;

    @BeforeAll
    static void makeStack() {
        stack = TestStack.simulated("prod", "examples/Pulumi.aws-fargate.yaml");
        Checkout.copyScripts(stack.directory());
    }

    @AfterAll
    static void removeStack() {
        stack.close();
    }

    @BeforeEach
    void open() {
        account = new AwsAccount();
    }

    @AfterEach
    void close() {
        account.close();
        stack.restore("awsZones");
        stack.restore("databaseCaFile");
    }

    @Test
    void allIsWellAndASimulatedPluginIsNamedAloud() {
        var doctor = doctor();

        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output())
                .contains(
                        "ok    aws CLI          2.31.0",
                        "ok    account          " + AwsAccount.ID + ", as arn:aws:iam::" + AwsAccount.ID + ":user/ops",
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
        account.says("aws", "aws-cli/1.45.11 Python/3.11.7");

        assertFails("aws CLI          1.45.11 is older than 2");
    }

    @Test
    void credentialsThatAwsDoesNotKnowAreNamedInItsOwnWords() {
        account.refuses("aws-sts-get-caller-identity", "\nUnable to locate credentials");

        assertFails("account          AWS knows no credentials of yours: Unable to locate credentials");
    }

    @Test
    void anotherRegionThanTheStacksIsNamed() {
        account.says("aws-configure-get", "eu-west-1");
        assertFails("region           eu-west-1 is the aws CLI's, and us-east-1 the stack's");

        account.refuses("aws-configure-get", "");
        assertFails("region           none is the aws CLI's");
    }

    @Test
    void aZoneThatTheAccountHasNotIsNamedWithThoseThatItHas() {
        stack.set("awsZones", "us-east-1a,us-east-1e");

        assertFails(
                "zone             us-east-1e is none of this account's; there are us-east-1a us-east-1b us-east-1c:");
    }

    @Test
    void withoutZonesInTheConfigurationTheFirstTwoAreAskedFor() {
        stack.unset("awsZones");
        account.says("aws-ec2-describe-availability-zones", "us-east-1a");

        assertFails("zone             us-east-1b is none of this account's");
    }

    @Test
    void zonesThatCannotBeAskedForAreAFailure() {
        account.refuses("aws-ec2-describe-availability-zones", "You are not authorized to perform this operation.");

        assertFails("zones            AWS doesn't tell them: You are not authorized");
    }

    @Test
    void theFileOfTheAuthoritiesMustBeThereAndHoldCertificates() {
        stack.unset("databaseCaFile");
        assertFails("RDS authorities  freshtrack:databaseCaFile is not set");

        stack.set("databaseCaFile", "nosuch.pem");
        assertFails("RDS authorities  nosuch.pem (freshtrack:databaseCaFile) can't be read here");

        stack.set("databaseCaFile", "Pulumi.yaml");
        assertFails("RDS authorities  Pulumi.yaml (freshtrack:databaseCaFile) holds no certificate in PEM");
    }

    @Test
    void aClockThatIsFarFromAwssIsAFailureWhicheverWay() {
        account.clockIsAhead(Duration.ofMinutes(10));
        assertFails("clock            ");

        account.clockIsAhead(Duration.ofMinutes(-10));
        assertFails("clock            ");

        account.clockIsAhead(Duration.ofMinutes(2));
        assertThat(doctor().output()).contains("warn  clock            ").endsWith("ready\n");
    }

    @Test
    void anOutOfReachClockIsNotAReasonToStop() {
        account.refuses("curl", "curl: (6) Could not resolve host: sts.us-east-1.amazonaws.com");

        assertThat(doctor().output())
                .contains("doesn't tell the time: curl: (6) Could not")
                .endsWith("ready\n");
    }

    private void assertFails(String line) {
        var doctor = doctor();
        assertThat(doctor.exitCode()).as(doctor.output()).isEqualTo(1);
        assertThat(doctor.output()).contains("FAIL  " + line);
    }

    private Shell.Result doctor() {
        return stack.run(
                Duration.ofMinutes(1),
                account.command(stack.directory().resolve("scripts/doctor").toString(), stack.name()));
    }
}
