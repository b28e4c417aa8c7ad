#!/usr/bin/env bash
# Looks the crates of Cargo.lock up in the advisory database of RustSec, and says of what date that is. A database that cannot
# be had is a failure: an old answer is none.
set -euo pipefail
cd "$(dirname "$0")/../.."
url=https://github.com/RustSec/advisory-db
folder=$PWD/.cache/advisories

wanted=$(grep '^cargo-deny ' tests/tools/versions.txt)
present=$(cargo-deny --version 2>/dev/null || echo "no cargo-deny")
[ "$present" = "$wanted" ] || { echo "audit: there is $present here, and $wanted is needed (make deps installs it)" >&2; exit 1; }

# Fetched anew, so that there is one and it is of now.
rm -rf "$folder"
mkdir -p "$folder"
cat >"$folder/deny.toml" <<TOML
[advisories]
db-path = "$folder/databases"
db-urls = ["$url"]
unmaintained = "workspace"
TOML
deny() { cargo-deny --locked --all-features --config "$folder/deny.toml" "$@"; }
deny fetch db ||
  { echo "audit: the advisory database cannot be had from $url" >&2; exit 1; }
database=$(echo "$folder"/databases/*/)
echo "audit: the advisories of $url as of $(git -C "$database" log -1 --format=%cI)"
deny check advisories
