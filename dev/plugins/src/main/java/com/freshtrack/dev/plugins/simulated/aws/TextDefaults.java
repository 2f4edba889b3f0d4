package com.freshtrack.dev.plugins.simulated.aws;

import java.util.Map;
import java.util.Set;

/**
 * Texts that the Pulumi provider itself puts where the program gives none, so that they are part of the inputs
 * (https://github.com/pulumi/pulumi-aws/blob/master/provider/resource_overrides.go).
 */
final class TextDefaults {

    private static final Set<String> DESCRIBED = Set.of(
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:rds/subnetGroup:SubnetGroup",
            "aws:rds/parameterGroup:ParameterGroup");

    private TextDefaults() {}

    static void fill(String type, Map<String, Object> inputs) {
        if (DESCRIBED.contains(type) && inputs.get("description") == null) {
            inputs.put("description", "Managed by Pulumi");
            Naming.markChosen(inputs, "description");
        }
    }
}
