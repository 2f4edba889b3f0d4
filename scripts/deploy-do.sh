#!/usr/bin/env bash
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$ROOT/scripts/pulumi.sh"
cd "$ROOT"

deploy_stack_of "do-droplet do-app-platform" "the token, the keys and this machine" "$@"
