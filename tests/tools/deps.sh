#!/usr/bin/env bash
# Installs the optional tools of the tests: system packages where this user may, Rust tools into .cache/tools.
#   deps.sh PYTHON [system|tools]   all of them, or only these
# A tool that cannot be had is named together with what is then skipped; that is no failure here. Without cargo-deny
# `make lint` fails.
set -uo pipefail
cd "$(dirname "$0")/../.."
python=${1:-python3} wanted=${2:-all}

# what shows that it is there (a command or a file), its Debian package, what is skipped without it
optional=(
  "cc gcc the C tests"
  "c++ g++ the C tests compiled as C++"
  "valgrind valgrind the memory check of the C tests"
  "pkg-config pkg-config the test of make install"
  "openssl openssl the comparison with OpenSSL"
  "java default-jdk-headless the comparison with Java"
  "go golang-go the comparison with Go"
  "mcs mono-mcs the PowerShell module, whose assembly it compiles, and its tests"
  "mono mono-runtime the tests of the C# part of the PowerShell module"
  "/usr/lib/mono/4.5/System.Runtime.Serialization.dll libmono-system-runtime-serialization4.0-cil the PowerShell module and its tests"
  "/usr/lib/mono/4.5/System.Core.dll libmono-system-core4.0-cil the same"
  "/usr/lib/mono/4.5/System.Xml.dll libmono-system-xml4.0-cil the same"
  "x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64 the library for Windows and its tests"
  "wine wine the tests of the library for Windows"
  "aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu the library for 64-bit ARM and its tests"
  "/usr/aarch64-linux-gnu/lib/libc.so.6 libc6-dev-arm64-cross the library for 64-bit ARM and its tests"
  "qemu-aarch64 qemu-user the tests of the library for 64-bit ARM"
)
# A second Rust, with the source of its standard library: it builds for systems that the first one does not know.
foreign=(
  "/usr/bin/rustc rustc-web the libraries for Windows and 64-bit ARM, where rustup has no target for them"
  "/usr/bin/cargo cargo-web the same"
  "/usr/lib/rustlib/src/rust/library rust-web-src the same"
)
targets="$(rustc --print target-libdir --target x86_64-pc-windows-gnu 2>/dev/null)"
[ -n "$targets" ] && [ -d "$targets" ] || optional+=("${foreign[@]}")

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
there() {
  case $1 in
    /*) [ -e "$1" ] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing=()
for row in "${optional[@]}"; do
  read -r name package _ <<<"$row"
  there "$name" || missing+=("$package")
done
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

# Nothing that is installed is given up for a package: a test is not worth that.
install() { timeout "$1" apt-get install -qq -y --no-install-recommends --no-remove "${@:2}" >/dev/null; }

if [ "$wanted" != tools ] && [ ${#missing[@]} -gt 0 ] && can_install; then
  echo "deps: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  timeout 120 apt-get update -qq || echo "deps: apt-get update failed, going on with what is known"
  # One call is faster; where it fails, one package that cannot be had costs the others nothing.
  if ! install 900 "${missing[@]}"; then
    for package in "${missing[@]}"; do
      install 300 "$package" || echo "deps: $package could not be installed"
    done
  fi
fi

# Unoptimised: they are built once and run for seconds. The version is the one of versions.txt, whatever else is there.
cargo_tool() {
  local wanted
  wanted=$(grep "^$1 " tests/tools/versions.txt)
  [ "$("$1" --version 2>/dev/null)" = "$wanted" ] && return
  echo "deps: building $wanted into .cache/tools"
  timeout 900 cargo install --locked --debug --root .cache/tools --target-dir .cache/tools/target "${wanted/ /@}" ||
    echo "deps: $1 could not be installed"
  rm -rf .cache/tools/target
}
if [ "$wanted" != system ]; then
  cargo_tool cargo-deny
  # Fuzzing needs a nightly compiler, which is the user's to choose.
  rustup run nightly rustc --version >/dev/null 2>&1 && cargo_tool cargo-fuzz
  optional+=("cargo-fuzz - the short fuzz run (needs a nightly compiler)" "cargo-deny - nothing, and make lint fails (the check of licences)")
fi

for row in "${optional[@]}"; do
  read -r name _ loss <<<"$row"
  there "$name" || echo "deps: $name is not available, so this is skipped: $loss"
done
"$python" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' ||
  { echo "deps: $python must be Python 3.11 or later with the module venv" >&2; exit 1; }
