# Runs one task of TASK_DEFINITION to its end, and fails with its last lines when it fails.
set -eu

fail() {
  printf '%s: %s\n' "$WHAT" "$1" >&2
  exit 1
}

tab=$(printf '\t')
answer=$(aws ecs run-task --cluster "$CLUSTER" --task-definition "$TASK_DEFINITION" --launch-type FARGATE --started-by freshtrack \
  --network-configuration "awsvpcConfiguration={subnets=[$SUBNETS],securityGroups=[$SECURITY_GROUP],assignPublicIp=$ASSIGN_PUBLIC_IP}" \
  --query '[failures[0].reason, tasks[0].taskArn]' --output text)
task=${answer##*"$tab"}
[ "$task" != None ] || fail "ECS started no task: ${answer%%"$tab"*}"

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  answer=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" \
    --query 'tasks[0].[lastStatus, containers[0].exitCode, stoppedReason]' --output text)
  [ "${answer%%"$tab"*}" != STOPPED ] || break
  if [ "$(date +%s)" -ge "$deadline" ]; then
    aws ecs stop-task --cluster "$CLUSTER" --task "$task" --reason "not done in time" >/dev/null
    fail "not done after $TIMEOUT_SECONDS s; the task was stopped"
  fi
  sleep 5
done

answer=${answer#*"$tab"}
code=${answer%%"$tab"*}
if [ "$code" != 0 ]; then
  aws logs get-log-events --log-group-name "$LOG_GROUP" --log-stream-name "$CONTAINER/$CONTAINER/${task##*/}" --limit 20 \
    --query 'events[].message' --output text 2>&1 | tr '\t' '\n' | sed 's/^/  /' >&2 || :
  fail "exit code $code, ${answer#*"$tab"}; the lines above are its last. No API unit was changed: the version that was serving serves on."
fi
echo "$WHAT: done"
