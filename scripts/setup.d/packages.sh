# shellcheck shell=bash
# Sourced by scripts/setup: the operating system's packages and a Docker Engine that runs.

can_install() { has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; } || { has sudo && [ -t 0 ]; }; }; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The version of a package that apt-get would install; nothing where it knows none.
offered() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9][^ ]*\).*/\1/p'; }

# usage: install_packages PACKAGE… ; waits for another installation that runs
install_packages() {
  can_install || fail "missing: $*
  This machine's packages can't be installed from here. Install them and run this again:
    Debian, Ubuntu:  sudo apt-get install $*
    others:          JDK 17 or newer, Maven 3.6.3 or newer, curl, openssl, and a Docker Engine 20.10 or newer
                     (https://docs.docker.com/engine/install/)"
  choice "packages" "missing: $*"
  # An index that can't be refreshed may still be good enough: the installation itself decides.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update >"$LOCAL/apt.log" 2>&1 || true
  local package packages=()
  for package in "$@"; do
    case "$package" in
      openjdk-17-jdk-headless) apt-cache show "$package" >/dev/null 2>&1 || package=default-jdk-headless ;;
      # Newer releases have the docker command in a package of its own.
      docker.io) if ! has docker && apt-cache show docker-cli >/dev/null 2>&1; then packages+=(docker-cli); fi ;;
      # Ubuntu 22.04 has version 1 and 24.04 none; setup_emulator says where there is one.
      awscli) if ! at_least 2 "$(offered awscli)"; then continue; fi ;;
    esac
    packages+=("$package")
  done
  if [ "${#packages[@]}" = 0 ]; then return; fi
  choice "packages" "installing ${packages[*]} with apt-get"
  # Never at the price of something else, such as a docker-ce that docker.io would conflict with.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends --no-remove "${packages[@]}" >>"$LOCAL/apt.log" 2>&1 9>&- ||
    fail "apt-get could not install ${packages[*]}: see .local/apt.log"
  choice "packages" "installed: ${packages[*]}"
}

java_is_new_enough() {
  local version
  has javac && has java || return 1
  version="$(javac -version 2>&1)"
  at_least 17 "${version#javac }"
}

setup_packages() {
  local missing=() already=()
  if java_is_new_enough; then already+=("JDK"); else missing+=(openjdk-17-jdk-headless); fi
  if has mvn; then already+=("Maven"); else missing+=(maven); fi
  if has curl; then already+=("curl"); else missing+=(curl); fi
  if has openssl; then already+=("openssl"); else missing+=(openssl); fi
  if has docker && { engine_answers || has dockerd || [ -n "${DOCKER_HOST:-}" ]; }; then already+=("Docker"); else missing+=(docker.io); fi
  if [ "$FOR_TESTS" = 1 ]; then
    if has shellcheck; then already+=("shellcheck"); else missing+=(shellcheck); fi
    if has ssh-keygen; then already+=("ssh"); else missing+=(openssh-client); fi
    if aws_cli >/dev/null; then already+=("aws CLI"); else missing+=(awscli); fi
    if python_has_venv; then already+=("Python"); else missing+=(python3-venv); fi
  fi
  if [ "${#missing[@]}" -gt 0 ]; then
    install_packages "${missing[@]}"
  else
    choice "packages" "there: ${already[*]}"
  fi
}

engine_answers() { timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

wait_for_engine() {
  local second
  for ((second = 0; second < $1; second++)); do
    if engine_answers; then return 0; fi
    sleep 1
  done
  return 1
}

# An engine that runs is left alone; else it is started as this machine starts things, or by itself.
setup_engine() {
  local how="it runs"
  if ! engine_answers; then
    if [ -n "${DOCKER_HOST:-}" ]; then fail "the Docker Engine at DOCKER_HOST=$DOCKER_HOST does not answer"; fi
    if [ -d /run/systemd/system ] && can_install; then
      how="started with systemctl"
      as_root systemctl start docker >"$LOCAL/dockerd.log" 2>&1 9>&- || true
    elif can_install || [ "$(id -u)" = 0 ]; then
      how="started dockerd, its log is .local/dockerd.log"
      as_root true # sudo may ask for a password only while this script is in front
      # Open files and the lock stay here: the daemon outlives this script.
      as_root setsid dockerd >"$LOCAL/dockerd.log" 2>&1 </dev/null 9>&- &
    fi
    wait_for_engine 60 || fail "no Docker Engine answers (docker version).
  $(docker version 2>&1 | tail -n 1)
  Start it ('sudo systemctl start docker'), or let your user use it ('sudo usermod -aG docker $(id -un)', then log in again).
  If it was started from here, .local/dockerd.log says why it ended."
  fi
  choice "Docker Engine" "$(docker version --format '{{.Server.Version}}') ($how)"
}
