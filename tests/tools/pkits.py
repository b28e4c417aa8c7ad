#!/usr/bin/env python3
"""Rewrite tests/vectors/pkits from its two published sources.

Certificates and CRLs come out of the cryptography_vectors wheel, the table of
tests out of the pkix-path crate. The same inputs give the same bytes. With
--check nothing is written: the script lists what differs and exits with 1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import TypedDict

DATA = "cryptography_vectors/x509/PKITS_data"
FOLDER = Path(__file__).resolve().parent.parent / "vectors" / "pkits"

# The suite has this many tests once its policy tests are split into their parts.
TESTS = 249

# RFC 5280 4.2.1.4 anyPolicy, and the arc of the NIST test policies 1 to 6.
ANY_POLICY = "2.5.29.32.0"
TEST_POLICY_ARC = "2.16.840.1.101.3.2.1.48"

# "4.8.1 All Certificates Same Policy Test1 (Subpart 2)". The three parts of
# 4.10.1 carry their part in the number as well: "4.10.1.2 ... (Subpart 2)".
TITLE = re.compile(r"(?P<section>4\.\d+\.\d+)(?:\.\d+)? (?P<name>.+?)(?: \(Subpart (?P<part>\d+)\))?")


class TableRow(TypedDict):
    """One test as the table states it."""

    Name: str
    CertPath: list[str]
    CRLPath: list[str]
    ShouldValidate: bool
    InitialPolicySet: list[str]
    InitialPolicyMappingInhibit: bool
    InitialExplicitPolicy: bool
    InitialAnyPolicyInhibit: bool


class Vector(TypedDict):
    """One test as this folder states it."""

    id: str
    name: str
    end_entity: str
    intermediates: list[str]
    crls: list[str]
    anchor: str
    initial_policy_set: list[str]
    explicit_policy: bool
    inhibit_policy_mapping: bool
    inhibit_any_policy: bool
    expect: bool


def policy_oid(name: str) -> str:
    """Turn a policy name of the test document into its object identifier."""
    if name == "anyPolicy":
        return ANY_POLICY
    matched = re.fullmatch(r"NIST-test-policy-([1-6])", name)
    if matched is None:
        raise SystemExit(f"unknown policy name {name!r}")
    return f"{TEST_POLICY_ARC}.{matched[1]}"


def vector(row: TableRow) -> Vector:
    """Restate one row: anchor first and end-entity last become named fields."""
    title = TITLE.fullmatch(row["Name"])
    if title is None:
        raise SystemExit(f"unreadable test title {row['Name']!r}")
    part = f".{title['part']}" if title["part"] else ""
    anchor, *intermediates, end_entity = row["CertPath"]
    return {
        "id": title["section"] + part,
        "name": title["name"],
        "end_entity": end_entity,
        "intermediates": intermediates,
        "crls": row["CRLPath"],
        "anchor": anchor,
        "initial_policy_set": [policy_oid(name) for name in row["InitialPolicySet"]],
        "explicit_policy": row["InitialExplicitPolicy"],
        "inhibit_policy_mapping": row["InitialPolicyMappingInhibit"],
        "inhibit_any_policy": row["InitialAnyPolicyInhibit"],
        "expect": row["ShouldValidate"],
    }


def number(identifier: str) -> list[int]:
    """Order tests as the document does, 4.3.2 before 4.3.10."""
    return [int(field) for field in identifier.split(".")]


def read_vectors(table: Path) -> list[Vector]:
    """Read the whole table, refusing one that is short or names a test twice."""
    rows: list[TableRow] = json.loads(table.read_text(encoding="utf-8"))
    vectors = sorted((vector(row) for row in rows), key=lambda each: number(each["id"]))
    if len({each["id"] for each in vectors}) != TESTS or len(vectors) != TESTS:
        raise SystemExit(f"{table}: expected {TESTS} distinct tests, found {len(vectors)}")
    return vectors


def folder_content(wheel: Path, vectors: list[Vector]) -> dict[str, bytes]:
    """Build the bytes of every generated file, by its path inside the folder."""
    used: set[str] = set()
    for each in vectors:
        names = [each["anchor"], *each["intermediates"], each["end_entity"]]
        used.update(f"certs/{name}" for name in names)
        used.update(f"crls/{name}" for name in each["crls"])
    with zipfile.ZipFile(wheel) as archive:
        content = {path: archive.read(f"{DATA}/{path}") for path in sorted(used)}
    # One test per line keeps the file short and a change to one test a change to one line.
    lines = ",\n".join(json.dumps(each) for each in vectors)
    content["vectors.json"] = f"[\n{lines}\n]\n".encode()
    return content


def present_files(folder: Path) -> dict[str, bytes]:
    """Read what the folder holds now, without its README, which is written by hand."""
    found = (path for path in folder.rglob("*") if path.is_file())
    present = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    present.pop("README.md", None)
    return present


def rewrite(folder: Path, wanted: dict[str, bytes], changed: list[str]) -> None:
    """Write the changed files and remove those that no test uses any more."""
    for name in changed:
        path = folder / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[name])
        else:
            path.unlink()


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="cryptography_vectors-*.whl")
    parser.add_argument("table", type=Path, help="tests/pkits/vectors.json of pkix-path")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="default: %(default)s")
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    options = parser.parse_args()

    wanted = folder_content(options.wheel, read_vectors(options.table))
    present = present_files(options.folder)
    names = sorted(wanted.keys() | present.keys())
    changed = [name for name in names if wanted.get(name) != present.get(name)]
    if options.check:
        for name in changed:
            print(f"differs: {name}", file=sys.stderr)
        return 1 if changed else 0
    rewrite(options.folder, wanted, changed)
    print(f"{len(wanted)} files, {len(changed)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
