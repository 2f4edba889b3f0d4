# shellcheck shell=bash
# Sourced by scripts/doctor: what a deploy to DigitalOcean needs on this machine and of the account.

# The token goes to curl by standard input: its arguments can be read by everybody on this machine.
check_token() {
  local answer
  if [ -z "${DIGITALOCEAN_TOKEN:-}" ]; then
    bad "token" "DIGITALOCEAN_TOKEN is not set: make a token that may write at https://cloud.digitalocean.com/account/api/tokens"
    return
  fi
  answer="$(printf 'header = "Authorization: Bearer %s"\n' "$DIGITALOCEAN_TOKEN" |
    curl --config - --silent --show-error --max-time 15 --output /dev/null --write-out '%{http_code}' https://api.digitalocean.com/v2/account 2>&1)" || true
  case "$answer" in
    200) ok "token" "DigitalOcean knows it" ;;
    401 | 403) bad "token" "DigitalOcean answers $answer: the token in DIGITALOCEAN_TOKEN is wrong, expired, or may not read the account" ;;
    *) bad "token" "DigitalOcean doesn't say whether it knows it: ${answer: -200}" ;;
  esac
}

check_digitalocean() {
  local name
  for name in pulumi curl ssh-keyscan; do if has "$name"; then ok "$name" "there"; else bad "$name" "not found on this machine: install it"; fi; done
  check_plugin digitalocean DigitalOcean
  check_keys
  if has curl; then check_token; fi
}
