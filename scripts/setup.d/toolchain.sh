# shellcheck shell=bash
# Sourced by scripts/setup: the Pulumi CLI and its Java language host.

pulumi_platform() {
  local system machine
  system="$(uname -s | tr '[:upper:]' '[:lower:]')"
  case "$(uname -m)" in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) return 1 ;;
  esac
  printf '%s-%s' "$system" "$machine"
}

# The user's own installation, when it isn't older than what was proven and brings the Java language host.
toolchain_on_path() {
  local binary version
  binary="$(PATH="$USER_PATH" command -v pulumi)" || return 1
  version="$(PULUMI_SKIP_UPDATE_CHECK=1 timeout 20 "$binary" version 2>/dev/null)" || return 1
  at_least "$PULUMI_VERSION" "${version#v}" || return 1
  [ -x "$(dirname "$(readlink -f "$binary")")/pulumi-language-java" ] ||
    PATH="$USER_PATH" command -v pulumi-language-java >/dev/null
}

# The official release, checked against the checksums published with it.
toolchain_download() {
  local platform archive base
  platform="$(pulumi_platform)" || return 1
  archive="pulumi-v$PULUMI_VERSION-$platform.tar.gz"
  base="https://github.com/pulumi/pulumi/releases/download/v$PULUMI_VERSION"
  rm -rf "$LOCAL/build/download"
  mkdir -p "$LOCAL/build/download"
  {
    curl -fsSL --connect-timeout 5 --max-time 60 -o "$LOCAL/build/download/checksums" "$base/pulumi-$PULUMI_VERSION-checksums.txt" &&
      curl -fsSL --connect-timeout 5 --max-time 600 -o "$LOCAL/build/download/$archive" "$base/$archive"
  } 2>"$LOCAL/download.log" || return 1
  (cd "$LOCAL/build/download" && grep -F " $archive" checksums | sha256sum --check --status) ||
    fail "the download $base/$archive does not match its published checksum: nothing was installed"
  tar -xzf "$LOCAL/build/download/$archive" -C "$LOCAL/build/download"
  install -m 755 "$LOCAL/build/download/pulumi/pulumi" "$LOCAL/build/download/pulumi/pulumi-language-java" "$LOCAL/bin/"
  rm -rf "$LOCAL/build/download"
}

# usage: go_build MODULE_FOLDER PACKAGE VERSION_VARIABLE VERSION; the version is set as in the official builds
go_build() {
  local name="${2##*/}"
  (cd "$ROOT/dev/toolchain/$1" && go build -o "$LOCAL/build/$name" -ldflags "-X $3=v$4" "$2") ||
    fail "$2 could not be built from dev/toolchain/$1 (the Go module proxy must be reachable)"
  mv "$LOCAL/build/$name" "$LOCAL/bin/$name"
}

toolchain_build() {
  has go || fail "the Pulumi CLI is not on PATH and could not be downloaded, and there is no Go to build it with.
  Install one of them:
    - Pulumi CLI $PULUMI_VERSION or newer: https://www.pulumi.com/docs/install/
    - Go 1.26 or newer: https://go.dev/doc/install"
  mkdir -p "$LOCAL/build"
  go_build language-java github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java \
    github.com/pulumi/pulumi-java/pkg/version.Version "$JAVA_HOST_VERSION"
  go_build cli github.com/pulumi/pulumi/pkg/v3/cmd/pulumi \
    github.com/pulumi/pulumi/sdk/v3/go/common/version.Version "$PULUMI_VERSION"
}

setup_toolchain() {
  local key where
  key="$PULUMI_VERSION-$(content_hash dev/toolchain/cli dev/toolchain/language-java)"
  if toolchain_on_path; then
    where="on PATH, $(PATH="$USER_PATH" command -v pulumi)"
    rm -f "$LOCAL/bin/pulumi" "$LOCAL/bin/pulumi-language-java" "$LOCAL/stamps/toolchain"
  elif [ -x "$LOCAL/bin/pulumi" ] && fresh toolchain "downloaded $key"; then
    where="official $PULUMI_VERSION in .local/bin"
  elif [ -x "$LOCAL/bin/pulumi" ] && fresh toolchain "built $key"; then
    where="$PULUMI_VERSION built from dev/toolchain, in .local/bin"
  elif toolchain_download; then
    stamp toolchain "downloaded $key"
    where="official $PULUMI_VERSION in .local/bin"
  else
    choice "Pulumi CLI" "building $PULUMI_VERSION from dev/toolchain (no download: $(tail -n1 "$LOCAL/download.log")); minutes the first time"
    toolchain_build
    stamp toolchain "built $key"
    where="$PULUMI_VERSION built from dev/toolchain, in .local/bin"
  fi
  choice "Pulumi CLI" "$where"
}
