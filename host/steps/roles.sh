# Runs the SQL on standard input as the database's superuser, through the socket inside CONTAINER.
set -eu

docker exec --interactive "$CONTAINER" psql --no-psqlrc --quiet --username postgres --dbname "$DATABASE" --set ON_ERROR_STOP=1 >/dev/null
echo "the roles of $DATABASE are as the plan has them"
