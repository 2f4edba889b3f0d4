#!/usr/bin/env bash
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$ROOT/scripts/pulumi.sh"
cd "$ROOT"

deploy_stack_of "aws-ec2 aws-fargate" "the account and this machine" "$@"
