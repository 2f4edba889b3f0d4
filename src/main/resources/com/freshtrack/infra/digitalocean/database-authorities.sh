# Prints the certificate of the authority that signed the one of the database cluster CLUSTER, which no resource says:
# https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_ca
set -eu

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

[ -n "${DIGITALOCEAN_TOKEN:-}" ] || fail "DIGITALOCEAN_TOKEN is not set: without it nobody says which certificate the database shows"
# The token goes to curl by standard input: its arguments can be read by everybody on this machine.
answer=$(printf 'header = "Authorization: Bearer %s"\n' "$DIGITALOCEAN_TOKEN" |
  curl --config - --silent --show-error --fail --max-time 30 "https://api.digitalocean.com/v2/databases/$CLUSTER/ca" 2>&1) ||
  fail "DigitalOcean doesn't say which authority the database $CLUSTER has: $answer"
certificate=$(printf '%s\n' "$answer" | sed -n 's|.*"certificate": *"\([A-Za-z0-9+/=]*\)".*|\1|p' | base64 -d)
case "$certificate" in
  *"-----BEGIN CERTIFICATE-----"*) printf '%s\n' "$certificate" ;;
  *) fail "DigitalOcean's answer about the authority of the database $CLUSTER has no certificate in it" ;;
esac
