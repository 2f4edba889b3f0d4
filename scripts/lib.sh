# shellcheck shell=bash
# Sourced by the scripts here: where things are, how they speak, and the versions that belong together.
# shellcheck disable=SC2034  # used by the scripts that source this one

# Where Debian keeps dockerd and debootstrap, which an ordinary user's PATH leaves out.
PATH="$PATH:/usr/sbin:/sbin"

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
LOCAL="$ROOT/.local"

# usage: pinned FOLDER MODULE -> the version of a module of dev/toolchain, and of a property of pom.xml
pinned() { awk -v module="$2" '$1 == module { print substr($2, 2); exit }' "$ROOT/dev/toolchain/$1/go.mod"; }
property() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$ROOT/pom.xml" | head -n1; }

PULUMI_VERSION="$(pinned cli github.com/pulumi/pulumi/pkg/v3)"
JAVA_HOST_VERSION="$(pinned language-java github.com/pulumi/pulumi-java)"
JAVA_SDK_VERSION="$(property pulumi.version)"
# Providers that the program uses, as NAME=VERSION; the simulated ones come with the bundled plugins alone.
ACTING_PROVIDERS=("docker=$(property pulumi-docker.version)" "command=$(property pulumi-command.version)" "random=$(property pulumi-random.version)")
SIMULATED_PROVIDERS=(aws digitalocean)
# Java SDKs that the public Maven Central has and some mirrors lack.
SDKS=("${ACTING_PROVIDERS[@]}" "digitalocean=$(property pulumi-digitalocean.version)")

say() { printf '%s\n' "$*"; }
choice() { printf '  %-16s %s\n' "$1" "$2"; }
fail() {
  printf '\nerror: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# usage: at_least 3.259.0 3.260.1 -> true when the second version is not older than the first
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

# One hash over the names and contents of files and folders of the checkout; what was built from them is left out.
content_hash() {
  (
    cd "$ROOT" || exit
    find "$@" \( -name target -o -name node_modules -o -name dist \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
  )
}

# A stamp remembers from which inputs something was made: `fresh NAME KEY`, then `stamp NAME KEY`.
fresh() { [ "$(cat "$LOCAL/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() {
  mkdir -p "$LOCAL/stamps"
  printf '%s\n' "$2" >"$LOCAL/stamps/$1"
}

# Loads what setup decided: the PATH with .local/bin first, the state's place, the passphrase's file.
load_environment() {
  [ -f "$LOCAL/env" ] || fail "nothing is set up yet: run 'make setup' first"
  # shellcheck disable=SC1091
  . "$LOCAL/env"
}

# usage: config_value FILE KEY -> the plain value of freshtrack:KEY in a stack's file, nothing when it has none
config_value() {
  awk -v key="freshtrack:$2:" '$1 == key { sub(/^[^:]*:[^:]*:[ \t]*/, ""); sub(/[ \t]+#.*$/, ""); gsub(/^["\x27]|["\x27]$/, ""); print; exit }' "$1" 2>/dev/null || true
}

# usage: setting STACK KEY -> what a stack's file says, or else the default that Pulumi.yaml says
setting() {
  local value
  value="$(config_value "$ROOT/Pulumi.$1.yaml" "$2")"
  if [ -z "$value" ]; then
    value="$(awk -v key="$2:" '$1 == key { found = 1 } found && $1 == "default:" { gsub(/^["\x27]|["\x27]$/, "", $2); print $2; exit }' "$ROOT/Pulumi.yaml")"
  fi
  printf '%s\n' "$value"
}

# usage: target_of STACK -> its freshtrack:target; fails when there is no such stack's file
target_of() {
  [ -f "$ROOT/Pulumi.$1.yaml" ] || fail "there is no Pulumi.$1.yaml"
  setting "$1" target
}

# The engine prefers a plugin on PATH; the one that scripts/setup puts there starts the simulated provider.
# usage: is_simulated PLUGIN
is_simulated() { head -c 1000 "$(command -v "pulumi-resource-$1" || echo /dev/null)" | grep -q freshtrack-plugins.jar; }

# Fails where the official plugin would, which asks AWS whose account it is, in a preview too.
# usage: require_aws_account STACK
require_aws_account() {
  local words
  if is_simulated aws; then return 0; fi
  say "note: the aws plugin is the official one: also a preview needs credentials of an AWS account"
  if ! has aws; then return 0; fi
  words="$(AWS_PAGER="" timeout 30 aws sts get-caller-identity --region "$(setting "$1" awsRegion)" 2>&1)" ||
    fail "AWS knows no credentials of yours: $(grep . <<<"$words" | tail -n 1)
  Name them with AWS_PROFILE, or make some with 'aws configure sso' or 'aws configure'."
}

# usage: published_port httpPort|httpsPort -> where the stack `local` publishes, or will
published_port() {
  local value=""
  if [ -f "$ROOT/Pulumi.local.yaml" ]; then value="$(config_value "$ROOT/Pulumi.local.yaml" "$1")"; fi
  if [ -z "$value" ]; then value="$(config_value "$ROOT/Pulumi.dev.yaml" "$1")"; fi
  if [ -z "$value" ]; then case "$1" in httpPort) value=80 ;; *) value=443 ;; esac; fi
  printf '%s\n' "$value"
}

port_is_ours() { [ -n "$(docker ps --quiet --filter "name=^freshtrack-local-caddy$" --filter "publish=$1" 2>/dev/null)" ]; }

# Something accepts connections there, on this machine.
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# usage: copy_stack_config FROM TO -> the plain configuration of another stack; its encryption and secrets belong to that stack alone
copy_stack_config() {
  awk '
    /^(encryptionsalt|secretsprovider|encryptedkey):/ { next }
    waiting && $1 == "secure:" { waiting = 0; next }
    waiting { print held }
    { held = $0; waiting = 1 }
    END { if (waiting) print held }
  ' "$1" >"$2"
}

# Fails with what to do when the stack `local` is locked: by a run that goes on, or by one that was killed.
require_no_lock() {
  local file pid
  file="$(find "$LOCAL/state/.pulumi/locks" -path '*/freshtrack/local/*' -name '*.json' -print -quit 2>/dev/null || true)"
  if [ -z "$file" ]; then return 0; fi
  pid="$(grep -o '"pid": *[0-9]*' "$file" | grep -o '[0-9]*$' || true)"
  if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
    fail "another pulumi works on the stack 'local' (process $pid): let it finish, then run this again"
  fi
  fail "the stack 'local' is still locked by a run that was killed (process ${pid:-unknown} is gone).
  Release it with:  scripts/with-env pulumi cancel --yes --stack local
  Then run this again: it goes on from where that run was stopped."
}

stack_exists() { [[ "$(pulumi stack ls --json)" == *"\"name\": \"$1\""* ]]; }
