# The last word of a deploy: what was asked for is what runs, healthy, and answers through the front door.
# UNITS holds lines of "container image-id"; URL is asked at ADDRESS (the name resolver's choice when empty).
set -eu

fail() {
  printf 'verdict: %s\n' "$1" >&2
  exit 1
}

printf '%s\n' "$UNITS" | while read -r container image; do
  # shellcheck disable=SC2046 # two words
  set -- $(docker inspect --format '{{.Image}} {{.State.Health.Status}}' "$container")
  [ "$1" = "$image" ] || fail "$container runs $1, not $image"
  [ "$2" = healthy ] || fail "$container is $2"
done

max_connections=$(docker exec "$POSTGRES" psql --no-psqlrc --username postgres --tuples-only --no-align --command 'SHOW max_connections')
# shellcheck disable=SC2153 # the environment names what the plan says
[ "$max_connections" = "$MAX_CONNECTIONS" ] || fail "PostgreSQL has max_connections $max_connections; the plan counts on $MAX_CONNECTIONS"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
set -- --silent --show-error --max-time 5 --output "$work/answer" --write-out '%{http_code}'
[ -z "$ADDRESS" ] || set -- "$@" --connect-to "::$ADDRESS"
if [ "$INTERNAL_CA" = true ]; then
  set -- "$@" --cacert "$work/root.crt"
fi

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  if [ "$INTERNAL_CA" = true ]; then
    docker exec "$CADDY" cat /data/caddy/pki/authorities/local/root.crt >"$work/root.crt" 2>/dev/null || :
  fi
  status=$(curl "$@" "$URL" 2>"$work/error" || :)
  [ "$status" != 200 ] || break
  if [ "$(date +%s)" -ge "$deadline" ]; then
    fail "$URL answered ${status:-nothing} for $TIMEOUT_SECONDS s, not 200: $(cat "$work/error")"
  fi
  sleep 0.5
done
echo "verdict: $URL answers, and what was asked for is what runs"
