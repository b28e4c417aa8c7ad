"""Frozen views of what a store holds beside its anchors, read from the native half's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vitrust._moment import from_text

__all__ = ["DumpedEntry", "Place", "Unreadable"]


@dataclass(frozen=True)
class Place:
    """Where something was read."""

    #: The file, archive member or server.
    source: str | None = None
    #: The line, from 1.
    line: int | None = None
    #: The VECS store, where one input holds several.
    store: str | None = None
    #: The alias in VECS, or the id of a trusted root chain.
    alias: str | None = None

    def __str__(self) -> str:
        line = "" if self.line is None else f" line {self.line}"
        alias = "" if self.alias is None else f" (alias {self.alias})"
        return f"{self.source or 'input'}{line}{alias}"


@dataclass(frozen=True)
class Unreadable:
    """One block that could not be read."""

    #: Where it stands.
    place: Place
    #: Why it could not be read.
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True)
class DumpedEntry:
    """An entry of which only a printed dump exists: facts without the bytes. What was not printed is ``None``."""

    place: Place
    sha1: str | None = None
    subject: str | None = None
    issuer: str | None = None
    serial_number: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    subject_key_id: str | None = None
    authority_key_id: str | None = None
    is_ca: bool | None = None
    key_usage: tuple[str, ...] = ()
    signature_algorithm: str | None = None
    key_bits: int | None = None


def unreadable(text: str) -> tuple[Unreadable, ...]:
    """Read a list of unreadable blocks."""
    return tuple(Unreadable(Place(**item["place"]), item["reason"]) for item in json.loads(text))


def dumped(text: str) -> tuple[DumpedEntry, ...]:
    """Read a list of dumped entries."""
    return tuple(_dumped(item) for item in json.loads(text))


def _dumped(item: dict[str, Any]) -> DumpedEntry:
    entry: dict[str, Any] = item["entry"]
    for name in ("not_before", "not_after"):
        if name in entry:
            entry[name] = from_text(entry[name])
    if "key_usage" in entry:
        entry["key_usage"] = tuple(entry["key_usage"])
    return DumpedEntry(place=Place(**item["place"]), **entry)
