#!/usr/bin/env bash
# Audits the example estate at its own date. The estate is broken on purpose, so findings are no failure here.
set -euo pipefail
cd "$(dirname "$0")/../.."
estate=$1
at=$(cat "$estate.at")

show() {
  printf '\n$ %s\n' "$*"
  local status=0
  "$@" || status=$?
  # 1 says that there are findings; anything above says that the command did not work.
  [ "$status" -le 1 ]
}

show vitrust audit "$estate" --at "$at"
show vitrust matrix "$estate" --at "$at"
