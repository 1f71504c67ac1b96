#!/bin/bash
# lighten.sh FROM TO: sorts a folder of jars into TO/own, those of the project, and TO/lib, all others; takes other
# platforms' native libraries out of the jars that bring them. What is in lib looks the same after each build.
set -euo pipefail
mkdir -p "$2/lib" "$2/own"
for jar in "$1"/*.jar; do
  if jar tf "$jar" | grep -q '^META-INF/maven/io.livemind/'; then mv "$jar" "$2/own/"; else mv "$jar" "$2/lib/"; fi
done
cd "$2/lib"

case $(uname -m) in
  x86_64) kept='librocksdbjni-linux64.so|linux/amd64/|Linux/x86_64/' ;;
  aarch64) kept='librocksdbjni-linux-aarch64.so|linux/aarch64/|Linux/aarch64/' ;;
  *) exit 0 ;;
esac

for jar in rocksdbjni-*.jar zstd-jni-*.jar snappy-java-*.jar; do
  [ -f "$jar" ] || continue
  work=$(mktemp -d)
  (cd "$work" && jar xf "$OLDPWD/$jar")
  find "$work" -type f \( -name '*.so' -o -name '*.dll' -o -name '*.jnilib' -o -name '*.dylib' -o -name '*.a' \) \
    | grep -Ev "$kept" | xargs -r rm
  rm "$jar"
  jar --create --date=2026-01-01T00:00:00Z --file "$jar" --manifest "$work/META-INF/MANIFEST.MF" -C "$work" . 2>/dev/null
  rm -r "$work"
done

# The time of a file is part of a layer.
touch --date=2026-01-01T00:00:00Z ./*.jar
