# shellcheck shell=bash
# Sourced by the scripts that work inside a stack's containers, through the docker CLI alone.

# Sets up the docker CLI for a stack's engine: its `dockerHost`, the machine that it has made, or else the default socket.
# usage: use_stack NAME
use_stack() {
  local engine target
  [[ "$1" =~ ^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$ ]] || fail "'$1' is no stack's name: 1 to 40 lower-case letters, digits and hyphens are allowed"
  STACK="$1"
  engine="$(config_value "$ROOT/Pulumi.$1.yaml" dockerHost)"
  target="$(config_value "$ROOT/Pulumi.$1.yaml" target)"
  case "$target" in
    aws-fargate | do-app-platform)
      fail "'$1' has no Docker host of its own: docs/$target.md says how its backups are made and restored"
      ;;
    do-droplet | aws-ec2)
      engine="ssh://root@$(pulumi stack output address --stack "$1")" || fail "the address of '$1' isn't known: was it deployed, and is this the state that knows it?"
      ;;
  esac
  if [ -n "$engine" ]; then export DOCKER_HOST="$engine"; else export DOCKER_CONTEXT=default; fi
  if [ "$(docker inspect --format '{{.State.Running}}' "$(container backup)" 2>&1)" != true ]; then
    docker version >/dev/null || fail "no Docker Engine answers at ${engine:-the default socket}"
    fail "the container $(container backup) doesn't run at ${engine:-the default socket}.
  Backups are on by default in prod, elsewhere with:  pulumi config set freshtrack:backup true --stack $1 && pulumi up --stack $1"
  fi
}

# What puts a database beside another one needs its superuser. usage: need_own_database NAME
need_own_database() {
  [ "$(config_value "$ROOT/Pulumi.$1.yaml" database)" != managed ] ||
    fail "the database of '$1' is DigitalOcean's, which has no superuser: docs/do-droplet.md says how to restore it"
}

container() { printf 'freshtrack-%s-%s' "$STACK" "$1"; }

# Runs one of the host's scripts in the backup container. Its standard input has the superuser's password, the private key
# of KEY where there is one, a line with a full stop, and then stays open: where it closes early, because this script
# was ended, that one ends too and puts back what it changed.
# usage: ask SCRIPT ARGUMENT…
ask() {
  local status=0 script="$1" input feeder
  shift
  exec {input}< <(feed)
  feeder=$!
  docker exec --interactive "$(container backup)" sh "/freshtrack/$script" "$@" <&"$input" || status=$?
  exec {input}<&-
  # It ignores milder signals where this script does.
  kill -KILL "$feeder" 2>/dev/null || true
  return "$status"
}

KEY=""
feed() {
  docker exec "$(container postgres)" cat /run/secrets/postgres_password
  printf '\n'
  if [ -n "$KEY" ]; then cat -- "$KEY"; fi
  printf '\n.\n'
  # Open as long as this script runs, however that ends.
  while kill -0 "$$"; do sleep 1; done 2>/dev/null
}

# usage: use_key FILE
use_key() {
  [ -r "$1" ] || fail "the key file $1 can't be read"
  grep -q 'BEGIN PGP PRIVATE KEY BLOCK' "$1" || fail "$1 is no private key: make the file with 'gpg --armor --export-secret-keys KEY_ID'"
  KEY="$1"
}
