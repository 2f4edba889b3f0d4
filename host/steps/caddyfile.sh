# Checks the Caddyfile on standard input with IMAGE's own caddy and the environment that it will run in, then puts it into VOLUME.
set -eu

environment=$(mktemp)
trap 'rm -f "$environment"' EXIT
printf '%s\n' "$CADDY_ENVIRONMENT" >"$environment"

# shellcheck disable=SC2016 # expanded inside the container
docker run --rm --interactive --network none --memory "${MEMORY_MIB}m" --cap-drop ALL --cap-add NET_BIND_SERVICE --security-opt no-new-privileges \
  --env-file "$environment" --volume "$VOLUME:/etc/caddy" --entrypoint sh "$IMAGE" -c '
    set -eu
    cat >/etc/caddy/Caddyfile.new
    trap "rm -f /etc/caddy/Caddyfile.new" EXIT
    # It says much on the way; that is worth reading when it fails.
    said=$(caddy validate --config /etc/caddy/Caddyfile.new --adapter caddyfile 2>&1) || { echo "$said"; exit 1; }
    mv /etc/caddy/Caddyfile.new /etc/caddy/Caddyfile
  ' 2>&1
