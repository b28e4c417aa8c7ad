#!/usr/bin/env bash
# Runs every fuzz target for some seconds: fuzz.sh SECONDS [install]. Needs a nightly compiler and cargo-fuzz; with
# `install` cargo-fuzz is put into .cache/tools, without it the run is skipped with a notice.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=$1
unset CARGO_TARGET_DIR

if ! rustup run nightly rustc --version >/dev/null 2>&1; then
  echo "fuzz: skipped, there is no nightly compiler (rustup toolchain install nightly)"
  exit 0
fi
if ! command -v cargo-fuzz >/dev/null; then
  if [ "${2:-}" != install ]; then
    echo "fuzz: skipped, there is no cargo-fuzz (make deps installs it)"
    exit 0
  fi
  cargo install --locked --debug --root .cache/tools cargo-fuzz
fi

targets=$(cargo +nightly fuzz list --fuzz-dir tests/fuzz)
cargo +nightly fuzz build --fuzz-dir tests/fuzz
for target in $targets; do
  echo "fuzz: $target for $seconds s"
  cargo +nightly fuzz run --fuzz-dir tests/fuzz "$target" -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=0 -verbosity=0
done
