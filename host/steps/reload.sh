# Makes the running Caddy take up the Caddyfile in its volume; without a change it does nothing.
set -eu

# Caddy logs what it does; that is worth reading when it fails.
said=$(docker exec "$CONTAINER" caddy reload --config /etc/caddy/Caddyfile --adapter caddyfile 2>&1) || {
  printf '%s\n' "$said" >&2
  exit 1
}
