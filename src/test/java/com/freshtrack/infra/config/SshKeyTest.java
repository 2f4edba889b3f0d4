package com.freshtrack.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SshKeyTest {

    @Test
    void findsThePublicKeyInThePrivateOne() {
        var key = SshKey.parse(SshKeys.HOST).orElseThrow();

        assertThat(key.publicKey()).isEqualTo(SshKeys.HOST_PUBLIC);
        assertThat(key.privateKey().value()).isEqualTo(SshKeys.HOST);
        assertThat(key.toString()).doesNotContain("PRIVATE");
    }

    /** The CLI takes the last line break of what it is given away. */
    @Test
    void bringsTheLastLineBreakBack() {
        assertThat(SshKey.parse(SshKeys.HOST.strip()).orElseThrow().privateKey().value())
                .isEqualTo(SshKeys.HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                SshKeys.HOST_PUBLIC,
                SshKeys.LOCKED,
                SshKeys.OTHER_TYPE,
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA////////\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nA\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"
            })
    void isNoOtherText(String text) {
        assertThat(SshKey.parse(text)).isEmpty();
    }
}
