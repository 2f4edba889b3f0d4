# Makes the running Caddy take up the Caddyfile in its volume; without a change it does nothing.
set -eu

docker exec "$CONTAINER" caddy reload --config /etc/caddy/Caddyfile --adapter caddyfile 2>&1
