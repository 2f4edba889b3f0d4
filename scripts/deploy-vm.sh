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

stack=""
ask=1
while [ $# -gt 0 ]; do
  case "$1" in
    --yes) ask=0 ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*)
      printf 'error: unknown argument %s\n\n' "$1" >&2
      usage >&2
      exit 2
      ;;
    *)
      [ -z "$stack" ] || { usage >&2; exit 2; }
      stack="$1"
      ;;
  esac
  shift
done
[ -n "$stack" ] || { usage >&2; exit 2; }

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

has pulumi || fail "there is no pulumi command: install the Pulumi CLI, or after 'make setup' run this as
  scripts/with-env scripts/deploy-vm.sh $stack"
if [ "$ask" = 1 ] && [ ! -t 0 ]; then fail "there is no terminal to ask on, so nothing was done: add --yes to deploy without a question"; fi

# Ctrl-C reaches the engine by itself; this script waits until it has stopped.
run_pulumi() {
  local result=0 interrupted=0
  trap 'interrupted=1' INT
  pulumi "$@" || result=$?
  trap - INT
  if [ "$interrupted" = 1 ]; then exit 130; fi
  if [ "$result" != 0 ]; then
    fail "'pulumi $1' did not finish (it ended with $result; the reason is above). Mend that and run this again: it goes on from here."
  fi
}

say "the server"
scripts/doctor "$stack"
say ""
run_pulumi preview --stack "$stack"
if [ "$ask" = 1 ]; then
  say ""
  read -r -p "Deploy '$stack' to $(config_value "Pulumi.$stack.yaml" dockerHost) as shown? Type yes: " answer || answer=""
  if [ "$answer" != yes ]; then
    say "nothing was changed"
    exit 1
  fi
fi
run_pulumi up --stack "$stack" --yes --skip-preview
