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

# usage: check_machine TOOL...
check_machine() {
  local name
  for name in "$@"; do if has "$name"; then ok "$name" "there"; else bad "$name" "not found on this machine: install it"; fi; done
  check_plugin digitalocean DigitalOcean
}

# The key pair with which the provider makes the bucket; the API has one of its own.
check_spaces() {
  local name
  if [ -n "$(setting "$STACK" s3Endpoint)" ]; then return; fi
  for name in SPACES_ACCESS_KEY_ID SPACES_SECRET_ACCESS_KEY; do
    if [ -n "${!name:-}" ]; then ok "$name" "there"; else bad "$name" "not set: the provider makes the bucket with a key pair that has all rights in Spaces"; fi
  done
}

check_digitalocean() {
  check_machine pulumi curl ssh-keyscan
  check_keys "scripts/setup keys $STACK" hostKey deployKey
  if has curl; then check_token; fi
}

check_app_platform() {
  check_machine pulumi curl
  check_keys "pulumi config set --secret freshtrack:s3AccessKey, and s3SecretKey, --stack $STACK" s3AccessKey s3SecretKey
  check_spaces
  if has curl; then check_token; fi
}
