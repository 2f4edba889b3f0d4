#!/usr/bin/env bash
# What the official image documents: an empty data directory is initialised from POSTGRES_* variables
# and /docker-entrypoint-initdb.d, then the command becomes process 1.
# Source of the behaviour: https://hub.docker.com/_/postgres
set -euo pipefail

fail() {
  echo "docker-entrypoint: $1" >&2
  exit 1
}

# Reads the variable $1 from the file that ${1}_FILE names, where that is set; $2 is the default.
from_file() {
  local name=$1 file_name="$1_FILE"
  if [[ -n ${!name:-} && -n ${!file_name:-} ]]; then
    fail "both $name and $file_name are set; set one of them"
  fi
  if [[ -n ${!file_name:-} ]]; then
    printf -v "$name" '%s' "$(<"${!file_name}")"
    unset "$file_name"
  else
    printf -v "$name" '%s' "${!name:-${2:-}}"
  fi
}

initialise_cluster() {
  local options=()
  if [[ -n ${POSTGRES_INITDB_ARGS:-} ]]; then
    read -r -a options <<<"$POSTGRES_INITDB_ARGS"
  fi
  initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") "${options[@]}"
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
}

run_initialisation_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh)
        echo "docker-entrypoint: running $file"
        if [[ -x $file ]]; then
          "$file"
        else
          # shellcheck disable=SC1090
          . "$file"
        fi
        ;;
      *.sql)
        echo "docker-entrypoint: running $file"
        run_sql --dbname="$POSTGRES_DB" --file="$file"
        ;;
      *.sql.gz)
        echo "docker-entrypoint: running $file"
        gunzip --stdout "$file" | run_sql --dbname="$POSTGRES_DB"
        ;;
      *) [[ ! -e $file ]] || echo "docker-entrypoint: ignoring $file" ;;
    esac
  done
}

run_sql() {
  psql --set=ON_ERROR_STOP=1 --no-password --no-psqlrc --username="$POSTGRES_USER" "$@"
}

# Creates the database and runs the files against a server that only the local socket reaches.
populate_cluster() {
  PGUSER="$POSTGRES_USER" pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses='' -p 5432" --wait start
  if [[ $POSTGRES_DB != postgres ]]; then
    run_sql --dbname=postgres --set=name="$POSTGRES_DB" <<<'CREATE DATABASE :"name";'
  fi
  run_initialisation_files
  PGUSER="$POSTGRES_USER" pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
}

if [[ ${1:-} == -* ]]; then
  set -- postgres "$@"
fi
if [[ ${1:-} == postgres ]]; then
  if [[ $(id -u) == 0 ]]; then
    mkdir -p "$PGDATA"
    find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
    exec setpriv --reuid=postgres --regid=postgres --init-groups "${BASH_SOURCE[0]}" "$@"
  fi
  mkdir -p "$PGDATA"
  chmod 0700 "$PGDATA" || true
  if [[ ! -s $PGDATA/PG_VERSION ]]; then
    from_file POSTGRES_PASSWORD
    from_file POSTGRES_USER postgres
    from_file POSTGRES_DB "$POSTGRES_USER"
    from_file POSTGRES_INITDB_ARGS
    if [[ -z $POSTGRES_PASSWORD ]]; then
      fail 'the data directory is empty and there is no superuser password: set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE'
    fi
    initialise_cluster
    export PGPASSWORD="$POSTGRES_PASSWORD"
    populate_cluster
    unset PGPASSWORD
    echo 'docker-entrypoint: the database is initialised'
  fi
fi
exec "$@"
