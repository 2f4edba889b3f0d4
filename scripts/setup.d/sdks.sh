# shellcheck shell=bash
# Sourced by scripts/setup: the Java SDKs of the providers, from the Maven repository or generated from dev/sdks.

maven_sdks() {
  local properties=("-Dsdk.pulumi=$JAVA_SDK_VERSION") entry
  for entry in "${SDKS[@]}"; do properties+=("-Dsdk.${entry%=*}=${entry#*=}"); done
  timeout "$1" mvn -B -ntp -q -Dstyle.color=never -f "$ROOT/dev/toolchain/java-sdks/pom.xml" "${properties[@]}" "${@:2}"
}

# usage: build_sdk NAME VERSION CLASSPATH TARGET -> a jar and its pom in TARGET, the layout of a Maven repository
build_sdk() {
  local name="$1" version="$2" classpath="$3" work artifact directory file
  work="$LOCAL/build/sdk-$name"
  artifact="$name-$version-facts"
  directory="$4/com/pulumi/$name/$version-facts"
  rm -rf "$work"
  mkdir -p "$work/generated" "$work/classes/com/pulumi/$name" "$directory"
  PULUMI_HOME="$LOCAL/pulumi-home" PULUMI_SKIP_UPDATE_CHECK=1 PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true \
    timeout 120 pulumi package gen-sdk "$ROOT/dev/sdks/$name.json" --language java --out "$work/generated" \
    >"$work/generate.log" 2>&1 || { cat "$work/generate.log" >&2; fail "the Java SDK of '$name' could not be generated from dev/sdks/$name.json"; }
  find "$work/generated" -name '*.java' -printf '"%p"\n' | LC_ALL=C sort >"$work/sources"
  javac -nowarn -proc:none -encoding UTF-8 --release 17 -cp "$classpath" -d "$work/classes" @"$work/sources" \
    >"$work/compile.log" 2>&1 || { cat "$work/compile.log" >&2; fail "the generated Java SDK of '$name' does not compile"; }
  printf '%s\n' "$version" >"$work/classes/com/pulumi/$name/version.txt"
  # A fixed date: the same schema gives the same bytes in every checkout.
  jar --create --date=2025-01-01T00:00:00Z --file "$directory/$artifact.jar" -C "$work/classes" .
  cat >"$directory/$artifact.pom" <<POM
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.pulumi</groupId>
  <artifactId>$name</artifactId>
  <version>$version-facts</version>
  <dependencies>
    <dependency>
      <groupId>com.pulumi</groupId>
      <artifactId>pulumi</artifactId>
      <version>$JAVA_SDK_VERSION</version>
    </dependency>
  </dependencies>
</project>
POM
  for file in "$artifact.jar" "$artifact.pom"; do
    sha1sum <"$directory/$file" | cut -d' ' -f1 >"$directory/$file.sha1"
  done
}

# Maven never looks again at a released version that it has in its cache: what differs from ours there must go.
drop_stale_copies() {
  local repository="$1" entry name version cached ours
  for entry in "${SDKS[@]}"; do
    name="${entry%=*}" version="${entry#*=}-facts"
    ours="$LOCAL/m2/com/pulumi/$name/$version/$name-$version.jar"
    cached="$repository/com/pulumi/$name/$version"
    if [ -f "$ours" ] && [ -d "$cached" ] && ! cmp -s "$ours" "$cached/$name-$version.jar"; then
      rm -rf "$cached"
    fi
  done
}

setup_sdks() {
  local key entry classpath next
  key="$(content_hash dev/sdks dev/toolchain/java-sdks scripts/setup.d/sdks.sh)-$JAVA_SDK_VERSION-${SDKS[*]}"
  if fresh sdks "registry $key"; then
    choice "Java SDKs" "from the Maven repository"
    return
  fi
  if fresh sdks "facts $key" && [ -d "$LOCAL/m2/com/pulumi" ]; then
    drop_stale_copies "$(cat "$LOCAL/stamps/maven-cache")"
    choice "Java SDKs" "generated from dev/sdks (versions end in -facts)"
    return
  fi
  if maven_sdks 300 -U -Pproviders dependency:resolve >"$LOCAL/sdks.log" 2>&1; then
    rm -rf "$LOCAL/m2"
    stamp sdks "registry $key"
    choice "Java SDKs" "from the Maven repository"
    return
  fi
  choice "Java SDKs" "generating them from dev/sdks (not in the Maven repository, see .local/sdks.log)"
  mkdir -p "$LOCAL/build"
  maven_sdks 300 dependency:build-classpath "-Dmdep.outputFile=$LOCAL/build/sdk-classpath" >"$LOCAL/build/sdk-classpath.log" 2>&1 || {
    cat "$LOCAL/build/sdk-classpath.log" >&2
    fail "com.pulumi:pulumi $JAVA_SDK_VERSION is not in the Maven repository either: check Maven's settings (~/.m2/settings.xml) and the network"
  }
  classpath="$(cat "$LOCAL/build/sdk-classpath")"
  # The cache's place, whatever the settings say, seen from the path of a jar in it.
  printf '%s\n' "${classpath%%/com/pulumi/pulumi/*}" | sed 's/.*://' >"$LOCAL/stamps/maven-cache"
  next="$LOCAL/build/m2"
  rm -rf "$next"
  for entry in "${SDKS[@]}"; do
    [ -f "$ROOT/dev/sdks/${entry%=*}.json" ] || fail "dev/sdks/${entry%=*}.json is missing: this checkout is incomplete"
    build_sdk "${entry%=*}" "${entry#*=}" "$classpath" "$next"
  done
  rm -rf "$LOCAL/m2"
  mv "$next" "$LOCAL/m2"
  drop_stale_copies "$(cat "$LOCAL/stamps/maven-cache")"
  stamp sdks "facts $key"
  choice "Java SDKs" "generated from dev/sdks (versions end in -facts)"
}
