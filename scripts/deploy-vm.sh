#!/usr/bin/env bash
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/deploy-vm.sh STACK [--yes]

Deploys a stack whose freshtrack:dockerHost is a server: checks the server (scripts/doctor STACK), shows the
preview, asks, and runs `pulumi up`. Uses the Pulumi CLI and the state that the environment names; for the
ones that scripts/setup made:  scripts/with-env scripts/deploy-vm.sh STACK

  --yes   does not ask, for pipelines

Ends with 0 when the stack is deployed, 1 when something failed or the answer was no, 2 for wrong usage, 130
when it was interrupted. Ctrl-C lets the engine finish its step and stop cleanly.
USAGE
}

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$ROOT/scripts/pulumi.sh"
cd "$ROOT"

read_words 1 "$@"
require_target "${WORDS[0]}" self-hosted
deploy "${WORDS[0]}"
