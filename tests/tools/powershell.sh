#!/usr/bin/env bash
# powershell.sh TARGET CARGO PYTHON: makes TARGET/powershell, which needs nothing outside itself: the module, a zip of it, and its
# tests with all they read. Libraries of other platforms are taken from TARGET/dist, where they were built.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1 cargo=$2 python=$3
out=$target/powershell
module=$out/VITrust

"$cargo" build --release -p vitrust-c -p vitrust-simulator

rm -rf "$out"
mkdir -p "$out"
cp -R bindings-c/powershell/VITrust "$module"
cp LICENSE "$module"
cp -R tests/powershell "$out/tests"

# library FILE PLATFORM NAME: puts a native library where the module looks for it.
library() {
  mkdir -p "$module/runtimes/$2/native"
  cp "$1" "$module/runtimes/$2/native/$3"
}
case $(uname -sm) in
  "Linux x86_64") library "$target/release/libvitrust_c.so" linux-x64 libvitrust.so ;;
  "Linux aarch64") library "$target/release/libvitrust_c.so" linux-arm64 libvitrust.so ;;
  *) echo "powershell: $(uname -sm) has no place in the package; its own library is left out" >&2 ;;
esac
for row in "win-x64 vitrust.dll" "linux-x64 libvitrust.so" "linux-arm64 libvitrust.so"; do
  read -r platform name <<<"$row"
  if [ -e "$module/runtimes/$platform/native/$name" ]; then
    continue
  elif [ -e "$target/dist/$platform/$name" ]; then
    library "$target/dist/$platform/$name" "$platform" "$name"
  else
    echo "powershell: $target/dist/$platform/$name was not built; the package is made without it"
  fi
done

# What the tests read.
data=$out/tests/data
mkdir -p "$data/bin"
cp -R examples/estate "$data/estate"
cp examples/estate.at "$data"
cp "$target/release/vitrust-simulator" "$data/bin"
mv "$out/tests/README.txt" "$out/README.txt"
"$python" "$out/tests/make_data.py" "$target/release/libvitrust_c.so" "$data"
"$python" tests/tools/zip_module.py "$module" "$out"
