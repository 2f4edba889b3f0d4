# shellcheck shell=bash
# Sourced by the scripts that deploy: they check a stack, show its preview, ask, and bring it up, with the Pulumi CLI and
# the state that the environment names.

# The end of each usage text: what is the same for all of them.
usage_end() {
  cat <<USAGE
  --yes          does not ask, for pipelines

Uses the Pulumi CLI and the state that the environment names; for the ones that scripts/setup made:
  scripts/with-env scripts/${0##*/} STACK

Ends with 0 when the stack is deployed, 1 when something failed or the answer was no, 2 for wrong usage, 130
when it was interrupted. Ctrl-C lets the engine finish its step and stop cleanly.
USAGE
}

# usage: read_words MOST "$@" -> WORDS, one at least, and ASK; for anything else the script's own usage
read_words() {
  local most="$1"
  shift
  ASK=1
  WORDS=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --yes) ASK=0 ;;
      -h | --help)
        usage
        exit 0
        ;;
      -*)
        printf 'error: unknown argument %s\n\n' "$1" >&2
        usage >&2
        exit 2
        ;;
      *) WORDS+=("$1") ;;
    esac
    shift
  done
  if [ "${#WORDS[@]}" = 0 ] || [ "${#WORDS[@]}" -gt "$most" ]; then
    usage >&2
    exit 2
  fi
}

# usage: require_target STACK TARGETS
require_target() {
  local target
  target="$(target_of "$1")"
  [[ " $2 " == *" $target "* ]] || fail "freshtrack:target in Pulumi.$1.yaml is '$target', and this script deploys ${2// / or }.
  For aws-ec2 and aws-fargate there is scripts/deploy-aws.sh, for do-droplet and do-app-platform scripts/deploy-do.sh, for a server scripts/deploy-vm.sh."
}

require_pulumi() {
  has pulumi || fail "there is no pulumi command: install the Pulumi CLI, or after 'make setup' run this as
  scripts/with-env scripts/${0##*/} ${WORDS[*]}"
}

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

# Where a stack goes, as the question names it.
place_of() {
  case "$(target_of "$1")" in
    aws-*) say "AWS, region $(setting "$1" awsRegion)" ;;
    do-*) say "DigitalOcean, region $(setting "$1" doRegion)" ;;
    *) setting "$1" dockerHost ;;
  esac
}

# Checks, previews, asks, and runs `pulumi up`; with IMAGE as the API's where one is given.
# usage: deploy STACK [IMAGE]
deploy() {
  local stack="$1" image="${2:-}" options=() answer
  require_pulumi
  if [ "$ASK" = 1 ] && [ ! -t 0 ]; then fail "there is no terminal to ask on, so nothing was done: add --yes to deploy without a question"; fi
  scripts/doctor "$stack"
  say ""
  if [ -n "$image" ]; then
    # The preview is of a copy, so that who answers no, or presses Ctrl-C, has the stack's file as it was.
    TRIAL="$(mktemp -d)"
    trap 'rm -rf "$TRIAL"' EXIT
    cp "Pulumi.$stack.yaml" "$TRIAL/"
    options=(--config-file "$TRIAL/Pulumi.$stack.yaml")
    run_pulumi config set freshtrack:apiImage "$image" --stack "$stack" "${options[@]}"
  fi
  run_pulumi preview --stack "$stack" "${options[@]}"
  if [ "$ASK" = 1 ]; then
    say ""
    read -r -p "Deploy '$stack' to $(place_of "$stack") as shown? Type yes: " answer || answer=""
    if [ "$answer" != yes ]; then
      say "nothing was changed"
      exit 1
    fi
  fi
  if [ -n "$image" ]; then run_pulumi config set freshtrack:apiImage "$image" --stack "$stack"; fi
  run_pulumi up --stack "$stack" --yes --skip-preview
}

# All of a script that deploys the stacks of a cloud's targets. CHECKED is what the doctor looks at, for the usage text.
# usage: deploy_stack_of TARGETS CHECKED "$@"
deploy_stack_of() {
  local targets="$1" checked="$2" stack image
  shift 2
  usage() {
    cat <<USAGE
usage: scripts/${0##*/} STACK [IMAGE@DIGEST] [--yes]

Deploys a stack whose freshtrack:target is ${targets// / or }: checks $checked
(scripts/doctor STACK), shows the preview, asks, and runs 'pulumi up'.

  IMAGE@DIGEST   the API's image, NAME@sha256:…: written into Pulumi.STACK.yaml once you said yes, and not before
USAGE
    usage_end
  }
  read_words 2 "$@"
  stack="${WORDS[0]}"
  image="${WORDS[1]:-}"
  require_target "$stack" "$targets"
  if [ -n "$image" ]; then
    [[ "$image" =~ ^[^@[:space:]]+@sha256:[0-9a-f]{64}$ ]] || fail "'$image' is no image by digest; allowed is NAME@sha256:, then 64 hex digits, because a tag can be moved"
  fi
  deploy "$stack" "$image"
}
