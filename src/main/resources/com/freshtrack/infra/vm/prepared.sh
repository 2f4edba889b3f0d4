# Waits until cloud-init, where there is one, and the Docker Engine are ready. What cloud-init failed at is tried once more.
set -eu

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

if command -v cloud-init >/dev/null; then
  result=0
  cloud-init status --wait >/dev/null || result=$?
  # 2 is done, with errors that it recovered from: https://docs.cloud-init.io/en/latest/explanation/return_codes.html
  case "$result" in
    0 | 2) ;;
    *)
      # Its commands for the first boot, which may run any number of times; its own verdict stays as it is.
      said=$(sh /var/lib/cloud/instance/scripts/runcmd 2>&1) || fail "cloud-init failed, and its commands did once more, so this machine isn't ready; they end with:
$(printf '%s\n' "$said" | tail -n 20)
and /var/log/cloud-init-output.log with:
$(tail -n 20 /var/log/cloud-init-output.log 2>&1)"
      ;;
  esac
fi

second=0
until docker version >/dev/null 2>&1; do
  [ "$second" -lt 60 ] || fail "the Docker Engine doesn't answer: make the machine ready with host/prepare. $(docker version 2>&1 | tail -n 1)"
  second=$((second + 1))
  sleep 1
done
docker compose version >/dev/null || fail "there is no Compose v2: make the machine ready with host/prepare"
