# shellcheck shell=sh
# Sourced by backup, restore and restore-drill: where things are, who they speak as, what a backup is.
# They need sh, tar, flock, sha256sum, psql, pg_dump, pg_dumpall, pg_restore, gpg and aws, and in their environment:
#   STACK, PGHOST (or a file of its own, as passwords have), PGUSER, PGDATABASE; S3_ENDPOINT, S3_BUCKET, S3_REGION (the product's objects);
#   BACKUP_PERIOD_HOURS, BACKUP_KEEP_DAYS, BACKUP_KEEP_AT_LEAST;
#   BACKUP_S3_ENDPOINT, BACKUP_S3_BUCKET, BACKUP_S3_REGION where backups go off-site too.
# Passwords and keys are files in /run/secrets. This file ends nothing and starts nothing by itself.
# shellcheck disable=SC2034  # used by the scripts that source this one

BACKUPS=/backups
METRICS=/metrics
PUBLIC_KEY=/freshtrack/backup-public-key.asc
LOCK_SECONDS=${LOCK_SECONDS:-900}

say() { printf '%s %s: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${0##*/}" "$*"; }
fail() {
  say "error: $*" >&2
  exit 1
}

has_offsite() { [ -n "${BACKUP_S3_ENDPOINT:-}" ]; }

# Waits while another backup, restore or drill holds the lock NAME, and refuses once SECONDS have passed.
# usage: lock NAME SECONDS
lock() {
  exec 9>"$BACKUPS/.$1.lock"
  waited=0
  until flock -n 9; do
    [ "$waited" -lt "$2" ] || fail "another $1 or restore is running here: try again when it has ended"
    [ "$waited" != 0 ] || say "waiting, $2 s at most, for the $1 or restore that is running"
    waited=$((waited + 1))
    sleep 1
  done
}

# Makes PRIVATE, a folder in memory, with the files that psql and aws read passwords and keys from.
open_private() {
  umask 077
  trap 'exit 143' HUP INT TERM
  PRIVATE=$(mktemp -d /dev/shm/freshtrack.XXXXXX)
  mkdir "$PRIVATE/gpg"
  # In this file a password may hold neither : nor \, and ours don't.
  printf '*:*:*:%s:%s\n' "$PGUSER" "$(cat /run/secrets/backup_database_password)" >"$PRIVATE/pgpass"
  if [ -e /run/secrets/database_host ]; then PGHOST=$(cat /run/secrets/database_host) && export PGHOST; fi
  export PGPASSFILE="$PRIVATE/pgpass" AWS_SHARED_CREDENTIALS_FILE="$PRIVATE/credentials" AWS_CONFIG_FILE="$PRIVATE/aws"
  export AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
  : >"$PRIVATE/credentials"
  : >"$PRIVATE/aws"
  aws_profile objects s3 "$S3_REGION"
  if has_offsite; then aws_profile offsite backup_s3 "$BACKUP_S3_REGION"; fi
}

# An agent of gpg's would outlive this, and know the key.
close_private() {
  [ -n "$PRIVATE" ] || return 0
  gpgconf --homedir "$PRIVATE/gpg" --kill gpg-agent 2>/dev/null || :
  rm -rf "$PRIVATE"
  PRIVATE=
}

# By path and without newer checksums: what every S3 service understands. Few requests at once: memory is small.
# https://docs.aws.amazon.com/cli/latest/topic/s3-config.html, https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
# usage: aws_profile PROFILE SECRETS_PREFIX REGION
aws_profile() {
  printf '[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n' "$1" \
    "$(cat "/run/secrets/$2_access_key")" "$(cat "/run/secrets/$2_secret_key")" >>"$PRIVATE/credentials"
  cat >>"$PRIVATE/aws" <<PROFILE
[profile $1]
region = $3
retry_mode = standard
max_attempts = 3
request_checksum_calculation = when_required
response_checksum_validation = when_required
s3 =
  addressing_style = path
  max_concurrent_requests = 2
PROFILE
}

objects() { aws --profile objects --endpoint-url "$S3_ENDPOINT" --cli-connect-timeout 10 "$@"; }
offsite() { aws --profile offsite --endpoint-url "$BACKUP_S3_ENDPOINT" --cli-connect-timeout 10 "$@"; }
sql() { psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$@"; }

# The seconds of a backup's name, 20261124T200000Z; fails for what is no name of ours.
seconds_of() {
  date -u -d "$(printf '%s\n' "$1" | sed -n 's/^\(....\)\(..\)\(..\)T\(..\)\(..\)\(..\)Z$/\1-\2-\3 \4:\5:\6/p')" +%s 2>/dev/null
}

# Names of complete backups, newest first.
only_names() { grep -xE '[0-9]{8}T[0-9]{6}Z' | sort -r || :; }
local_backups() {
  for folder in "$BACKUPS"/*/MANIFEST; do basename "$(dirname "$folder")"; done | only_names
}
# usage: offsite_backups STACK
offsite_backups() {
  offsite s3api list-objects-v2 --bucket "$BACKUP_S3_BUCKET" --prefix "$1/" --query 'Contents[].[Key]' --output text \
    >"$PRIVATE/listing" || return 1
  sed -n "s,^$1/\(.*\)\.tar\.gpg\$,\1,p" "$PRIVATE/listing" | only_names
}

# The size of a folder's files in bytes.
size_of() { find "$1" -type f -exec stat -c %s {} + | awk '{ sum += $1 } END { printf "%d", sum }'; }

# Copies every object of the product into a folder; what vanishes meanwhile is no longer there at the second try.
copy_objects() {
  mkdir -p "$1"
  for try in 1 2 3; do
    if objects s3 sync "s3://$S3_BUCKET" "$1" --only-show-errors; then return 0; fi
    say "copying the objects of $S3_ENDPOINT/$S3_BUCKET failed (try $try of 3)" >&2
  done
  return 1
}

# Packs Caddy's certificates and account into a file. usage: pack_certificates FILE
pack_certificates() {
  for try in 1 2 3; do
    # A file that Caddy changes meanwhile makes tar fail.
    if tar -C /caddy -cf "$1" .; then return 0; fi
    say "packing Caddy's data failed (try $try of 3)" >&2
  done
  return 1
}

# In this and the next query a table is one that pg_dump dumps with its rows: no system table, none of an extension.
TABLES="FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"

# psql's input that prints `rows COUNT TABLE` for each table, exactly.
ROWS_QUERY="SELECT format('SELECT concat_ws('' '', ''rows'', count(*), %L) FROM ONLY %I.%I', format('%I.%I', n.nspname, c.relname), n.nspname, c.relname)
  $TABLES AND c.relkind = 'r' ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\" \\gexec"

# psql's input that prints each table, view, column, index and constraint with its definition, a line each.
SCHEMA_QUERY="SET search_path = pg_catalog;
WITH relation AS (SELECT c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) AS name $TABLES AND c.relkind IN ('r', 'p', 'v', 'm'))
SELECT line FROM (
  SELECT concat_ws(' ', 'relation', name, relkind) FROM relation
  UNION ALL
  SELECT concat_ws(' ', 'column', name, quote_ident(attname), format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
      'DEFAULT ' || pg_get_expr(adbin, adrelid))
    FROM relation JOIN pg_attribute ON attrelid = oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) FROM relation JOIN pg_index ON indrelid = oid
  UNION ALL
  SELECT concat_ws(' ', 'constraint', name, quote_ident(conname), pg_get_constraintdef(pg_constraint.oid))
    FROM relation JOIN pg_constraint ON conrelid = relation.oid WHERE contype IN ('c', 'f', 'p', 'u', 'x')
) AS lines (line) ORDER BY line COLLATE \"C\";"

# Writes a file of metrics at once, so that node-exporter never reads half of it; its text is standard input.
# usage: write_metrics NAME
write_metrics() {
  cat >"$METRICS/.$1.tmp"
  chmod 0644 "$METRICS/.$1.tmp"
  mv "$METRICS/.$1.tmp" "$METRICS/$1"
}
# usage: metric NAME HELP; then lines of samples
metric() { printf '# HELP %s %s\n# TYPE %s gauge\n' "$1" "$2" "$1"; }

# What restore and restore-drill do beyond this works as the database's superuser. Its password and the private key come on
# standard input, from the one who asks: a line with the password, the key, a line with a full stop. The input then
# stays open; where it closes early, that one has gone, and everything here ends and puts back what it changed.
read_caller() {
  IFS= read -r superuser_password || fail "no password on standard input: use scripts/${0##*/}"
  printf '*:*:*:postgres:%s\n' "$superuser_password" >>"$PRIVATE/pgpass"
  while IFS= read -r line && [ "$line" != . ]; do printf '%s\n' "$line"; done >"$PRIVATE/key"
  exec 3<&0 </dev/null
  # An engine starts this script as the leader of a group, which is what kill 0 ends.
  (
    trap - EXIT HUP INT TERM
    while read -r line; do :; done <&3
    kill -TERM 0
  ) 2>/dev/null >&2 &
  watcher=$!
  exec 3<&-
}
as_superuser() { PGOPTIONS="-c client_min_messages=warning" sql --username postgres "$@"; }

# Makes FOLDER the checked folder of a backup. usage: fetch local|offsite TIME|latest STACK EMPTY_FOLDER
fetch() {
  case "$1" in
    local) local_backups >"$PRIVATE/names" ;;
    offsite)
      has_offsite || fail "no off-site storage is configured: use --from local, or set freshtrack:backupS3Endpoint and its kind"
      offsite_backups "$3" >"$PRIVATE/names" || fail "$BACKUP_S3_ENDPOINT/$BACKUP_S3_BUCKET can't be listed, see above"
      ;;
  esac
  chosen=$2
  if [ "$chosen" = latest ]; then chosen=$(head -n 1 "$PRIVATE/names"); fi
  [ -n "$chosen" ] || fail "there is no $1 backup of $3"
  grep -qxF "$chosen" "$PRIVATE/names" || fail "there is no $1 backup $chosen of $3; there are: $(paste -sd' ' "$PRIVATE/names")"
  say "taking the $1 backup $chosen of $3"
  FOLDER=$BACKUPS/$chosen
  if [ "$1" = offsite ]; then
    download "$3/$chosen.tar.gpg" "$4"
    FOLDER=$4/$chosen
  fi
  check_sums
}

# usage: download KEY FOLDER
download() {
  [ -s "$PRIVATE/key" ] || fail "an off-site backup is encrypted: give the private key with --key FILE"
  gpg="gpg --batch --no-tty --quiet --homedir $PRIVATE/gpg"
  # The agent that gpg starts must not hold the lock.
  $gpg --import "$PRIVATE/key" 2>"$PRIVATE/said" 9>&- || fail "what --key gave is no key that gpg can import: $(tail -n 1 "$PRIVATE/said")"
  rm "$PRIVATE/key"
  {
    offsite s3 cp "s3://$BACKUP_S3_BUCKET/$1" - --only-show-errors || echo aws >>"$PRIVATE/failed"
  } | {
    $gpg --pinentry-mode loopback --passphrase-fd 8 --decrypt 8</dev/null 9>&- 2>"$PRIVATE/said" || echo gpg >>"$PRIVATE/failed"
  } | tar -C "$2" -xof - || echo tar >>"$PRIVATE/failed"
  [ ! -e "$PRIVATE/failed" ] || fail "$1 can't be fetched and decrypted with this key ($(tail -n 1 "$PRIVATE/said"))"
}

check_sums() {
  for file in caddy.tar database.dump objects.tar roles.sql schema.txt; do
    grep -q "^sha256 [0-9a-f]\{64\}  $file\$" "$FOLDER/MANIFEST" || fail "$FOLDER/MANIFEST has no SHA-256 sum of $file: not a complete backup"
  done
  (cd "$FOLDER" && sed -n 's/^sha256 //p' MANIFEST | sha256sum -c - >"$PRIVATE/sums" 2>&1) ||
    fail "the backup is damaged, nothing was changed: $(grep -v ': OK$' "$PRIVATE/sums" | paste -sd' ')"
  listed=$(tar -tf "$FOLDER/objects.tar" | grep -vc '/$' || :)
  [ "$(sed -n 's/^objects \([0-9]*\) .*/\1/p' "$FOLDER/MANIFEST")" = "$listed" ] ||
    fail "objects.tar has $listed objects, and not as many as MANIFEST says"
}

# A role of the backup that isn't here is made, without a password; those that are here stay as the stack has them.
make_roles() {
  as_superuser --command 'SELECT quote_ident(rolname) FROM pg_roles' >"$PRIVATE/roles"
  awk 'NR == FNR { here[$1]; next }
    { name = $3; sub(/;$/, "", name) }
    /^(CREATE|ALTER) ROLE / && !(name in here)
    /^GRANT .* TO / { name = $4; sub(/;$/, "", name); if (!(name in here)) print }' "$PRIVATE/roles" "$FOLDER/roles.sql" |
    as_superuser --file -
}

# Restores the backup in FOLDER into a new database, and compares it with MANIFEST and schema.txt. usage: load DATABASE
load() {
  make_roles
  as_superuser --command "CREATE DATABASE \"$1\" TEMPLATE template0"
  pg_restore --no-password --username postgres --exit-on-error --dbname "$1" "$FOLDER/database.dump" || fail "pg_restore failed, see above"
  printf '%s\n' "$ROWS_QUERY" | as_superuser --dbname "$1" --file - | sort >"$PRIVATE/rows"
  grep '^rows ' "$FOLDER/MANIFEST" | sort >"$PRIVATE/rows.expected" || :
  difference rows "tables have not the rows that MANIFEST counts"
  printf '%s\n' "$SCHEMA_QUERY" | as_superuser --dbname "$1" --file - >"$PRIVATE/schema"
  cp "$FOLDER/schema.txt" "$PRIVATE/schema.expected"
  difference schema "the schema is not that of schema.txt"
  say "restored into $1: $(wc -l <"$PRIVATE/rows") tables with their rows, the schema as it was"
}
difference() {
  if diff -u "$PRIVATE/$1.expected" "$PRIVATE/$1" >"$PRIVATE/diff"; then return 0; fi
  fail "$2 (- expected, + restored):
$(grep '^[-+][^-+]' "$PRIVATE/diff" | head -n 20)"
}
