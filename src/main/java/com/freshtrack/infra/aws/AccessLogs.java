package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.pulumi.aws.s3.BucketLifecycleConfigurationV2;
import com.pulumi.aws.s3.BucketLifecycleConfigurationV2Args;
import com.pulumi.aws.s3.BucketPolicy;
import com.pulumi.aws.s3.BucketPolicyArgs;
import com.pulumi.aws.s3.BucketPublicAccessBlock;
import com.pulumi.aws.s3.BucketPublicAccessBlockArgs;
import com.pulumi.aws.s3.BucketServerSideEncryptionConfigurationV2;
import com.pulumi.aws.s3.BucketServerSideEncryptionConfigurationV2Args;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.aws.s3.BucketV2Args;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleExpirationArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleFilterArgs;
import com.pulumi.aws.s3.inputs.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs;
import com.pulumi.aws.s3.inputs.BucketServerSideEncryptionConfigurationV2RuleArgs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bucket of the load balancer's access logs: encrypted, closed, emptied by age. */
final class AccessLogs {
    private static final int KEPT_DAYS = 90;

    private final BucketV2 bucket;
    private final BucketPolicy policy;

    AccessLogs(Parent parent, Environment environment) {
        var name = parent.child("access-logs");
        // Logs alone: outside of prod they go with the stack.
        this.bucket = new BucketV2(
                name,
                BucketV2Args.builder()
                        .forceDestroy(environment != Environment.PROD)
                        .build(),
                parent.options());
        // The load balancer writes with the bucket's own keys alone, not with those of KMS.
        new BucketServerSideEncryptionConfigurationV2(
                name,
                BucketServerSideEncryptionConfigurationV2Args.builder()
                        .bucket(bucket.id())
                        .rules(BucketServerSideEncryptionConfigurationV2RuleArgs.builder()
                                .applyServerSideEncryptionByDefault(
                                        BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs
                                                .builder()
                                                .sseAlgorithm("AES256")
                                                .build())
                                .build())
                        .build(),
                parent.options());
        var closed = new BucketPublicAccessBlock(
                name,
                BucketPublicAccessBlockArgs.builder()
                        .bucket(bucket.id())
                        .blockPublicAcls(true)
                        .blockPublicPolicy(true)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true)
                        .build(),
                parent.options());
        new BucketLifecycleConfigurationV2(
                name,
                BucketLifecycleConfigurationV2Args.builder()
                        .bucket(bucket.id())
                        .rules(BucketLifecycleConfigurationV2RuleArgs.builder()
                                .id("expire")
                                .status("Enabled")
                                .filter(BucketLifecycleConfigurationV2RuleFilterArgs.builder()
                                        .prefix("")
                                        .build())
                                .expiration(BucketLifecycleConfigurationV2RuleExpirationArgs.builder()
                                        .days(KEPT_DAYS)
                                        .build())
                                .build())
                        .build(),
                parent.options());
        this.policy = new BucketPolicy(
                name,
                BucketPolicyArgs.builder()
                        .bucket(bucket.id())
                        .policy(bucket.arn().applyValue(AccessLogs::delivery))
                        .build(),
                parent.after(closed));
    }

    Output<String> bucket() {
        return bucket.bucket();
    }

    /** The load balancer tries to write when it is told to. */
    BucketPolicy policy() {
        return policy;
    }

    /** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html. */
    private static String delivery(String arn) {
        var statement = new TreeMap<>(Policy.allow(List.of("s3:PutObject"), List.of(arn + "/AWSLogs/*")));
        statement.put("Principal", Map.of("Service", "logdelivery.elasticloadbalancing.amazonaws.com"));
        return Policy.of(List.of(statement));
    }
}
