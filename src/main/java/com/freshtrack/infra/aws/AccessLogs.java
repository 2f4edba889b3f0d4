package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.s3.BucketPolicy;
import com.pulumi.aws.s3.BucketPolicyArgs;
import com.pulumi.core.Output;
import java.util.List;

/** The bucket of the load balancer's access logs; it writes to one with S3's own keys alone, not with those of KMS. */
final class AccessLogs {
    private static final int KEPT_DAYS = 90;

    private final ClosedBucket bucket;
    private final BucketPolicy policy;

    AccessLogs(Parent parent, Environment environment, Output<String> account) {
        this.bucket = new ClosedBucket(parent, "access-logs", environment, KEPT_DAYS);
        this.policy = new BucketPolicy(
                parent.child("access-logs"),
                BucketPolicyArgs.builder()
                        .bucket(bucket.bucket().id())
                        .policy(Output.tuple(bucket.bucket().arn(), account)
                                .applyValue(both -> delivery(both.t1, both.t2)))
                        .build(),
                parent.after(bucket.closed()));
    }

    Output<String> bucket() {
        return bucket.bucket().bucket();
    }

    /** The load balancer tries to write when it is told to. */
    BucketPolicy policy() {
        return policy;
    }

    /** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html. */
    private static String delivery(String arn, String account) {
        return Policy.of(List.of(Policy.allowService(
                "logdelivery.elasticloadbalancing.amazonaws.com",
                List.of("s3:PutObject"),
                List.of(arn + "/AWSLogs/" + account + "/*"))));
    }
}
