#!/usr/bin/env bash
# demo.sh live SIMULATOR FOLDER: starts a simulated estate, collects it into FOLDER and judges it.
# demo.sh offline ESTATE:        judges the files of an example estate at its own date.
# Both estates are broken on purpose, so findings are no failure here.
set -euo pipefail

show() {
  printf '\n$ %s\n' "$*"
  local status=0
  "$@" || status=$?
  # 1 says that there are findings; anything above says that the command did not work.
  [ "$status" -le 1 ]
}

offline() {
  local estate=$1 at
  at=$(cat "$estate.at")
  show vitrust audit "$estate" --at "$at"
  show vitrust matrix "$estate" --at "$at"
}

live() {
  local simulator=$1 folder=$2
  rm -rf "$folder"
  mkdir -p "$folder"
  # The simulator runs until its standard input ends: when this script does, however it does.
  mkfifo "$folder/open"
  printf '$ vitrust-simulator --vcenters 5 --hosts 4 --story all --out .\n'
  "$simulator" --vcenters 5 --hosts 4 --story all --out "$folder" <"$folder/open" >"$folder/simulator.txt" &
  exec 3>"$folder/open"
  local waited=0
  until grep -q '^fleet ' "$folder/simulator.txt"; do
    kill -0 $! || exit 3
    [ $((waited += 1)) -le 300 ] || { echo "demo: the simulator did not start in 30 s" >&2; exit 3; }
    sleep 0.1
  done
  cat "$folder/simulator.txt"
  local vcenter
  vcenter=$(sed -n 's|^vc02[^ ]* https://\([^ ]*\) .*|\1|p' "$folder/simulator.txt")

  cd "$folder"
  show vitrust probe vc02.lab.example --connect-to "vc02.lab.example:443=$vcenter"
  show vitrust collect -c fleet.toml -o estate.json
  show vitrust audit estate.json
  show vitrust matrix estate.json
}

"$@"
