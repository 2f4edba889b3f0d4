# Makes BUCKET in the object storage. The password goes from the container's own secret file into mc's environment.
set -eu

# shellcheck disable=SC2016 # expanded inside the container
docker exec --env BUCKET="$BUCKET" "$CONTAINER" sh -c \
  'MC_HOST_local="http://$MINIO_ROOT_USER:$(cat /run/secrets/minio_root_password)@localhost:9000" $(command -v mc || command -v mcli) mb --ignore-existing "local/$BUCKET"'
