#!/bin/bash
# lighten.sh FOLDER: takes our own jars out of a folder of libraries, into ../own, and other platforms' native
# libraries out of the jars that bring them.
set -euo pipefail
cd "$1"

mkdir -p ../own
mv ./*-SNAPSHOT.jar ../own/ 2>/dev/null || true

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
  jar --create --no-compress --file "$jar" --manifest "$work/META-INF/MANIFEST.MF" -C "$work" . 2>/dev/null
  rm -r "$work"
done
