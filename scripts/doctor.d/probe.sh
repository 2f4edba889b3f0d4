# shellcheck shell=sh
# Runs on the server: says what it is, one `name value` a line. A line that is missing is something that isn't there.
set -u

docker_says() { timeout 15 docker "$@" 2>/dev/null; }

echo "epoch $(date +%s)"
echo "cpus $(nproc)"
awk '/^MemTotal:/ { print "memory", int($2 / 1024) }' /proc/meminfo
root="$(docker_says info --format '{{.DockerRootDir}}')"
[ -d "${root:-}" ] || root=/
df -Pm "$root" | awk 'NR == 2 { print "disk", $2; print "free", $4 }'
echo "docker $(docker_says version --format '{{.Server.Version}}')"
[ -S /var/run/docker.sock ] && [ ! -w /var/run/docker.sock ] && echo "denied docker.sock"
echo "compose $(docker_says compose version --short)"
echo "synchronised $(timedatectl show --property=NTPSynchronized --value 2>/dev/null)"
command -v ss >/dev/null || echo "ports unknown"
for port in "$@"; do
  if ss -Hltn "sport = :$port" 2>/dev/null | grep -q .; then
    echo "taken-$port $(docker_says ps --filter "publish=$port" --format '{{.Names}}' | head -n 1)"
  fi
done
echo "end ok"
