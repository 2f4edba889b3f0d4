# shellcheck shell=bash
# Sourced by scripts/setup: what tests ask instead of AWS, the emulator moto in .local/moto, and the aws CLI that asks it.

# Where the first aws CLI on PATH is that the product works with; scripts/doctor checks the same.
aws_cli() {
  local path version
  while IFS= read -r path; do
    version="$("$path" --version 2>/dev/null | sed -n 's:^aws-cli/\([0-9.]*\).*:\1:p')"
    if at_least 2 "$version"; then
      printf '%s\n' "$path"
      return 0
    fi
  done < <(type -aP aws)
  return 1
}

python_has_venv() { has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }

setup_emulator() {
  local cli key
  cli="$(aws_cli)" || fail "there is no aws CLI of version 2, which tests need: no package of this machine brings one.
  https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
  key="$(python3 --version) $(content_hash dev/moto)"
  if ! fresh moto "$key" || [ ! -x "$LOCAL/moto/bin/python" ]; then
    choice "AWS emulator" "installing moto with pip, the versions of dev/moto"
    rm -rf "$LOCAL/moto"
    # What the file doesn't name is not installed, and missed by the check.
    {
      python3 -m venv "$LOCAL/moto" &&
        "$LOCAL/moto/bin/python" -m pip install --no-deps --requirement dev/moto/requirements.txt &&
        "$LOCAL/moto/bin/python" -m pip check
    } >"$LOCAL/moto.log" 2>&1 || fail "moto, which tests need, could not be installed with pip: see .local/moto.log"
    stamp moto "$key"
  fi
  ln -sfn "$cli" "$LOCAL/moto/bin/aws"
  choice "AWS emulator" "moto in .local/moto, asked by $cli"
}
