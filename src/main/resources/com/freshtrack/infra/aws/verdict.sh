# The last word of a deploy: what was asked for is what runs, and the API answers. ECS goes back to what ran before when the new
# tasks don't get ready, and calls that done: then this fails. What ECS gave up or took back at an earlier deploy is tried again. A
# task definition never changes and names the API's image by its digest, so that the definition is what has to be compared.
set -eu

fail() {
  printf 'verdict: %s\n' "$1" >&2
  exit 1
}

# Where ECS says no reason it says None.
reasons() {
  stopped=$(aws ecs list-tasks --cluster "$CLUSTER" --service-name "$SERVICE" --desired-status STOPPED --query 'taskArns[]' --output text)
  [ -n "$stopped" ] && [ "$stopped" != None ] || return 0
  # shellcheck disable=SC2086 # a word each
  aws ecs describe-tasks --cluster "$CLUSTER" --tasks $stopped --query 'tasks[].[stoppedReason, containers[].reason]' --output text |
    sort -u | sed 's/^/  /' >&2
}

tab=$(printf '\t')

# What the service runs or goes to: the definition, how far it is, the deployment's id, and its subnets in order, where ECS says them.
look() {
  now=$(aws ecs describe-services --cluster "$CLUSTER" --services "$SERVICE" --output text --query \
    "services[0].deployments[?status=='PRIMARY'].[taskDefinition, rolloutState, id, join(',', sort(networkConfiguration.awsvpcConfiguration.subnets || \`[]\`))] | [0]")
  IFS=$tab read -r definition state id subnets <<EOF
$now
EOF
}

look
if [ "$definition" != "$TASK_DEFINITION" ] || [ "${subnets:-$SUBNETS}" != "$SUBNETS" ] || [ "$state" = FAILED ]; then
  aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$TASK_DEFINITION" --force-new-deployment \
    --network-configuration "awsvpcConfiguration={subnets=[$SUBNETS],securityGroups=[$SECURITY_GROUP],assignPublicIp=$ASSIGN_PUBLIC_IP}" >/dev/null
  look
fi
deployment=$id

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  if [ "$state" = FAILED ]; then
    reasons
    fail "ECS gave $TASK_DEFINITION up, because it did not get ready; the lines above say why tasks ended"
  fi
  if [ "$definition" != "$TASK_DEFINITION" ] || [ "$id" != "$deployment" ]; then
    reasons
    fail "ECS went back to $definition, because $TASK_DEFINITION did not get ready; the lines above say why tasks ended"
  fi
  [ "$state" != COMPLETED ] || break
  if [ "$(date +%s)" -ge "$deadline" ]; then
    reasons
    fail "after $TIMEOUT_SECONDS s the deployment of $TASK_DEFINITION is $state"
  fi
  sleep 5
  look
done

if [ -z "${URL:-}" ]; then
  echo "verdict: what was asked for is what runs"
  exit
fi

# A unit that autoscaling adds just now is waited for, one that leaves is not.
while :; do
  states=$(aws elbv2 describe-target-health --target-group-arn "$TARGET_GROUP" --query 'TargetHealthDescriptions[].TargetHealth.State' --output text)
  case "$tab$states$tab" in
    *unhealthy* | *initial*) ;;
    *"${tab}healthy$tab"*) break ;;
  esac
  [ "$(date +%s)" -lt "$deadline" ] || fail "not every unit is healthy behind the load balancer, which says: $(printf %s "$states" | tr '\t' ' ')"
  sleep 5
done

while :; do
  status=$(curl --silent --show-error --max-time 5 --output /dev/null --write-out '%{http_code}' --connect-to "::$LOAD_BALANCER:" "$URL" 2>&1 || :)
  [ "$status" != 200 ] || break
  [ "$(date +%s)" -lt "$deadline" ] || fail "$URL answers $status, not 200"
  sleep 5
done
echo "verdict: $URL answers, and what was asked for is what runs"
