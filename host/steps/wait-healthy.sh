# Waits until every container in CONTAINERS, a name each line, is ready; at most TIMEOUT_SECONDS. Ends at once when one keeps crashing.
# Ready is what its own health check says: the engine asks only now and then, most services every 15 s, so one that isn't healthy yet is asked from here as well.
set -eu

fail() {
  printf '%s %s. Its last lines:\n' "$container" "$1" >&2
  docker logs --tail 20 "$container" 2>&1 | sed 's/^/  /' >&2
  printf 'Its health check said last:\n' >&2
  docker inspect --format '{{range .State.Health.Log}}{{println .Output}}{{end}}' "$container" | grep . | tail -n 2 | sed 's/^/  /' >&2
  exit 1
}

# The check's words, a line each; a check on one line for a shell is what the docker command makes of them (--health-cmd).
ask() {
  set --
  while IFS= read -r word; do set -- "$@" "$word"; done <<WORDS
$(docker inspect --format '{{if eq (index .Config.Healthcheck.Test 0) "CMD-SHELL"}}{{println "sh"}}{{println "-c"}}{{end}}{{range $i, $word := .Config.Healthcheck.Test}}{{if $i}}{{println $word}}{{end}}{{end}}' "$container")
WORDS
  exec docker exec "$container" "$@" >/dev/null 2>&1 </dev/null
}

# Rounds of half a second between two questions: one may start a whole runtime, which on a small machine keeps the service from starting.
REST=3

# The process that asks now; a check that hangs must not outlive this script, nor keep it from its deadline.
asking=
trap '[ -z "$asking" ] || kill "$asking" 2>/dev/null || :' EXIT

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
for container in $CONTAINERS; do
  rest=0
  first_restarts=$(docker inspect --format '{{.RestartCount}}' "$container")
  while :; do
    # shellcheck disable=SC2046 # three words
    set -- $(docker inspect --format '{{.State.Status}} {{.State.Health.Status}} {{.RestartCount}}' "$container")
    [ "$1 $2" != "running healthy" ] || break
    [ $(($3 - first_restarts)) -lt 3 ] || fail "keeps crashing (restarted $3 times, $1)"
    [ "$(date +%s)" -lt "$deadline" ] || fail "is not ready after $TIMEOUT_SECONDS s ($1, $2)"
    if [ -n "$asking" ]; then
      if ! kill -0 "$asking" 2>/dev/null; then
        if wait "$asking"; then break; fi
        asking=
        rest=$REST
      fi
    elif [ "$rest" -gt 0 ]; then
      rest=$((rest - 1))
    else
      ask &
      asking=$!
    fi
    sleep 0.5
  done
  if [ -n "$asking" ]; then kill "$asking" 2>/dev/null || :; fi
  asking=
  echo "$container is ready"
done
