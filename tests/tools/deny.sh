#!/usr/bin/env bash
# Licences, banned crates and sources of all dependencies, by deny.toml. The advisory database is not used: it is a
# download, and what it says changes without any change here.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v cargo-deny >/dev/null; then
  echo "deny: skipped, there is no cargo-deny (make deps installs it)"
  exit 0
fi
cargo-deny --all-features check licenses bans sources
