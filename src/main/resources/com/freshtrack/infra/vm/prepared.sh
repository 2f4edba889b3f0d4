# Waits until cloud-init, where there is one, and the Docker Engine are ready.
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
    *) fail "cloud-init failed, so this machine isn't ready; /var/log/cloud-init-output.log ends with:
$(tail -n 20 /var/log/cloud-init-output.log 2>&1)" ;;
  esac
fi

second=0
until docker version >/dev/null 2>&1; do
  [ "$second" -lt 60 ] || fail "the Docker Engine doesn't answer: make the machine ready with host/prepare. $(docker version 2>&1 | tail -n 1)"
  second=$((second + 1))
  sleep 1
done
docker compose version >/dev/null || fail "there is no Compose v2: make the machine ready with host/prepare"
