# The last word of a deploy to a VM: URL answers 200 within TIMEOUT_SECONDS. Where AUTHORITY is `public`, its certificate must be
# one that the system trusts; the ACME staging one is trusted by nobody.
set -eu

set -- --silent --show-error --max-time 5 --output /dev/null --write-out '%{http_code}'
[ "$AUTHORITY" = public ] || set -- "$@" --insecure

error=$(mktemp)
trap 'rm -f "$error"' EXIT
deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while status=$(curl "$@" "$URL" 2>"$error" || :) && [ "$status" != 200 ]; do
  [ "$(date +%s)" -lt "$deadline" ] || {
    printf 'verdict: for %s s %s answers %s, not 200: %s\n' "$TIMEOUT_SECONDS" "$URL" "${status:-nothing}" "$(cat "$error")" >&2
    exit 1
  }
  sleep 1
done
echo "verdict: $URL answers"
