# Runs one task of TASK_DEFINITION to its end, and fails with its last lines when it fails.
# Where this ends before the task, it stops it: the next deploy's would run beside it.
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

reason="its deploy ended first"
stop() {
  status=$?
  trap - EXIT
  aws ecs stop-task --cluster "$CLUSTER" --task "$task" --reason "$reason" >/dev/null || :
  exit "$status"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  # One that isn't answered is put again: it says nothing of the task.
  answer=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" \
    --query 'tasks[0].[lastStatus, containers[0].exitCode, stoppedReason]' --output text) || answer=
  [ "${answer%%"$tab"*}" != STOPPED ] || break
  if [ "$(date +%s)" -ge "$deadline" ]; then
    reason="not done in time"
    fail "not done after $TIMEOUT_SECONDS s; the task is stopped"
  fi
  sleep 5
done
trap - EXIT HUP INT TERM

answer=${answer#*"$tab"}
code=${answer%%"$tab"*}
if [ "$code" != 0 ]; then
  aws logs get-log-events --log-group-name "$LOG_GROUP" --log-stream-name "$CONTAINER/$CONTAINER/${task##*/}" --limit 20 \
    --query 'events[].message' --output text 2>&1 | tr '\t' '\n' | sed 's/^/  /' >&2 || :
  fail "exit code $code, ${answer#*"$tab"}; the lines above are its last. No API unit was changed: the version that was serving serves on."
fi
echo "$WHAT: done"
