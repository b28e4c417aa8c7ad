#!/usr/bin/env bash
# Runs every fuzz target for some seconds: fuzz.sh SECONDS [install]; 0 seconds only build. Needs a nightly compiler and cargo-fuzz; with
# `install` cargo-fuzz is put into .cache/tools, without it the run is skipped with a notice.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=$1 install=${2:-}
unset CARGO_TARGET_DIR

if ! rustup run nightly rustc --version >/dev/null 2>&1; then
  echo "fuzz: skipped, there is no nightly compiler (rustup toolchain install nightly)"
  exit 0
fi
if ! command -v cargo-fuzz >/dev/null; then
  if [ "$install" != install ]; then
    echo "fuzz: skipped, there is no cargo-fuzz (make fuzz installs it)"
    exit 0
  fi
  cargo install --locked --debug --root .cache/tools "$(sed -n 's/^cargo-fuzz /cargo-fuzz@/p' tests/tools/versions.txt)"
fi

# The core forbids unsafe code, so the address sanitiser would find nothing there and cost half the speed. The C boundary has
# unsafe code: a long run has the sanitiser for it.
sanitizer() { [ "$1" = abi ] && [ "$install" = install ] && echo address || echo none; }
# cargo-fuzz has no --locked; with this, a lock that is out of date is an error all the same.
cargo +nightly fetch --locked --manifest-path tests/fuzz/Cargo.toml
# Readers of what servers and exports say stay small and quick whatever they are given: an input is 4 KiB here.
memory() { case "$1" in xml | soap | rest | rest_api | powercli_json | estate_json) echo 256 ;; *) echo 2048 ;; esac; }
slowest() { case "$1" in xml | soap | rest | rest_api | powercli_json | estate_json) echo 5 ;; *) echo 10 ;; esac; }
targets=$(cargo +nightly fuzz list --fuzz-dir tests/fuzz | grep -vx any)
# A short run takes the one program that has every target in it: each of its own would have to be linked.
program() { [ "$install" = install ] && echo "$1" || echo any; }
if [ "$install" = install ]; then
  cargo +nightly fuzz build --sanitizer none --fuzz-dir tests/fuzz
else
  # Optimising for speed would take longer than a short run gains by it.
  export CARGO_PROFILE_RELEASE_OPT_LEVEL=1
  cargo +nightly fuzz build --sanitizer none --fuzz-dir tests/fuzz any
fi
[ "$seconds" != 0 ] || exit 0
for target in $targets; do
  echo "fuzz: $target for $seconds s"
  # What is new goes into the first folder, which is not committed.
  corpus=(tests/fuzz/corpus/"$target" tests/fuzz/seeds/"$target")
  mkdir -p "${corpus[0]}"
  FUZZ_ENTRY=$target cargo +nightly fuzz run --sanitizer "$(sanitizer "$target")" --fuzz-dir tests/fuzz "$(program "$target")" "${corpus[@]}" -- \
    -max_total_time="$seconds" -timeout="$(slowest "$target")" -rss_limit_mb="$(memory "$target")" -print_final_stats=0 -print_funcs=0 -verbosity=0
done
