# shellcheck shell=bash
# Sourced by scripts/doctor: what a server must be, asked over ssh in one connection.

# Machines are sold by round numbers and have a little less.
MIN_CPUS=2 MIN_MEMORY=3600 MIN_DISK=45000
GOOD_CPUS=4 GOOD_MEMORY=7400 GOOD_DISK=92000
MIN_FREE=5120 GOOD_FREE=20480

# Sets HOST from the stack's file, where a stack was given.
find_host() {
  local file="Pulumi.$STACK.yaml"
  if [ -z "$STACK" ]; then return 0; fi
  HOST="$(config_value "$file" dockerHost)"
  [[ "$HOST" == ssh://* ]] || fail "freshtrack:dockerHost in $file is '$HOST'; allowed here is ssh://user@host[:port]
  pulumi config set freshtrack:dockerHost ssh://USER@HOST --stack $STACK"
}

# Ends here with what ssh's own words mean: nothing else can be asked then.
unreachable() {
  local what="$1" address="$2" port="$3" user="$4" mend
  case "$what" in
    *"Host key verification failed"* | *"host key is known"*)
      mend="its host key isn't known here, or isn't the one that is known. Compare it with the one that your provider shows, then:
      ssh-keyscan -p $port $address >> ~/.ssh/known_hosts    (after ssh-keygen -R, if the server is a new one)" ;;
    *"Permission denied"*)
      mend="no key of yours is accepted for $user: ssh-add it, or name it in ~/.ssh/config (IdentityFile); ssh-copy-id puts it there" ;;
    *"Connection closed by"* | *"Connection reset by"*)
      mend="sshd is there and hangs up: after failed logins it refuses an address for a while, wait a minute; else see its log" ;;
    *"Could not resolve"*) mend="that name has no address" ;;
    *) mend="is the server on, the address right, and port $port open for you?" ;;
  esac
  bad "ssh" "$user@$address port $port: $(printf '%s' "$what" | grep . | tail -n 1)
      $mend"
}

# usage: said NAME -> the value of that line of the probe
said() { awk -v name="$1" '$1 == name { sub(/^[^ ]+ ?/, ""); print; exit }' "$ANSWER"; }

# usage: check_least NAME FOUND MINIMUM GOOD UNIT HINT
check_least() {
  if [ "$2" -lt "$3" ]; then bad "$1" "$2 $5; $3 at least, $4 are recommended: $6"; elif [ "$2" -lt "$4" ]; then
    warn "$1" "$2 $5; $4 are recommended"
  else
    ok "$1" "$2 $5"
  fi
}

check_server_engine() {
  local version
  version="$(said docker)"
  if [ -n "$(said denied)" ]; then
    bad "Docker Engine" "$USER_THERE may not use it: 'sudo usermod -aG docker $USER_THERE' there, or log in as root"
  elif [ -z "$version" ]; then
    bad "Docker Engine" "none answers 'docker version': host/prepare installs it"
  else
    check_version "Docker Engine" 24 "${version%%[+-]*}" "releases before 24 get no fixes any more; https://docs.docker.com/engine/install/"
  fi
  version="$(said compose)"
  if [ -n "$version" ]; then ok "Compose" "$version"; else warn "Compose" "no Compose v2 there: host/prepare installs it"; fi
}

check_server_clock() {
  local skew=$(($(said epoch) - $1))
  skew="${skew#-}"
  if [ "$skew" -gt 60 ]; then
    bad "clock" "$skew s away from this machine's: certificates and signatures need the right time; 'timedatectl set-ntp true' there"
  elif [ "$skew" -gt 5 ]; then
    warn "clock" "$skew s away from this machine's"
  elif [ "$(said synchronised)" = no ]; then
    warn "clock" "right, but not synchronised: 'timedatectl set-ntp true' there"
  else
    ok "clock" "as here"
  fi
}

check_server_ports() {
  local port by
  if [ -n "$(said ports)" ]; then
    warn "ports" "nobody knows whether they are free: there is no 'ss' there (package iproute2)"
    return 0
  fi
  for port in "$@"; do
    by="$(said "taken-$port")"
    if ! grep -q "^taken-$port" "$ANSWER"; then
      ok "port $port" "free"
    elif [[ "$by" == freshtrack-${STACK:-*}-caddy ]]; then
      ok "port $port" "served by $by"
    else
      bad "port $port" "${by:-something that is no container} has it: stop that, there is one front door on a server"
    fi
  done
}

check_server() {
  local address port ports=() key errors
  for key in docker curl ssh; do if has "$key"; then ok "$key" "there"; else bad "$key" "not found on this machine: install it"; fi; done
  find_host
  [[ "$HOST" =~ ^ssh://([a-z_][a-z0-9_-]*)@([A-Za-z0-9.-]+)(:([0-9]+))?$ ]] || fail "'$HOST' is no host; allowed is ssh://user@host[:port]"
  USER_THERE="${BASH_REMATCH[1]}"
  address="${BASH_REMATCH[2]}"
  port="${BASH_REMATCH[4]:-22}"
  for key in httpPort httpsPort; do
    ports+=("$(if [ -n "$STACK" ]; then config_value "Pulumi.$STACK.yaml" "$key"; fi)")
  done
  ports=("${ports[0]:-80}" "${ports[1]:-443}")
  ANSWER="$(mktemp)"
  trap 'rm -f "$ANSWER"' EXIT

  # No prompt, and an end within a minute whatever the server does.
  if ! errors="$(timeout 50 ssh -T -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 \
    -p "$port" "$USER_THERE@$address" sh -s -- "${ports[@]}" <scripts/doctor.d/probe.sh 2>&1 >"$ANSWER")" || [ "$(said end)" != ok ]; then
    unreachable "${errors:-no answer within 50 s}" "$address" "$port" "$USER_THERE"
    return 0
  fi
  ok "ssh" "$USER_THERE@$address port $port, host key known, no prompt"
  check_server_clock "$(date +%s)"
  check_server_engine
  check_least "processors" "$(said cpus)" "$MIN_CPUS" "$GOOD_CPUS" "" "take a larger server"
  check_least "memory" "$(said memory)" "$MIN_MEMORY" "$GOOD_MEMORY" MiB "take a larger server"
  check_least "disk" "$(said disk)" "$MIN_DISK" "$GOOD_DISK" "MB below Docker" "take a larger disk"
  check_least "free disk" "$(said free)" "$MIN_FREE" "$GOOD_FREE" "MiB below Docker" "'docker image prune' there, or take a larger disk"
  check_server_ports "${ports[@]}"
}
