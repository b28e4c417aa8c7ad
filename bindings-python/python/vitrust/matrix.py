"""The mutual-trust matrix: who trusts whom, why not, and what would have to be added where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional

from vitrust._moment import from_text
from vitrust._read import read
from vitrust.words import State

__all__ = ["Addition", "Additions", "Cause", "CertificateRecord", "Matrix", "Party", "Trust", "Unfixable"]

#: The answer to "does X trust what Y presents".
Trust = State

_ANSWERS: dict[str, Optional[Trust]] = {"+": "trusted", "-": "untrusted", "?": "unknown", ".": None}


@dataclass(frozen=True)
class CertificateRecord:
    """What a report says about one certificate, or about an entry known only from a printed dump."""

    subject: str
    issuer: str
    serial_number: str
    #: SHA-256 of the DER; ``None`` when only a dump exists.
    sha256: Optional[str] = None
    #: SHA-1 of the DER: the alias in TRUSTED_ROOTS.
    sha1: Optional[str] = None
    not_before: Optional[datetime] = None
    not_after: Optional[datetime] = None
    subject_key_id: Optional[str] = None
    is_ca: Optional[bool] = None
    #: What people call it: the distinctive part of its subject.
    short_name: str = ""
    #: The name of an entry for which no subject was printed: its alias and store.
    entry: Optional[str] = None


@dataclass(frozen=True)
class Party:
    """One row and column of the matrix: a vCenter, or those of one SSO domain."""

    #: The name of its first vCenter.
    name: str
    vcenters: tuple[str, ...]
    #: Whether its TRUSTED_ROOTS is known; if not, the row is unknown.
    has_store: bool
    sso_domain: Optional[str] = None
    #: The vCenters whose presented chain is not known; they make the column unknown.
    without_chain: tuple[str, ...] = ()
    #: The publicly trusted CA that one of them presents a certificate of; whether others trust it is not verified.
    public_ca: Optional[str] = None


@dataclass(frozen=True)
class Addition:
    """One certificate and the stores it is to be added to."""

    add: CertificateRecord
    #: The certificate itself.
    pem: str
    #: Where it was found.
    sources: tuple[str, ...]
    #: The parties whose TRUSTED_ROOTS gets it.
    to: tuple[str, ...]
    #: The parties that are then trusted.
    because: tuple[str, ...]
    #: Whether it was seen only in what a server sends to anyone: compare its digest with the owner's before it is
    #: published.
    unverified: bool = False


@dataclass(frozen=True)
class Unfixable:
    """A presented certificate that no addition makes trusted."""

    certificate: CertificateRecord
    reason: str
    hint: str
    #: How many cells stay untrusted.
    count: int


@dataclass(frozen=True)
class Additions:
    """What to add where so that everyone trusts everyone."""

    #: The additions, the one with most targets first.
    rows: tuple[Addition, ...]
    #: What no known certificate can fix.
    unfixable: tuple[Unfixable, ...]
    #: Whether it is proved that no smaller set does the same.
    is_minimal: bool


@dataclass(frozen=True)
class Cause:
    """One reason why cells of the matrix are not trusted."""

    #: The end-entity certificate that is presented.
    certificate: CertificateRecord
    #: What a store would have to know.
    issuer: str
    #: How many cells this concerns.
    count: int
    #: What was found wrong, nearest miss first, in the form of ``Rejection.to_dict``.
    rejections: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    #: The one change that would make the cells trusted, if one is enough.
    change: Optional[str] = None
    #: The nearest miss with subjects shortened to their telling part.
    summary: str = ""
    #: What to do, in the same short form.
    advice: Optional[str] = None
    #: The first of the cells, as ``{"from": ..., "to": ...}``.
    cells: tuple[dict[str, str], ...] = field(default=(), hash=False)


@dataclass(frozen=True)
class Missing:
    """A fact that would have to be known for an answer."""

    #: What it is: "the chain that vc02.example presents".
    what: str
    #: How many cells of the matrix lack it.
    links: int


class Matrix:
    """Which vCenter trusts which. Rows trust, columns present; vCenters of one SSO domain are one party."""

    def __init__(self, data: dict[str, Any], additions: Additions, causes: tuple[Cause, ...]) -> None:
        self._data = data
        #: Additions that make the matrix complete: the smallest set where `is_minimal` says so, otherwise a small one.
        self.additions = additions
        #: Why cells are not trusted, the cause of most cells first.
        self.causes = causes
        #: The parties, in the order of rows and columns.
        self.parties = tuple(read(Party, item) for item in data["parties"])
        self._number = {name: number for number, party in enumerate(self.parties) for name in party.vcenters}

    @property
    def at(self) -> datetime:
        """The verification time."""
        return from_text(self._data["at"])

    @property
    def profile(self) -> str:
        """Whose rules decided."""
        return str(self._data["profile"])

    @property
    def is_mutual(self) -> bool:
        """Whether every party trusts every party, itself included. What is unknown is not trusted."""
        return bool(self._data["is_mutual"])

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the unknown cells wait for, of the rows that the report is about; what most of them lack comes first."""
        return tuple(read(Missing, item) for item in self._data.get("missing", ()))

    @property
    def untrusted(self) -> int:
        """How many cells are untrusted."""
        return int(self._data["untrusted"])

    @property
    def unknown(self) -> int:
        """How many cells are unknown."""
        return int(self._data["unknown"])

    def answer(self, source: str, target: str) -> Trust:
        """Say whether the vCenter ``source`` trusts what the vCenter ``target`` presents; ``KeyError`` for neither."""
        return self.cell(self._number[source], self._number[target])

    def cell(self, row: int, column: int) -> Trust:
        """Say the same of two parties by their position in ``parties``: names may repeat, positions do not."""
        answer = _ANSWERS[self._data["rows"][row][column]]
        assert answer is not None, "every party has machine certificates or is unknown"  # noqa: S101
        return answer

    def trusts(self, source: str, target: str) -> bool:
        """Whether ``source`` trusts what ``target`` presents. What is unknown is not trusted: see ``answer``."""
        return self.answer(source, target) == "trusted"

    def trusts_hosts(self, source: str, target: str) -> Optional[Trust]:
        """Say whether ``source`` trusts the hosts of ``target``; ``None`` when it has none."""
        return _ANSWERS[self._data["host_rows"][self._number[source]][self._number[target]]]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; ``rows`` has one text per party, one character per target: ``+``, ``-`` or ``?``."""
        return dict(self._data)

    def __len__(self) -> int:
        return len(self.parties)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matrix) and self._data == other._data

    def __hash__(self) -> int:
        return hash((tuple(self._data["rows"]), tuple(party.name for party in self.parties)))

    def __repr__(self) -> str:
        state = "mutual" if self.is_mutual else f"{self.untrusted} untrusted, {self.unknown} unknown"
        return f"<vitrust.Matrix of {len(self)}, {state}>"
