#!/usr/bin/env bash
# interop.sh FILE: compiles bindings-c/powershell/Interop into the assembly FILE, for .NET Framework 4.5, Mono and .NET alike.
# The same sources give the same bytes. Ends with 77 where there is no compiler.
set -euo pipefail
shopt -s nullglob
export LC_ALL=C
sources=$(cd "$(dirname "$0")/../../bindings-c/powershell/Interop" && pwd)

if ! command -v mcs >/dev/null; then
  echo "interop: there is no mcs, the C# compiler of Mono, which makes the assembly of the PowerShell module: \`make deps\` installs it where it may, or install mono-devel" >&2
  exit 77
fi
mkdir -p "$(dirname "$1")"
# What is generated comes first: a class shows its properties in the order in which they are compiled.
mcs -noconfig -langversion:5 -warnaserror -warn:4 -optimize+ -debug- -target:library "-out:$1" \
  -r:System.Runtime.Serialization,System.Xml,System.Core "$sources"/Generated/*.cs "$sources"/*.cs
