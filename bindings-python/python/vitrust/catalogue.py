"""The catalogue of findings: what each id stands for, as ``docs/findings.md`` has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from vitrust import _native
from vitrust._read import read
from vitrust.words import Severity

__all__ = ["FindingEntry", "findings"]


@dataclass(frozen=True)
class FindingEntry:
    """What the catalogue says about one finding."""

    #: The stable id, for example ``VT201``.
    id: str
    #: The stable name, for example ``anchor-expired``.
    name: str
    #: How bad it is, unless the case at hand is worse or better.
    severity: Severity
    #: What it says, in one sentence.
    summary: str
    #: What to do; empty when there is nothing to do.
    remedy: str
    #: Where the rule comes from: an RFC section or a KB article; empty where it is our own.
    source: str
    #: The version it appeared in.
    since: str


def findings() -> tuple[FindingEntry, ...]:
    """Return every finding that a report can have, by number."""
    return _entries()


@cache
def _entries() -> tuple[FindingEntry, ...]:
    return tuple(read(FindingEntry, entry) for entry in json.loads(_native.findings_json()))
