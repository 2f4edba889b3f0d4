# Waits until HOST answers ssh at PORT with HOST_KEY, at most TIMEOUT_SECONDS. Another key ends it at once.
set -eu

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

command -v ssh-keyscan >/dev/null || fail "ssh-keyscan is missing where pulumi runs: install the OpenSSH client"
wanted=$(printf '%s\n' "$HOST_KEY" | awk '{ print $1, $2 }')
case "$wanted" in
  "ssh-ed25519 "?*) ;;
  *) fail "the host key that $HOST must show is '$HOST_KEY'; allowed is one that begins with ssh-ed25519" ;;
esac

deadline=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  shown=$(ssh-keyscan -T 5 -t ed25519 -p "$PORT" "$HOST" 2>/dev/null | awk '!/^#/ { print $2, $3; exit }')
  [ "$shown" != "$wanted" ] || break
  [ -z "$shown" ] || fail "$HOST shows the host key '$shown', not '$wanted': it is another machine than this stack's, or it was made anew. Nothing was sent to it."
  [ "$(date +%s)" -lt "$deadline" ] || fail "$HOST doesn't answer ssh at port $PORT within $TIMEOUT_SECONDS s: is the machine there, and may this address reach it?"
  sleep 2
done
echo "$HOST answers with its host key"
