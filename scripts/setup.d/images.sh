# shellcheck shell=bash
# Sourced by scripts/setup: container images from a registry, or stand-ins built by dev/images; the sample API is always built.

# One of the product's own images, and a small one: what it answers decides for all.
PROBE_IMAGE="edoburu/pgbouncer:v1.25.2-p0"

registry_answers() {
  docker image inspect "$PROBE_IMAGE" >/dev/null 2>&1 || timeout 120 docker pull -q "$PROBE_IMAGE" >"$LOCAL/pull.log" 2>&1
}

# Images may have been pruned since they were built.
images_are_there() {
  [ -f "$LOCAL/images" ] && cut -d' ' -f2 "$LOCAL/images" | xargs -r docker image inspect >/dev/null 2>&1
}

# What tests alone use may be there or not where they don't run.
images_are_fresh() {
  fresh images "$1 tests" || { [ "$FOR_TESTS" = 0 ] && fresh images "$1"; }
}

# Sets IMAGES to registry or standin.
setup_images() {
  local key recorded options=() extent=""
  key="$(content_hash dev/images dev/sample-api)"
  recorded="$(cut -d' ' -f1 "$LOCAL/stamps/images" 2>/dev/null || true)"
  if [ -n "$recorded" ]; then
    IMAGES="$recorded"
  elif registry_answers; then
    IMAGES=registry
  else
    IMAGES=standin
    choice "images" "no registry answers ($(tail -n1 "$LOCAL/pull.log" | cut -c1-120))"
  fi
  if ! images_are_fresh "$IMAGES $key" || ! images_are_there; then
    [ -x "$ROOT/dev/images/build" ] || fail "dev/images/build is missing: this checkout is incomplete"
    if [ "$FOR_TESTS" = 1 ]; then options=(--test) extent=" tests"; fi
    if [ "$IMAGES" = standin ]; then
      has debootstrap || install_packages debootstrap
      choice "images" "building stand-ins and the sample API with dev/images/build; minutes the first time"
      "$ROOT/dev/images/build" "${options[@]}" || fail "dev/images/build failed"
    else
      choice "images" "building the sample API with dev/images/build"
      "$ROOT/dev/images/build" --api-only || fail "dev/images/build --api-only failed"
    fi
    stamp images "$IMAGES $key$extent"
  fi
  if [ "$IMAGES" = standin ]; then
    choice "images" "stand-ins from dev/images, listed in .local/images"
  else
    choice "images" "from the registry; the sample API is built here"
  fi
}
