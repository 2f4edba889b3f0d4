package com.freshtrack.infra.aws;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ProductFiles;
import com.pulumi.resources.ComponentResourceOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a stack asks for, answered with outputs in the shape of AWS's. */
final class Recording {
    /** Every generated password holds it. */
    static final String GENERATED = Stacks.SENTINEL + "-generated";

    static final String AUTHORITIES = "-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n";

    private Recording() {}

    static Recorded of(StackConfig config) {
        return Recorded.of(
                () -> new AwsFargateStack(
                        "freshtrack", new AwsFargateStack.Args(config, AUTHORITIES), ComponentResourceOptions.Empty),
                Recording::outputs);
    }

    static Recorded ofEc2(StackConfig config) {
        return Recorded.of(
                () -> new Ec2Stack(
                        "freshtrack",
                        new Ec2Stack.Args(config, ProductFiles.read(Path.of(""))),
                        ComponentResourceOptions.Empty),
                Recording::outputs);
    }

    private static Map<String, Object> outputs(Recorded.Asked asked) {
        var outputs = new HashMap<String, Object>();
        outputs.put("arn", "arn:aws:" + asked.type().split("[:/]")[1] + ":us-east-1:123456789012:" + asked.name());
        for (var computed : List.of(
                "address", "arnSuffix", "bucket", "dnsName", "fqdn", "identifier", "name", "versionId", "zoneId")) {
            outputs.put(computed, asked.name() + "-" + computed.toLowerCase(java.util.Locale.ROOT));
        }
        outputs.put("result", GENERATED);
        outputs.put("ownerId", "123456789012");
        outputs.put("publicIp", "203.0.113.10");
        outputs.put("stdout", "done");
        outputs.put(
                "domainValidationOptions",
                List.of(Map.of(
                        "domainName", "freshtrack.acme.io",
                        "resourceRecordName", "_1.freshtrack.acme.io.",
                        "resourceRecordType", "CNAME",
                        "resourceRecordValue", "_2.acm-validations.aws.")));
        outputs.putAll(asked.inputs());
        if (asked.type().endsWith(":CertificateValidation")) {
            // AWS gives the certificate's own; another one here shows who waits for the validation.
            outputs.put("certificateArn", outputs.get("certificateArn") + "-validated");
        }
        return outputs;
    }
}
