#!/usr/bin/env bash
# Installs the optional tools of the tests: system packages where this user may, Rust tools into .cache/tools.
# A tool that cannot be had is named together with what is then skipped; that is never a failure.
set -uo pipefail
cd "$(dirname "$0")/../.."
python=${1:-python3}

# command, Debian package, what is skipped without it
optional=(
  "cc gcc the C tests"
  "c++ g++ the C tests compiled as C++"
  "valgrind valgrind the memory check of the C tests"
  "openssl openssl the comparison with OpenSSL"
  "java default-jdk-headless the comparison with Java"
  "go golang-go the comparison with Go"
)

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

missing=()
for row in "${optional[@]}"; do
  read -r name package _ <<<"$row"
  command -v "$name" >/dev/null || missing+=("$package")
done
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

if [ ${#missing[@]} -gt 0 ] && can_install; then
  echo "deps: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  timeout 120 apt-get update -qq || echo "deps: apt-get update failed, going on with what is known"
  for package in "${missing[@]}"; do
    timeout 300 apt-get install -qq -y --no-install-recommends "$package" >/dev/null || echo "deps: $package could not be installed"
  done
fi

# Unoptimised: they are built once and run for seconds.
cargo_tool() {
  command -v "$1" >/dev/null && return
  echo "deps: building $1 into .cache/tools"
  timeout 600 cargo install --locked --debug --root .cache/tools --target-dir .cache/tools/target "$1" ||
    echo "deps: $1 could not be installed"
  rm -rf .cache/tools/target
}
cargo_tool cargo-deny
# Fuzzing needs a nightly compiler, which is the user's to choose.
rustup run nightly rustc --version >/dev/null 2>&1 && cargo_tool cargo-fuzz

for row in "${optional[@]}" "cargo-fuzz - the short fuzz run (needs a nightly compiler)" "cargo-deny - the check of licences"; do
  read -r name _ loss <<<"$row"
  command -v "$name" >/dev/null || echo "deps: $name is not available, so this is skipped: $loss"
done
"$python" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 10))' ||
  { echo "deps: $python must be Python 3.10 or later with the module venv" >&2; exit 1; }
