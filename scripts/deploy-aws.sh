#!/usr/bin/env bash
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/deploy-aws.sh STACK [IMAGE@DIGEST] [--yes]

Deploys a stack whose freshtrack:target is aws-fargate: checks credentials, region and files (scripts/doctor
STACK), shows the preview, asks, and runs `pulumi up`. Uses the Pulumi CLI and the state that the environment
names; for the ones that scripts/setup made:  scripts/with-env scripts/deploy-aws.sh STACK

  IMAGE@DIGEST   the API's image, NAME@sha256:…: written into Pulumi.STACK.yaml once you said yes, and not before
  --yes          does not ask, for pipelines

Ends with 0 when the stack is deployed, 1 when something failed or the answer was no, 2 for wrong usage, 130
when it was interrupted. Ctrl-C lets the engine finish its step and stop cleanly.
USAGE
}

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$ROOT/scripts/pulumi.sh"
cd "$ROOT"

read_words 2 "$@"
stack="${WORDS[0]}"
image="${WORDS[1]:-}"
require_target "$stack" aws-fargate
if [ -n "$image" ]; then
  [[ "$image" =~ ^[^@[:space:]]+@sha256:[0-9a-f]{64}$ ]] || fail "'$image' is no image by digest; allowed is NAME@sha256:, then 64 hex digits, because a tag can be moved"
fi
deploy "$stack" "$image"
