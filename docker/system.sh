#!/bin/bash
# system.sh FOLDER: copies the part of this Debian that a Java runtime needs into FOLDER, and makes an empty /state.
set -euo pipefail
target=$1
mkdir -p "$target"/{usr/lib,etc,proc,sys,dev,var/lib} /state
mkdir -m 1777 "$target/tmp"
ln -s usr/lib "$target/lib"
if [ -d /usr/lib64 ]; then
  mkdir "$target/usr/lib64"
  ln -s usr/lib64 "$target/lib64"
fi

for library in libc libm libdl libpthread librt libresolv libnss_dns libnss_files libgcc_s libstdc++ libz; do
  for file in /usr/lib/*-linux-gnu/"$library".so.[0-9] /lib/*-linux-gnu/"$library".so.[0-9]; do
    [ -e "$file" ] || continue
    folder=$target/usr/lib/$(basename "$(dirname "$file")")
    mkdir -p "$folder"
    cp -L "$file" "$folder/"
  done
  # What the base image lacks, see docker/system-libraries.
  for file in /usr/local/lib/"$library".so.[0-9]; do
    if [ -e "$file" ]; then cp -L "$file" "$target/usr/lib/$(uname -m)-linux-gnu/"; fi
  done
done
[ -e "$target/usr/lib/$(uname -m)-linux-gnu/libstdc++.so.6" ] || {
  echo "this base image has no libstdc++.so.6, which RocksDB needs: see docker/system-libraries/README.md" >&2
  exit 1
}
for loader in /usr/lib64/ld-linux-*.so.* /lib64/ld-linux-*.so.* /usr/lib/ld-linux-*.so.*; do
  [ -e "$loader" ] || continue
  case $loader in
    */lib64/*) cp -L "$loader" "$target/usr/lib64/" ;;
    *) cp -L "$loader" "$target/usr/lib/" ;;
  esac
done

printf 'root:x:0:0::/nonexistent:/nonexistent\nlivemind:x:10001:10001::/nonexistent:/nonexistent\n' >"$target/etc/passwd"
printf 'root:x:0:\nlivemind:x:10001:\n' >"$target/etc/group"
printf 'hosts: files dns\n' >"$target/etc/nsswitch.conf"
