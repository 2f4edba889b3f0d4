# The last word of a deploy: what was asked for is what runs, and it answers. ECS goes back to the version before when the new
# one doesn't get ready, and calls that done: then this fails. A version that ECS gave up at an earlier deploy is tried again.
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

# The task definition that the service runs or goes to, and how far it is.
look() {
  # shellcheck disable=SC2016 # JMESPath's own quotes
  aws ecs describe-services --cluster "$CLUSTER" --services "$SERVICE" \
    --query 'services[0].deployments[?status==`PRIMARY`].[taskDefinition, rolloutState] | [0]' --output text
}

tab=$(printf '\t')
now=$(look)
if [ "${now%%"$tab"*}" != "$TASK_DEFINITION" ]; then
  aws ecs update-service --cluster "$CLUSTER" --service "$SERVICE" --task-definition "$TASK_DEFINITION" >/dev/null
fi

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  now=$(look)
  if [ "${now%%"$tab"*}" != "$TASK_DEFINITION" ] || [ "${now##*"$tab"}" = FAILED ]; then
    reasons
    fail "ECS went back to ${now%%"$tab"*}, because $TASK_DEFINITION did not get ready; the lines above say why tasks ended"
  fi
  [ "${now##*"$tab"}" != COMPLETED ] || break
  if [ "$(date +%s)" -ge "$deadline" ]; then
    reasons
    fail "after $TIMEOUT_SECONDS s the deployment of $TASK_DEFINITION is ${now##*"$tab"}"
  fi
  sleep 5
done

while :; do
  status=$(curl --silent --show-error --max-time 5 --output /dev/null --write-out '%{http_code}' --connect-to "::$LOAD_BALANCER:" "$URL" 2>&1 || :)
  [ "$status" != 200 ] || break
  [ "$(date +%s)" -lt "$deadline" ] || fail "$URL answers $status, not 200"
  sleep 5
done
echo "verdict: $URL answers, and what was asked for is what runs"
