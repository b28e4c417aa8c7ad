#!/usr/bin/env bash
# Builds the C library for a system other than this one: cross.sh SYSTEM PROFILE FOLDER [unit]
#   SYSTEM   windows (x86_64, vitrust.dll) or arm64 (Linux, libvitrust.so)
#   PROFILE  release, or cross, which compiles fast and runs slowly
#   FOLDER   receives the library, and for Windows its import library and its list of exports
#   unit     the unit tests of the C boundary too, as FOLDER/unit.exe or FOLDER/unit
# Ends with 77 and says what is missing when this machine cannot build for that system.
set -euo pipefail
cd "$(dirname "$0")/../.."
system=$1 profile=$2 folder=$3 unit=${4:-}

case $system in
  windows) target=x86_64-pc-windows-gnu tools=x86_64-w64-mingw32 compiler=gcc-mingw-w64-x86-64 ;;
  arm64) target=aarch64-unknown-linux-gnu tools=aarch64-linux-gnu compiler=gcc-aarch64-linux-gnu ;;
  *) echo "cross: there is no system $system" >&2; exit 2 ;;
esac

# What is built for the tests may be left out.
case "$profile ${CROSS_SYSTEMS-windows arm64} " in
  "cross "*"$system "* | "release "*) ;;
  *) echo "cross: CROSS_SYSTEMS leaves $system out" >&2; exit 77 ;;
esac

missing() {
  echo "cross: cannot build for $target, because this is missing: $1" >&2
  exit 77
}

command -v "$tools-gcc" >/dev/null || missing "$tools-gcc (Debian: $compiler)"

# What a running cargo says to its children is meant for this system, not for the other one.
target_dir=${CARGO_TARGET_DIR:-target}/cross
unset LD_LIBRARY_PATH RUSTFLAGS CARGO_ENCODED_RUSTFLAGS RUSTC RUSTDOC RUSTC_WRAPPER
# ring builds anew when one of these changes, and a test has them.
unset "${!CARGO_PKG_@}" "${!CARGO_MANIFEST_@}"

# A toolchain that has the standard library of the target; or Debian's, which has its source.
std=()
if ! libraries=$(rustc --print target-libdir --target "$target" 2>/dev/null) || [ ! -d "$libraries" ]; then
  sources=$(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library
  oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  present=$(/usr/bin/rustc --version 2>/dev/null | cut -d ' ' -f 2)
  if [ ! -x /usr/bin/cargo ] || [ ! -d "$sources" ] ||
    [ "$(printf '%s\n' "$oldest" "$present" | sort -V | head -n 1)" != "$oldest" ]; then
    missing "the standard library of Rust for it (rustup target add $target; or Debian: rustc-web cargo-web rust-web-src)"
  fi
  unset RUSTUP_TOOLCHAIN
  export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
  std=(-Z build-std=std,panic_unwind)
fi
cargo=${RUSTC:+/usr/bin/}cargo

variable=CARGO_TARGET_$(tr 'a-z-' 'A-Z_' <<<"$target")_LINKER
export "$variable=$tools-gcc" CARGO_PROFILE_RELEASE_STRIP=true
build=(--locked "${std[@]}" --target "$target" --target-dir "$target_dir" --profile "$profile" -p vitrust-c --lib)

# What a program linked with the library looks for: the name of the file made here.
export VITRUST_SONAME=libvitrust.so
"$cargo" rustc "${build[@]}" --crate-type cdylib
mkdir -p "$folder"
built=$target_dir/$target/$profile

# The library is called vitrust there, so its import library is made for that name.
windows() {
  cp "$built/vitrust_c.dll" "$folder/vitrust.dll"
  local head foreign
  head=$("$tools-objdump" -p "$folder/vitrust.dll")
  # Windows brings these; what a compiler brings (libgcc_s_seh-1.dll, libwinpthread-1.dll) nobody would have.
  foreign=$(sed -n 's/.*DLL Name: //p' <<<"$head" | tr 'A-Z' 'a-z' |
    grep -vE '^((kernel32|ntdll|msvcrt|userenv|ws2_32|bcrypt|bcryptprimitives|advapi32|crypt32|ncrypt|secur32)|api-ms-win-.*)\.dll$' || true)
  [ -z "$foreign" ] || { echo "cross: vitrust.dll needs libraries that Windows does not have:" $foreign >&2; exit 1; }
  { printf 'LIBRARY vitrust.dll\nEXPORTS\n'; awk '/^\t\[ *[0-9]+\]/ && $NF ~ /^vitrust_/ { print "    " $NF }' <<<"$head"; } \
    >"$folder/vitrust.def"
  "$tools-dlltool" -d "$folder/vitrust.def" -l "$folder/libvitrust.dll.a"
}

arm64() {
  cp "$built/libvitrust_c.so" "$folder/libvitrust.so"
}

"$system"

if [ -n "$unit" ]; then
  said=$("$cargo" test "${build[@]}" --no-run 2>&1) || { echo "$said" >&2; exit 1; }
  program=$(sed -n 's/^ *Executable .*(\(.*\))$/\1/p' <<<"$said")
  case $system in
    windows) cp "$program" "$folder/unit.exe" ;;
    arm64) cp "$program" "$folder/unit" ;;
  esac
fi
echo "cross: $folder"
