# Copies the backups that aren't in the bucket yet, as the instance's role: the host's network alone leads to the metadata
# service. What is being made, and what a restore keeps aside, stays here.
set -eu

docker run --rm --user 0:0 --network host --memory 256m --entrypoint aws --env "AWS_DEFAULT_REGION=$REGION" \
  --volume "freshtrack-$STACK-backups:/backups:ro" "$IMAGE" \
  s3 sync /backups "s3://$BUCKET/$STACK" --exclude '.*' --exclude '*.partial/*' --only-show-errors ||
  logger --priority user.err --tag freshtrack "copying the backups to $BUCKET failed"
