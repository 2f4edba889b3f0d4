package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.acm.CertificateArgs;
import com.pulumi.aws.acm.CertificateValidation;
import com.pulumi.aws.acm.CertificateValidationArgs;
import com.pulumi.aws.acm.outputs.CertificateDomainValidationOption;
import com.pulumi.aws.route53.Record;
import com.pulumi.aws.route53.RecordArgs;
import com.pulumi.core.Either;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The certificate of the domain, proven by a DNS record: one that is made here where the zone is ours, or else elsewhere.
 *
 * <p>A new one is there before the old one goes, which is the order in which Pulumi replaces.
 */
final class Certificate {
    /** ACM looks every few minutes, and a zone's delegation may be slow; see https://github.com/pulumi/pulumi-aws/issues/3617. */
    private static final Duration PATIENCE = Duration.ofMinutes(45);

    private final Output<CertificateDomainValidationOption> option;
    private final Optional<CertificateValidation> validation;

    Certificate(Parent parent, StackConfig config) {
        var certificate = new com.pulumi.aws.acm.Certificate(
                parent.child("certificate"),
                CertificateArgs.builder()
                        .domainName(config.site().domain())
                        .validationMethod("DNS")
                        .build(),
                parent.options());
        this.option = certificate.domainValidationOptions().applyValue(options -> options.get(0));
        var record = config.aws().orElseThrow().frontDoor().hostedZoneId().map(zone -> record(parent, zone));
        this.validation =
                config.site().dnsReady() ? Optional.of(validation(parent, certificate, record)) : Optional.empty();
    }

    /** The validated certificate's ARN, known when it is valid; empty while DNS isn't ready. */
    Optional<Output<String>> validArn() {
        return validation.map(CertificateValidation::certificateArn);
    }

    /** The record that proves the domain, as {@code name type value}. */
    Output<String> proof() {
        return option.applyValue(wanted -> wanted.resourceRecordName().orElseThrow() + " "
                + wanted.resourceRecordType().orElseThrow() + " "
                + wanted.resourceRecordValue().orElseThrow());
    }

    private Record record(Parent parent, String zone) {
        return new Record(
                parent.child("certificate"),
                RecordArgs.builder()
                        .zoneId(zone)
                        .name(option.applyValue(
                                wanted -> wanted.resourceRecordName().orElseThrow()))
                        .type(option.applyValue(wanted ->
                                Either.ofLeft(wanted.resourceRecordType().orElseThrow())))
                        .records(option.applyValue(
                                wanted -> List.of(wanted.resourceRecordValue().orElseThrow())))
                        .ttl(60)
                        .build(),
                parent.options());
    }

    private static CertificateValidation validation(
            Parent parent, com.pulumi.aws.acm.Certificate certificate, Optional<Record> record) {
        var arguments = CertificateValidationArgs.builder().certificateArn(certificate.arn());
        record.ifPresent(made -> arguments.validationRecordFqdns(made.fqdn().applyValue(List::of)));
        return new CertificateValidation(
                parent.child("certificate"),
                arguments.build(),
                parent.builder()
                        .customTimeouts(
                                CustomTimeouts.builder().create(PATIENCE).build())
                        .build());
    }
}
