# The last word of a deploy to App Platform: the newest deployment of APP is active with the API's image by DIGEST, within
# DEPLOYMENT_SECONDS, and then URL answers 200, within TIMEOUT_SECONDS. A deployment that fails leaves the one before serving: then this
# fails. What is newest may for a while be the one before.
set -eu

fail() {
  printf 'verdict: %s\n' "$1" >&2
  exit 1
}

[ -n "${DIGITALOCEAN_TOKEN:-}" ] || fail "DIGITALOCEAN_TOKEN is not set, so nobody can be asked what runs"

# The token goes to curl by standard input: its arguments can be read by everybody on this machine.
newest() {
  printf 'header = "Authorization: Bearer %s"\n' "$DIGITALOCEAN_TOKEN" |
    curl --config - --silent --show-error --max-time 15 "https://api.digitalocean.com/v2/apps/$APP/deployments?per_page=1" 2>&1 | tr -d ' \n' || :
}

deadline=$(($(date +%s) + DEPLOYMENT_SECONDS))
while :; do
  now=$(newest)
  case "$now" in
    *"\"digest\":\"$DIGEST\""*)
      case "$now" in
        *'"phase":"ACTIVE"'*) break ;;
        *'"phase":"ERROR"'* | *'"phase":"CANCELED"'*) fail "the newest deployment of the app failed, and the one before serves on; its logs: doctl apps logs $APP --type deploy" ;;
      esac
      ;;
  esac
  [ "$(date +%s)" -lt "$deadline" ] || fail "after $DEPLOYMENT_SECONDS s the newest deployment of the app is not active with the API's image $DIGEST; DigitalOcean says: $(printf %.200s "$now")"
  sleep 5
done

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while status=$(curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}' "$URL" 2>&1 || :) && [ "$status" != 200 ]; do
  [ "$(date +%s)" -lt "$deadline" ] || fail "for $TIMEOUT_SECONDS s $URL answers ${status:-nothing}, not 200"
  sleep 5
done
echo "verdict: $URL answers, and what was asked for is what runs"
