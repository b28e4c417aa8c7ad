"""Frozen views of what a store holds beside its anchors, read from the native half's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Optional

from vitrust._native import Estate
from vitrust._read import read

__all__ = ["BareEntry", "Crl", "DumpedEntry", "LintIssue", "Place", "Unreadable"]


@dataclass(frozen=True)
class Place:
    """Where something was read."""

    #: The file, archive member or server.
    source: Optional[str] = None
    #: The line, from 1.
    line: Optional[int] = None
    #: The VECS store, where one input holds several.
    store: Optional[str] = None
    #: The alias in VECS, or the id of a trusted root chain.
    alias: Optional[str] = None

    def __str__(self) -> str:
        line = "" if self.line is None else f" line {self.line}"
        both = {"store": self.store, "alias": self.alias}
        named = [f"{name} {value}" for name, value in both.items() if value is not None]
        return f"{self.source or 'input'}{line}" + (f" ({', '.join(named)})" if named else "")


@dataclass(frozen=True)
class Unreadable:
    """One block that could not be read."""

    #: Where it is.
    place: Place
    #: Why it could not be read.
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True)
class DumpedEntry:
    """An entry known only from a printed dump: facts without the bytes. What was not printed is ``None``."""

    place: Place
    sha1: Optional[str] = None
    subject: Optional[str] = None
    issuer: Optional[str] = None
    serial_number: Optional[str] = None
    not_before: Optional[datetime] = None
    not_after: Optional[datetime] = None
    subject_key_id: Optional[str] = None
    authority_key_id: Optional[str] = None
    is_ca: Optional[bool] = None
    key_usage: tuple[str, ...] = ()
    signature_algorithm: Optional[str] = None
    key_bits: Optional[int] = None


@dataclass(frozen=True)
class BareEntry:
    """An entry of VECS without a certificate. What it holds is never kept."""

    #: Where it is listed, with its alias.
    place: Place
    #: ``secret-key`` or ``certificate-request``.
    type: str


@dataclass(frozen=True)
class Crl:
    """A CRL that was read with a store."""

    place: Place
    issuer: str
    #: SHA-256 of the DER, lowercase hex.
    sha256: str
    this_update: datetime
    #: How many certificates it lists.
    entries: int
    next_update: Optional[datetime] = None


@dataclass(frozen=True)
class LintIssue:
    """One thing that is wrong with a store by itself."""

    #: The stable name: ``expired``, ``not-ca``, ``alias-mismatch``, ``same-name-different-key``, ...
    kind: str
    #: ``notice``, ``warning`` or ``error``.
    severity: str
    place: Place
    subject: Optional[str] = None
    sha1: Optional[str] = None
    #: The values that make it so, by name.
    details: dict[str, Any] = field(default_factory=dict, hash=False)


def unreadable(text: str) -> tuple[Unreadable, ...]:
    """Read a list of unreadable blocks."""
    return tuple(read(Unreadable, item) for item in json.loads(text))


def dumped(text: str) -> tuple[DumpedEntry, ...]:
    """Read a list of dumped entries."""
    return tuple(read(DumpedEntry, item) for item in json.loads(text))


def without_certificate(text: str) -> tuple[BareEntry, ...]:
    """Read a list of entries without a certificate."""
    return tuple(read(BareEntry, item) for item in json.loads(text))


def crls(text: str) -> tuple[Crl, ...]:
    """Read a list of CRLs."""
    return tuple(read(Crl, item) for item in json.loads(text))


def issues(text: str) -> tuple[LintIssue, ...]:
    """Read a list of lint issues; what no field takes is a detail."""
    own = {field.name for field in fields(LintIssue)}
    return tuple(
        read(LintIssue, {**item, "details": {name: value for name, value in item.items() if name not in own}})
        for item in json.loads(text)
    )


def estate(text: str) -> Estate:
    """Read a pickled estate."""
    return Estate.from_json(text)
