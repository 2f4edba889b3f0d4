# shellcheck shell=bash
# Sourced by deploy and rollback: what a release is, and how a stack gets from one to another. They work in the stack's folder:
#   incoming/           what the last copy brought: compose.yaml, deploy.conf, Caddyfile, MANIFEST, secrets
#   files/SERVICE/      files of containers, each in a folder that is named by its text
#   secrets/            READER.VERSION/: files with secrets; root alone can list them
#   releases/ID/        compose.yaml, deploy.conf, Caddyfile, and env: the version of each reader's secrets
#   current, previous   links to releases
#   migrated            which migrations were run on which volume, a line each
#   put-back.log        what was said when a release that failed was last taken back
# shellcheck disable=SC2154  # what deploy.conf sets

. host/lib.sh
. host/secrets.sh

# The kernel lets go of it when its holder ends, however that ends.
hold_lock() {
  local pid since from
  exec 9>>deploy.lock
  if ! flock --nonblock 9; then
    read -r pid since from <deploy.lock || true
    fail "another deploy holds the lock: process $pid, from $from, for $(($(date +%s) - ${since:-0})) s. Wait for it, or end it (kill $pid: it puts back what it changed), then try again."
  fi
  from="${SSH_CONNECTION:-console}"
  printf '%s %s %s\n' "$$" "$(date +%s)" "${from%% *}" >deploy.lock
}

# usage: release_at LINK ; nothing where there is none
release_at() { if [ -L "$1" ]; then basename "$(readlink "$1")"; fi; }

# usage: use RELEASE
use() {
  RELEASE="$1"
  # shellcheck disable=SC1090
  . "releases/$RELEASE/deploy.conf"
}

# It says much on the way; that is worth reading when it fails.
quietly() {
  local said
  said="$("$@" 2>&1)" || {
    printf '%s\n' "$said" >&2
    return 1
  }
}

compose() {
  docker compose --project-directory . --file "releases/$RELEASE/compose.yaml" --env-file "releases/$RELEASE/env" "$@" </dev/null
}
up() { quietly compose up --detach --no-deps --no-build --pull never "$@"; }
container() { printf '%s-%s' "$PROJECT" "$1"; }

# usage: ready SECONDS SERVICE…
ready() {
  local seconds="$1" service names=""
  shift
  for service in "$@"; do names+="$(container "$service")"$'\n'; done
  CONTAINERS="$names" TIMEOUT_SECONDS="$seconds" sh host/steps/wait-healthy.sh
}

# With the stack's login at a private registry, where it has one. usage: pull IMAGE
pull() {
  local logins
  logins="$(secrets_of deploy)"
  if [ -f "$logins/config.json" ]; then quietly docker --config "$logins" pull "$1"; else quietly docker pull "$1"; fi
}

# Every image is there before anything that runs is stopped.
fetch_images() {
  local images image
  images="$(compose config --images)" || return 1
  for image in $images; do
    docker image inspect "$image" >/dev/null 2>&1 || pull "$image" || {
      say "error: the image $image is neither here nor can it be pulled, see above. Nothing was changed." >&2
      return 1
    }
  done
}

start_data() {
  up "${DATA[@]}" && ready 120 "${DATA[@]}" && make_roles || return 1
  [ -z "$OBJECT_STORAGE" ] || BUCKET="$BUCKET" CONTAINER="$(container "$OBJECT_STORAGE")" sh host/steps/bucket.sh
}

# Through the socket of a PostgreSQL of ours; where the cloud has it, from a container of its own.
make_roles() {
  if [ -n "$POSTGRES" ]; then
    CONTAINER="$(container "$POSTGRES")" DATABASE="$DATABASE" sh host/steps/roles.sh <"$(secrets_of deploy)/roles.sql"
  else
    quietly compose up --no-start --no-deps --no-build --pull never "$ROLES" && quietly docker start --attach "$(container "$ROLES")"
  fi
}

# Prints what is another one when the database is.
which_database() {
  if [ -n "$POSTGRES" ]; then
    docker volume inspect --format '{{.Name}} {{.CreatedAt}}' "$PROJECT-$DATABASE_VOLUME"
  else
    cat "$(secrets_of "$MIGRATIONS")/database_host"
  fi
}

# Once for each image and database. The container is made in any case: a restore runs it too.
migrate() {
  local line
  quietly compose up --no-start --no-deps --no-build --pull never "$MIGRATIONS" &&
    line="$MIGRATION $(which_database)" || return 1
  if grep -qsxF "$line" migrated; then return 0; fi
  CONTAINER="$(container "$MIGRATIONS")" IMAGE="$API_IMAGE" sh host/steps/migrate.sh && printf '%s\n' "$line" >>migrated
}

# usage: is_changed SERVICE ; whether Compose would make another container
is_changed() {
  local wanted
  wanted="$(compose config --hash "$1")" || return 0
  [ "${wanted#* }" != "$(docker inspect --format '{{index .Config.Labels "com.docker.compose.config-hash"}}' "$(container "$1")" 2>/dev/null)" ]
}

# A pooler stops after its API, drained, and starts before it. usage: switch_unit [POOLER]:API
switch_unit() {
  local pooler="${1%:*}" api="${1#*:}"
  if [ -n "$pooler" ]; then
    if is_changed "$pooler"; then quietly compose stop "$api" || return 1; fi
    up "$pooler" && ready 60 "$pooler" || return 1
  fi
  up "$api" && ready "$READY_SECONDS" "$api"
}

# usage: switch_units UNIT…
switch_units() {
  local unit
  for unit in "$@"; do switch_unit "$unit" || return 1; done
}

# The volume is Compose's, which makes it with the container.
open_front_door() {
  docker volume inspect "$PROJECT-$CADDY_VOLUME" >/dev/null 2>&1 ||
    quietly compose up --no-start --no-deps --no-build --pull never "$FRONT_DOOR" || return 1
  CADDY_ENVIRONMENT="$CADDY_ENVIRONMENT" IMAGE="$CADDY_IMAGE" MEMORY_MIB="$CADDY_MEMORY_MIB" VOLUME="$PROJECT-$CADDY_VOLUME" \
    sh host/steps/caddyfile.sh <"releases/$RELEASE/Caddyfile" &&
    up "$FRONT_DOOR" && ready 60 "$FRONT_DOOR" && CONTAINER="$(container "$FRONT_DOOR")" sh host/steps/reload.sh
}

# All at once, and what this release hasn't any more goes.
start_beside() {
  up --remove-orphans "$FRONT_DOOR" "${BESIDE[@]}" && ready 180 "${BESIDE[@]}"
}

verdict() {
  local unit names=""
  for unit in "${UNITS[@]}"; do names+="$(container "${unit#*:}")"$'\n'; done
  ADDRESS="$ADDRESS" AUTHORITY="$AUTHORITY" CADDY="$(container "$FRONT_DOOR")" MAX_CONNECTIONS="$MAX_CONNECTIONS" \
    IMAGE="$(docker image inspect --format '{{.Id}}' "$API_IMAGE")" POSTGRES="${POSTGRES:+$(container "$POSTGRES")}" \
    TIMEOUT_SECONDS="$VERDICT_SECONDS" UNITS="$names" URL="$URL" sh host/steps/verdict.sh
}

# Makes what serves the release in use. In chains, because the shell's -e doesn't count where a failure is handled.
# usage: apply UNIT… ; in the order in which they change
apply() {
  own_secrets && start_data && migrate && switch_units "$@" && open_front_door
}

# Makes a release the current one, or leaves the one that is. What watches, and what others see of it, turns no release back.
# usage: change_to RELEASE
change_to() {
  before="$(release_at current)"
  use "$1"
  fetch_images || exit 1
  trap leave EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 141' PIPE
  trap 'exit 143' TERM
  apply "${UNITS[@]}" || exit 1
  trap - EXIT HUP INT PIPE TERM
  if [ "$before" != "$1" ]; then
    [ -z "$before" ] || ln -sfn "releases/$before" previous
    ln -sfn "releases/$1" current
  fi
  touch "releases/$1"
  start_beside && verdict || exit 1
}

# The unit that was changed last may be broken, and the other serves: so backwards.
leave() {
  local status=$? backwards=() unit result=0
  trap - EXIT
  trap '' HUP INT PIPE TERM
  set +e
  if [ "$before" = "$RELEASE" ] || [ -z "$before" ]; then exit "$status"; fi
  say "release $RELEASE failed: going back to release $before" >&2
  use "$before"
  for unit in "${UNITS[@]}"; do backwards=("$unit" "${backwards[@]}"); done
  # Into a file: where the connection is lost nobody listens, and a step that can't say what it did would fail.
  apply "${backwards[@]}" >put-back.log 2>&1 || result=$?
  cat put-back.log >&2
  if [ "$result" = 0 ]; then
    say "release $before serves on" >&2
  else
    say "error: not everything could be put back, see above. Deploy again, or: host/rollback $before" >&2
  fi
  exit "$status"
}

# usage: api_image_of RELEASE
# shellcheck disable=SC1090
api_image_of() { (. "releases/$1/deploy.conf" && printf '%s\n' "$API_IMAGE"); }

# Keeps the last three releases, and what they name. Of the images only the API's are another one at each release.
prune() {
  local release folder reader image images=()
  while read -r release; do
    if [ "$release" != "$(release_at current)" ] && [ "$release" != "$(release_at previous)" ]; then
      if image="$(api_image_of "$release" 2>/dev/null)"; then images+=("$image"); fi
      rm -rf "releases/$release"
    fi
  done < <(find releases -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | cut -d' ' -f2 | tail -n +4)
  for image in "${images[@]}"; do
    # One that another container on this machine has stays.
    if ! grep -qsxF "API_IMAGE='$image'" releases/*/deploy.conf; then docker image rm "$image" >/dev/null 2>&1 || :; fi
  done
  for folder in files/*/*; do
    if ! grep -qsF "./$folder/" releases/*/compose.yaml; then rm -rf "$folder"; fi
  done
  for folder in secrets/*.*; do
    reader="${folder#secrets/}"
    if ! grep -qsxF "$(variable_of "${reader%.*}")=${reader##*.}" releases/*/env; then rm -rf "$folder"; fi
  done
}
