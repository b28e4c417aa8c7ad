"""The inputs of the commands: what they hold, and which of them could not be opened."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Union

import vitrust
from vitrust import _native
from vitrust.cli.paint import working


@dataclass(frozen=True)
class Loaded:
    """An estate, and the inputs that are not in it because they could not be opened."""

    estate: vitrust.Estate
    lost: tuple[vitrust.Unreadable, ...] = ()

    def unreadable(self) -> list[dict[str, Any]]:
        """List what could not be read, for JSON."""
        return [_plain(vars(block)) for block in self.estate.unreadable]


def inputs_of(paths: list[Path]) -> Loaded:
    """Read folders and files into one estate; one that cannot be opened costs nothing of the others."""
    with working("reading"):
        estate = vitrust.Estate.load(paths)
    closed = {str(path) for path in paths if not os.access(path, os.R_OK)}
    return Loaded(estate, tuple(block for block in estate.unreadable if block.place.source in closed))


def stores_of(paths: list[Path]) -> tuple[dict[str, vitrust.TrustStore], list[vitrust.VitrustError]]:
    """Read files, each as a store, and tell those that could not be; where none could, the first reason is raised."""
    stores: dict[str, vitrust.TrustStore] = {}
    lost: list[vitrust.VitrustError] = []
    for path in paths:
        try:
            stores[str(path)] = vitrust.TrustStore.load(opened(path))
        except (vitrust.FileError, vitrust.UnreadableError) as error:
            lost.append(error)
    if not stores:
        raise lost[0]
    return stores, lost


def opened(path: Path) -> Path:
    """Let ``-`` stand for standard input."""
    return Path("/dev/stdin") if str(path) == "-" else path


def kept(path: Path) -> Union[Path, bytes]:
    """Read now what can be read only once; a plain file stays a path, whose name messages tell."""
    path = opened(path)
    return path if path.is_file() else _native.read_file(path)


def unread(stores: Iterable[vitrust.TrustStore], lost: Sequence[vitrust.VitrustError]) -> str:
    """Tell what of some files could not be read, as JSON that is judged."""
    stores = list(stores)
    reasons = (block.reason for store in stores for block in store.unreadable)
    printed = (entry.subject for store in stores for entry in store.dumped)
    return json.dumps({**_told([*reasons, *map(str, lost)]), "dumped": list(printed)})


def blocks(reasons: Iterable[str]) -> str:
    """Tell what could not be read, as JSON that is judged."""
    return json.dumps(_told(reasons))


def _told(reasons: Iterable[str]) -> dict[str, Any]:
    return {"unreadable": [{"place": "input", "reason": reason} for reason in reasons]}


def contents(store: vitrust.TrustStore) -> dict[str, Any]:
    """List what a store holds, for JSON."""
    lists = {
        "dumped": store.dumped,
        "without_certificate": store.without_certificate,
        "crls": store.crls,
        "unreadable": store.unreadable,
    }
    found = [{**certificate.to_dict(), "place": store.place(certificate)} for certificate in store]
    aside = [{**certificate.to_dict(), "place": place} for certificate, place in store.set_aside]
    shown = {"certificates": found, **({"set_aside": aside} if aside else {})}
    return {**shown, **{name: [_plain(vars(item)) for item in items] for name, items in lists.items()}}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something, with times as RFC 3339 text and places as people write them."""
    shown = {name: value for name, value in fields.items() if value not in (None, ())}
    return {name: _plain_value(value) for name, value in shown.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, vitrust.Place) else value
