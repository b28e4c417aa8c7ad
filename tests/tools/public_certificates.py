#!/usr/bin/env python3
"""Collect the certificates that installed packages carry, for the round-trip test.

The packages are certifi (Mozilla's roots) and cryptography_vectors. Each line of
the file given is a name and the DER in base64, with a tab between; what a package
has twice comes once. A package that is not installed is said to be missing, and
its certificates are left out.
"""

from __future__ import annotations

import base64
import binascii
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(rb"-----BEGIN (?:X509 )?CERTIFICATE-----(.*?)-----END (?:X509 )?CERTIFICATE-----", re.DOTALL)

SEQUENCE, INTEGER, VERSION = 0x30, 0x02, 0xA0


def folder(package: str) -> Path | None:
    """Where ``package`` is installed; it is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        print(f"public_certificates.py: {package} is not installed, so its certificates are left out", file=sys.stderr)
        return None
    return Path(spec.origin).parent


def elements(data: bytes, most: int) -> list[tuple[int, bytes]]:
    """The tags and contents of the first elements of a row; what cannot be read ends it."""
    row: list[tuple[int, bytes]] = []
    place = 0
    while place + 2 <= len(data) and len(row) < most:
        tag, size = data[place], data[place + 1]
        place += 2
        if size > 0x80:
            octets = size & 0x7F
            size = int.from_bytes(data[place : place + octets], "big")
            place += octets
        if place + size > len(data):
            break
        row.append((tag, data[place : place + size]))
        place += size
    return row


def is_certificate(data: bytes) -> bool:
    """Whether ``data`` has the shape of a certificate, and not of a request, a list or an answer."""
    whole = elements(data, 1)
    if [tag for tag, _ in whole] != [SEQUENCE]:
        return False
    parts = elements(whole[0][1], 4)
    if len(parts) != 3 or parts[0][0] != SEQUENCE:
        return False
    tags = [tag for tag, _ in elements(parts[0][1], 7)]
    fields = tags[1:] if tags[:1] == [VERSION] else tags
    return fields[:6] == [INTEGER] + [SEQUENCE] * 5


def in_file(path: Path) -> Iterator[bytes]:
    """The certificates of one file."""
    data = path.read_bytes()
    if is_certificate(data):
        yield data
    for block in BLOCK.findall(data):
        try:
            yield base64.b64decode(block)
        except binascii.Error:
            continue


def in_package(package: str) -> Iterator[tuple[str, bytes]]:
    """The certificates of one package, each with its file and its place there."""
    home = folder(package)
    if home is None:
        return
    for path in sorted(path for path in home.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}):
        for place, der in enumerate(in_file(path), start=1):
            yield f"{package}/{path.relative_to(home).as_posix()}#{place}", der


def main() -> None:
    """Writes the file that the first argument names."""
    seen: set[bytes] = set()
    lines: list[str] = []
    for package in ("certifi", "cryptography_vectors"):
        for name, der in in_package(package):
            if der not in seen:
                seen.add(der)
                lines.append(f"{name}\t{base64.b64encode(der).decode()}\n")
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(lines), encoding="utf-8")
    print(f"{out}: {len(lines)} certificates")


if __name__ == "__main__":
    main()
