# shellcheck shell=bash
# Sourced by scripts/setup: the provider plugins, official or those of dev/plugins.
# shellcheck disable=SC2034  # scripts/setup reads PLUGINS

install_official_plugins() {
  local entry
  for entry in "${ACTING_PROVIDERS[@]}"; do
    PULUMI_HOME="$LOCAL/pulumi-home" PULUMI_SKIP_UPDATE_CHECK=1 \
      timeout 180 pulumi plugin install resource "${entry%=*}" "${entry#*=}" || return 1
  done
}

# The engine takes an executable pulumi-resource-NAME on PATH for the plugin NAME.
write_plugin_wrapper() {
  cat >"$LOCAL/bin/pulumi-resource-$1.next" <<WRAPPER
#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$ROOT/dev/plugins/target/freshtrack-plugins.jar" $1 "\$@"
WRAPPER
  chmod 755 "$LOCAL/bin/pulumi-resource-$1.next"
  mv "$LOCAL/bin/pulumi-resource-$1.next" "$LOCAL/bin/pulumi-resource-$1"
}

build_bundled_plugins() {
  local entry
  [ -f "$ROOT/dev/plugins/pom.xml" ] || fail "dev/plugins is missing: this checkout is incomplete"
  mvn -B -ntp -q -Dstyle.color=never -f "$ROOT/dev/plugins/pom.xml" package -DskipTests >"$LOCAL/plugins-build.log" 2>&1 || {
    cat "$LOCAL/plugins-build.log" >&2
    fail "the bundled plugins could not be built: mvn -f dev/plugins/pom.xml package"
  }
  for entry in "${ACTING_PROVIDERS[@]}" "${SIMULATED_PROVIDERS[@]}"; do write_plugin_wrapper "${entry%=*}"; done
}

# Sets PLUGINS to official or bundled.
setup_plugins() {
  local official="official ${ACTING_PROVIDERS[*]}" bundled
  if fresh plugins "$official"; then
    PLUGINS=official
    choice "plugins" "official: ${ACTING_PROVIDERS[*]}"
    return
  fi
  bundled="bundled $ROOT $(content_hash dev/plugins/pom.xml dev/plugins/src/main dev/sdks)"
  PLUGINS=bundled
  if fresh plugins "$bundled" && [ -f "$ROOT/dev/plugins/target/freshtrack-plugins.jar" ]; then
    choice "plugins" "bundled, from dev/plugins (docker, command, random act; aws, digitalocean are simulated)"
    return
  fi
  if ! grep -qs '^bundled' "$LOCAL/stamps/plugins" && install_official_plugins >"$LOCAL/plugins.log" 2>&1; then
    PLUGINS=official
    rm -f "$LOCAL"/bin/pulumi-resource-*
    stamp plugins "$official"
    choice "plugins" "official: ${ACTING_PROVIDERS[*]}"
    return
  fi
  choice "plugins" "building dev/plugins (the official ones can't be downloaded, see .local/plugins.log)"
  build_bundled_plugins
  stamp plugins "$bundled"
  choice "plugins" "bundled, from dev/plugins (docker, command, random act; aws, digitalocean are simulated)"
}
