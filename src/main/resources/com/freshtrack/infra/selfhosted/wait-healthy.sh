# Waits until CONTAINER is healthy; at most TIMEOUT_SECONDS. Ends at once when it keeps crashing.
set -eu

fail() {
  printf '%s %s. Its last lines:\n' "$CONTAINER" "$1" >&2
  docker logs --tail 20 "$CONTAINER" 2>&1 | sed 's/^/  /' >&2
  printf 'Its health check said last:\n' >&2
  docker inspect --format '{{range .State.Health.Log}}{{println .Output}}{{end}}' "$CONTAINER" | grep . | tail -n 2 | sed 's/^/  /' >&2
  exit 1
}

first_restarts=$(docker inspect --format '{{.RestartCount}}' "$CONTAINER")
deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  # shellcheck disable=SC2046 # three words
  set -- $(docker inspect --format '{{.State.Status}} {{.State.Health.Status}} {{.RestartCount}}' "$CONTAINER")
  [ "$1 $2" != "running healthy" ] || break
  [ $(($3 - first_restarts)) -lt 3 ] || fail "keeps crashing (restarted $3 times, $1)"
  [ "$(date +%s)" -lt "$deadline" ] || fail "is not ready after $TIMEOUT_SECONDS s ($1, $2)"
  sleep 0.5
done
echo "$CONTAINER is ready"
