# shellcheck shell=bash
# Sourced by deploy and rollback: the files with secrets, in secrets/READER.VERSION/. A release says in its file env which version of
# whose secrets it has, so what runs keeps the files that it was started with, and an earlier release finds its own.
# shellcheck disable=SC2154  # what deploy.conf sets

variable_of() { local name="${1^^}" && printf 'SECRETS_%s' "${name//-/_}"; }
secrets_of() { printf 'secrets/%s.%s' "$1" "$(sed -n "s/^$(variable_of "$1")=//p" "releases/$RELEASE/env")"; }

# Prints the version of a reader's secrets in a folder: one that is there, or else a new one. usage: version_of READER FOLDER
version_of() {
  local folder version last=0
  for folder in "secrets/$1".*; do
    [ -d "$folder" ] || continue
    version="${folder##*.}"
    if diff -rq "$folder" "$2" >/dev/null; then
      printf '%s\n' "$version"
      return 0
    fi
    if [ "$version" -gt "$last" ]; then last="$version"; fi
  done
  cp -r "$2" "secrets/$1.$((last + 1))" || return 1
  printf '%s\n' "$((last + 1))"
}

# From standard input into secrets/; writes incoming/env.
take_secrets() {
  local reader name text folder version new
  new="$(mktemp -d /dev/shm/freshtrack.XXXXXX)"
  # shellcheck disable=SC2064  # its name is known now
  trap "rm -rf '$new'" EXIT
  mkdir -p secrets
  while read -r reader name text; do
    [[ "$reader" =~ ^[a-z0-9-]+$ && "$name" =~ ^[A-Za-z0-9_.-]+$ ]] || fail "incoming/secrets isn't lines of READER NAME BASE64"
    mkdir -p "$new/$reader"
    printf '%s' "$text" | base64 --decode >"$new/$reader/$name" || fail "the secret $name of $reader isn't in base64"
    chmod 0400 "$new/$reader/$name"
  done
  [ -n "$(ls -A "$new")" ] || fail "incoming/secrets is empty: it must have lines of READER NAME BASE64"
  for folder in "$new"/*/; do
    reader="$(basename "$folder")"
    version="$(version_of "$reader" "$folder")" || fail "the secrets of $reader can't be written, see above"
    printf '%s=%s\n' "$(variable_of "$reader")" "$version"
  done >incoming/env
  rm -rf "$new"
  trap - EXIT
}

# Prints the number of the user that an image's process runs as. usage: uid_of USER|"" IMAGE
uid_of() {
  local user="$1" container
  if [ -z "$user" ]; then user="$(docker image inspect --format '{{.Config.User}}' "$2")" || return 1; fi
  user="${user%%:*}"
  if [[ "$user" =~ ^[0-9]*$ ]]; then
    printf '%s\n' "${user:-0}"
    # Without the number it would be, in a trap, what ended before the trap.
    return 0
  fi
  # The image's own word for it; nothing of the image is run.
  container="$(docker create --network none "$2" none)" || return 1
  docker cp "$container:/etc/passwd" - | tar -xO | awk -F: -v user="$user" '$1 == user { print $3; found = 1 } END { exit !found }'
  local result=$?
  docker rm --volumes "$container" >/dev/null
  return "$result"
}

# Compose ignores uid and mode of secrets, and whoever reads one is no root.
own_secrets() {
  local reader service user image uid
  for reader in "${SECRET_READERS[@]}"; do
    IFS='|' read -r service user image <<<"$reader"
    uid="$(uid_of "$user" "$image")" || {
      say "error: whose the secrets of $service are can't be told: $image knows no user '$user'" >&2
      return 1
    }
    chown "$uid:0" "$(secrets_of "$service")"/* || return 1
  done
}
