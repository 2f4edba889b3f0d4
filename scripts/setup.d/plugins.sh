# shellcheck shell=bash
# Sourced by scripts/setup: the provider plugins, official or those of dev/plugins.
# shellcheck disable=SC2034  # scripts/setup reads PLUGINS

PLUGIN_JVM=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

install_official_plugins() {
  local entry
  for entry in "${ACTING_PROVIDERS[@]}"; do
    PULUMI_HOME="$LOCAL/pulumi-home" PULUMI_SKIP_UPDATE_CHECK=1 \
      timeout 180 pulumi plugin install resource "${entry%=*}" "${entry#*=}" || return 1
  done
}

# The engine takes an executable pulumi-resource-NAME on PATH for the plugin NAME, and its first line on standard output for
# the port: a JVM that can't use the archive of classes must not say so there. usage: write_plugin_wrapper FOLDER PLUGIN
write_plugin_wrapper() {
  local wrapper="$1/pulumi-resource-$2"
  cat >"$wrapper.next" <<WRAPPER
#!/bin/sh
exec java ${PLUGIN_JVM[*]} -Xlog:disable "-XX:SharedArchiveFile=$LOCAL/plugins.jsa" -jar "$ROOT/dev/plugins/target/freshtrack-plugins.jar" $2 "\$@"
WRAPPER
  chmod 755 "$wrapper.next"
  mv "$wrapper.next" "$wrapper"
}

# Each command of the engine starts a JVM for each plugin: with their classes in an archive, mapped and not loaded, that takes
# about half the processor time. Which classes, a plugin that answers a question tells.
archive_plugin_classes() {
  local classes="$LOCAL/build/plugins.classes"
  mkdir -p "$LOCAL/build"
  rm -f "$LOCAL/plugins.jsa"
  JAVA_TOOL_OPTIONS="-XX:DumpLoadedClassList=$classes" PULUMI_HOME="$LOCAL/pulumi-home" PULUMI_SKIP_UPDATE_CHECK=1 \
    timeout 120 pulumi package get-schema "$LOCAL/bin/pulumi-resource-docker" &&
    java "${PLUGIN_JVM[@]}" -Xshare:dump "-XX:SharedClassListFile=$classes" "-XX:SharedArchiveFile=$LOCAL/plugins.jsa" \
      -jar "$ROOT/dev/plugins/target/freshtrack-plugins.jar"
}

build_plugins_jar() {
  [ -f "$ROOT/dev/plugins/pom.xml" ] || fail "dev/plugins is missing: this checkout is incomplete"
  mvn -B -ntp -q -Dstyle.color=never -f "$ROOT/dev/plugins/pom.xml" package -DskipTests >"$LOCAL/plugins-build.log" 2>&1 || {
    cat "$LOCAL/plugins-build.log" >&2
    fail "the bundled plugins could not be built: mvn -f dev/plugins/pom.xml package"
  }
}

build_bundled_plugins() {
  local entry
  build_plugins_jar
  for entry in "${ACTING_PROVIDERS[@]}" "${SIMULATED_PROVIDERS[@]}"; do write_plugin_wrapper "$LOCAL/bin" "${entry%=*}"; done
  archive_plugin_classes >"$LOCAL/plugins-archive.log" 2>&1 ||
    choice "plugins" "without an archive of their classes, so somewhat slower (see .local/plugins-archive.log)"
}

# What the tests of the clouds' targets use, whichever plugins were found: nothing that they bring up may reach an account.
setup_simulated_clouds() {
  local name
  mkdir -p "$LOCAL/simulated"
  if [ "$PLUGINS" = official ]; then
    choice "plugins" "building dev/plugins too: the tests of the clouds' targets use the simulated aws and digitalocean alone"
    build_plugins_jar
  fi
  for name in "${SIMULATED_PROVIDERS[@]}"; do write_plugin_wrapper "$LOCAL/simulated" "$name"; done
}

# Sets PLUGINS to official or bundled.
setup_plugins() {
  local official="official ${ACTING_PROVIDERS[*]}" bundled
  if fresh plugins "$official"; then
    PLUGINS=official
    choice "plugins" "official: ${ACTING_PROVIDERS[*]}"
    return
  fi
  bundled="bundled $ROOT $(content_hash dev/plugins/pom.xml dev/plugins/src/main dev/sdks scripts/setup.d/plugins.sh)"
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
