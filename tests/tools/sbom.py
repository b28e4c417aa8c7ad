"""sbom.py PACKAGE FILE: writes the bill of materials of a package of the workspace, as CycloneDX 1.5.

It lists the crates that are linked into what is built from the package, on any system of SYSTEMS, each with the
checksum of Cargo.lock. Crates that only run while something is built (build scripts, procedural macros) are no part of
it. The same lock gives the same bytes: there is no time and no path in it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: What packages are made for; the crates differ.
SYSTEMS = (
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
)
#: One crate of the lock; those of this workspace have no checksum.
_LOCKED = re.compile(r'name = "([^"]+)"\nversion = "([^"]+)"\n(?:source = "[^"]*"\n)?(?:checksum = "(\w+)")?')
#: One line of the tree: how deep, name, version, a path where the crate is this workspace's, and the licence.
_LINE = re.compile(r"(\d+)(\S+) v(\S+)(?: \([^)]*\))*\|(.*?)(?: \(\*\))?")

#: A crate by name and version; there may be several versions of one.
Crate = tuple[str, str]


def main(package: str, target: Path) -> None:
    """Write the bill of one package."""
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    checksums = {(name, version): digest for name, version, digest in _LOCKED.findall(lock)}
    licences: dict[Crate, str] = {}
    needs: dict[Crate, set[Crate]] = {}
    for system in SYSTEMS:
        root = _read(package, system, licences, needs)
    bill = _bill(root, checksums, licences, needs)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _read(package: str, system: str, licences: dict[Crate, str], needs: dict[Crate, set[Crate]]) -> Crate:
    """Add what the package is linked from on one system, and return the package."""
    cargo = os.environ.get("CARGO", "cargo")
    line = [cargo, "tree", "--locked", "--package", package, "--target", system, "--edges", "normal,no-proc-macro"]
    line += ["--prefix", "depth", "--format", "{p}|{l}", "--charset", "ascii"]
    tree = subprocess.run(line, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    above: list[Crate] = []
    for row in tree.splitlines():
        parts = _LINE.fullmatch(row)
        if parts is None:
            raise SystemExit(f"sbom: a line of the tree is not understood: {row}")
        depth, crate = int(parts[1]), (parts[2], parts[3])
        del above[depth:]
        if above:
            needs[above[-1]].add(crate)
        above.append(crate)
        licences[crate] = parts[4]
        needs.setdefault(crate, set())
    return above[0]


def _bill(
    root: Crate, checksums: dict[Crate, str], licences: dict[Crate, str], needs: dict[Crate, set[Crate]]
) -> dict[str, Any]:
    crates = sorted(needs)
    parts = [_component(crate, checksums[crate], licences[crate]) for crate in crates if crate != root]
    content = json.dumps([root, parts], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": _component(root, checksums[root], licences[root])},
        "components": parts,
        "dependencies": [{"ref": _url(crate), "dependsOn": sorted(map(_url, needs[crate]))} for crate in crates],
    }


def _component(crate: Crate, checksum: str, licence: str) -> dict[str, Any]:
    name, version = crate
    # Before there were expressions, a slash meant either.
    expression = re.sub(r"\s*/\s*", " OR ", licence)
    return {
        "type": "library",
        "bom-ref": _url(crate),
        "name": name,
        "version": version,
        **({"hashes": [{"alg": "SHA-256", "content": checksum}]} if checksum else {}),
        **({"licenses": [{"expression": expression}]} if expression else {}),
        "purl": _url(crate),
    }


def _url(crate: Crate) -> str:
    return f"pkg:cargo/{crate[0]}@{crate[1].replace('+', '%2B')}"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
