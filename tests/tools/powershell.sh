#!/usr/bin/env bash
# powershell.sh TARGET CARGO PYTHON PROFILE OUT: makes OUT, which needs nothing outside itself: the module, a zip of it, and its
# tests with all they read. Libraries of other platforms are taken from TARGET/dist, where they were built.
# PROFILE is release, or debug, which takes what the other tests have built already. Ends with 77 where there is no compiler of C#.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1 cargo=$2 python=$3 profile=$4 out=$5
module=$out/VITrust
built=$target/$profile
assembly=$target/tmp/interop/VITrust.Interop.dll

tests/tools/interop.sh "$assembly"
case $profile in
  release) "$cargo" build --locked --release -p vitrust-c -p vitrust-simulator ;;
  debug) "$cargo" build --locked --workspace ;;
  *) echo "powershell: there is no profile $profile" >&2; exit 2 ;;
esac

rm -rf "$out"
mkdir -p "$out"
cp -R bindings-c/powershell/VITrust "$module"
cp LICENSE "$module"
"$python" tests/tools/join_module.py "$module"
CARGO=$cargo "$python" tests/tools/sbom.py vitrust-c "$module/VITrust.cdx.json"
cp -R tests/powershell "$out/tests"

# library FILE PLATFORM NAME: puts a native library where the module looks for it, and the assembly beside it: that looks for
# the library in its own folder.
library() {
  mkdir -p "$module/runtimes/$2/native"
  cp "$1" "$module/runtimes/$2/native/$3"
  cp "$assembly" "$module/runtimes/$2/native"
}
# slim FILE: the line tables are three quarters of a library, and a module is handed around.
slim() {
  if command -v strip >/dev/null; then strip --strip-unneeded "$1"; fi
}
own=
case $(uname -sm) in
  "Linux x86_64") own=linux-x64 ;;
  "Linux aarch64") own=linux-arm64 ;;
  *) echo "powershell: $(uname -sm) has no place in the package; its own library is left out" >&2 ;;
esac
if [ -n "$own" ]; then
  library "$built/libvitrust_c.so" "$own" libvitrust.so
  slim "$module/runtimes/$own/native/libvitrust.so"
fi
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
cp examples/estate.at docs/guide/powershell.md README.md "$data"
cp "$built/vitrust-simulator" "$data/bin"
slim "$data/bin/vitrust-simulator"
mv "$out/tests/README.txt" "$out/README.txt"
"$python" "$out/tests/make_data.py" "$built/libvitrust_c.so" "$data"
"$python" tests/tools/zip_module.py "$module" "$out"
