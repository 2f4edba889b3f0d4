# The last word of a deploy: what was asked for is what runs, healthy as far as the engine has asked, and answers through the front door.
# UNITS holds the API containers, a line each; URL is asked at ADDRESS (the name resolver's choice when empty), and its
# certificate is held against AUTHORITY: Caddy's internal one, the ACME staging one (which nobody trusts), or a public one.
# POSTGRES is the database's container, which must allow MAX_CONNECTIONS; empty where it has none.
set -eu

fail() {
  printf 'verdict: %s\n' "$1" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

set -- --silent --show-error --max-time 5 --output "$work/answer" --write-out '%{http_code}'
[ -z "$ADDRESS" ] || set -- "$@" --connect-to "::$ADDRESS"
case "$AUTHORITY" in
  internal) set -- "$@" --cacert "$work/root.crt" ;;
  staging) set -- "$@" --insecure ;;
esac

# Leaves empty what is as it should be, and says in $wrong what is not, or not yet.
look() {
  wrong=
  for unit in $UNITS; do
    health=$(docker inspect --format '{{.State.Health.Status}}, restarted {{.RestartCount}} times, with {{len .State.Health.Log}} answers' "$unit")
    # One that this deploy started was waited for, and the engine may not have asked it yet.
    case "$health" in
      "healthy, "* | "starting, restarted 0 times, with 0 answers") ;;
      *) wrong="$unit is $health to the engine's health check" ;;
    esac
  done
  [ -z "$wrong" ] || return 0
  if [ "$AUTHORITY" = internal ]; then
    docker exec "$CADDY" cat /data/caddy/pki/authorities/local/root.crt >"$work/root.crt" 2>/dev/null || :
  fi
  status=$(curl "$@" "$URL" 2>"$work/error" || :)
  [ "$status" = 200 ] || wrong="$URL answers ${status:-nothing}, not 200: $(cat "$work/error")"
}

for unit in $UNITS; do
  runs=$(docker inspect --format '{{.Image}}' "$unit")
  [ "$runs" = "$IMAGE" ] || fail "$unit runs $runs, not $IMAGE"
done

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while look "$@" && [ -n "$wrong" ]; do
  [ "$(date +%s)" -lt "$deadline" ] || fail "for $TIMEOUT_SECONDS s: $wrong"
  sleep 0.5
done

if [ -n "$POSTGRES" ]; then
  allows=$(docker exec "$POSTGRES" psql --no-psqlrc --username postgres --tuples-only --no-align --command 'SHOW max_connections')
  [ "$allows" = "$MAX_CONNECTIONS" ] || fail "PostgreSQL has max_connections $allows; the plan counts on $MAX_CONNECTIONS"
fi
echo "verdict: $URL answers, and what was asked for is what runs"
