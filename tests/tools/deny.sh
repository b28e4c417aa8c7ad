#!/usr/bin/env bash
# Licences, banned crates and sources of all dependencies, by deny.toml. A check that was not made is a failure. The
# advisory database is not used: it is a download, and what it says changes without any change here; see audit.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."

wanted=$(grep '^cargo-deny ' tests/tools/versions.txt)
present=$(cargo-deny --version 2>/dev/null || echo "no cargo-deny")
if [ "$present" != "$wanted" ]; then
  echo "deny: there is $present here, and $wanted is needed (make deps installs it)" >&2
  exit 1
fi
cargo-deny --locked --all-features check licenses bans sources
