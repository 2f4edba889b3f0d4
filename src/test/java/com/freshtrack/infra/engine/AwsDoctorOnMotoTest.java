package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What {@code scripts/doctor STACK} asks AWS, with the real {@code aws} CLI and an emulator. Each way to answer is in {@link
 * AwsDoctorTest}.
 */
@Tag("engine")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwsDoctorOnMotoTest {
    @RegisterExtension
    static final FargateProject PROJECT = new FargateProject();

    @RegisterExtension
    static final Moto MOTO = new Moto();

    @Test
    void accountRegionAndZonesAreReadAsTheCliPrintsThem() {
        PROJECT.stack().set("awsZones", "us-east-1a,us-east-1z");

        assertThat(doctor(""))
                .contains("ok    aws CLI          2.")
                .contains("ok    account          123456789012, as arn:aws:")
                .contains("ok    region           us-east-1\n")
                .contains("ok    zone             us-east-1a\n")
                .contains(
                        "FAIL  zone             us-east-1z is none of this account's; there are us-east-1a us-east-1b")
                .endsWith("not ready: see the lines marked FAIL\n");
    }

    @Test
    void theLastWordsOfTheCliAreTheReasonOfAFailure() {
        assertThat(doctor("unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY"))
                .contains("FAIL  account          AWS knows no credentials of yours: Unable to locate credentials")
                .contains("FAIL  zones            AWS doesn't tell them: Unable to locate credentials");

        MOTO.post("reset-auth", "0");
        try {
            assertThat(doctor(""))
                    .contains(
                            "FAIL  account          AWS knows no credentials of yours: An error occurred (InvalidClientTokenId)")
                    .contains("FAIL  zones            AWS doesn't tell them: An error occurred (AuthFailure)");
        } finally {
            MOTO.post("reset-auth", "inf");
        }
    }

    private static String doctor(String preparation) {
        var script = new StringBuilder();
        new TreeMap<>(MOTO.variables())
                .forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
        return PROJECT.run(script.append(preparation)
                        .append("\nscripts/doctor prod\n")
                        .toString())
                .output();
    }
}
