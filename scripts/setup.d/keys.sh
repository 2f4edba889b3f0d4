# shellcheck shell=bash
# Sourced by scripts/setup: the SSH keys of a stack on a virtual machine.

# Makes the keys that the stack doesn't have yet, as its encrypted configuration; they lie on no disk but in a folder of
# their own until then. Uses the Pulumi CLI and the state that the environment names.
# usage: make_keys STACK
make_keys() {
  local stack="$1" key work
  case "$(target_of "$stack")" in
    do-droplet | aws-ec2) ;;
    *) fail "freshtrack:target in Pulumi.$stack.yaml is '$(target_of "$stack")', which has no SSH keys of its own; allowed is do-droplet or aws-ec2" ;;
  esac
  has ssh-keygen || fail "there is no ssh-keygen: install the package openssh-client"
  has pulumi || fail "there is no pulumi command: install the Pulumi CLI, or after 'make setup' run this as
  scripts/with-env scripts/setup keys $stack"
  work="$(umask 077 && mktemp -d)"
  # shellcheck disable=SC2064  # the folder of now
  trap "rm -rf '$work'" EXIT
  for key in hostKey deployKey; do
    if grep -q "^  freshtrack:$key:" "Pulumi.$stack.yaml"; then
      choice "$key" "kept, Pulumi.$stack.yaml has it"
      continue
    fi
    ssh-keygen -q -t ed25519 -N "" -C "freshtrack-$stack" -f "$work/$key"
    pulumi config set --secret "freshtrack:$key" --stack "$stack" <"$work/$key"
    choice "$key" "made, encrypted in Pulumi.$stack.yaml; fingerprint $(ssh-keygen -l -f "$work/$key.pub" | cut -d' ' -f2)"
  done
}
