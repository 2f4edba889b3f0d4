# Runs the migrations of IMAGE in the container that was made for them, and fails when they fail.
set -eu

if ! docker start --attach "$CONTAINER" 2>&1; then
  printf 'the migrations of %s failed (exit code %s); the lines above are theirs. No API unit was changed: the version that was serving serves on.\n' \
    "$IMAGE" "$(docker inspect --format '{{.State.ExitCode}}' "$CONTAINER")" >&2
  exit 1
fi
