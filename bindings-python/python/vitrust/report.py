"""The judgement of an estate: typed, frozen views of the report that the native half wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Optional, Union

from vitrust import _native
from vitrust._moment import from_text
from vitrust._read import read
from vitrust._tables import whole
from vitrust._views import Place
from vitrust.exceptions import ArgumentError
from vitrust.judged import Found, Judged, Outcome, Outcomes, States
from vitrust.matrix import Additions, Cause, CertificateRecord, Matrix
from vitrust.words import EdgeKind, ExpiryState, Part, Profile, Severity, SeverityName, State, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitrust._native import Estate

__all__ = [
    "Break",
    "Edge",
    "Event",
    "Evidence",
    "ExpiryRow",
    "ExpiryUse",
    "Finding",
    "Forecast",
    "Found",
    "Judged",
    "Limits",
    "Link",
    "Outcome",
    "Outcomes",
    "Report",
    "States",
    "Subject",
    "assess",
]

#: What every report has.
_SECTIONS = {
    "additions",
    "at",
    "causes",
    "certificates",
    "edges",
    "expiry",
    "findings",
    "forecast",
    "judged",
    "matrix",
    "profile",
    "rejections",
    "thresholds",
}


@dataclass(frozen=True)
class Subject:
    """One object of the estate, as precise as a finding needs."""

    vcenter: Optional[str] = None
    host: Optional[str] = None
    provider: Optional[str] = None
    #: The part of it: ``trusted-roots``, ``castore``, ``https``, ...
    part: Optional[Part] = None
    #: Where that was read.
    place: Optional[Place] = None

    def __str__(self) -> str:
        names = [name for name in (self.vcenter, self.host, self.provider, self.part) if name]
        return " / ".join(names) or str(self.place or "estate")


@dataclass(frozen=True)
class Evidence:
    """The facts a finding rests on."""

    certificates: tuple[CertificateRecord, ...] = ()
    #: The date that decides.
    date: Optional[datetime] = None
    #: Whole days until that date; negative when it is past.
    days_left: Optional[int] = None
    #: A number that decides, for example of CRLs.
    count: Optional[int] = None
    #: What was seen, where the case is about a text.
    seen: Optional[str] = None
    #: The lines of a log that say so.
    lines: tuple[Place, ...] = ()
    #: Why no path was found, nearest miss first, in the form of ``Rejection.to_dict``.
    rejections: tuple[dict[str, Any], ...] = field(default=(), hash=False)


@dataclass(frozen=True)
class Finding:
    """A judged fact about an estate. One cause is one finding: all it concerns is in ``subjects``."""

    #: The stable id, for example ``VT201``.
    id: str
    #: The stable name, for example ``anchor-expired``.
    name: str
    severity: Severity
    subjects: tuple[Subject, ...]
    #: What is wrong, in one sentence that holds for every subject.
    message: str
    evidence: Evidence
    #: What to do.
    remedy: Optional[str] = None
    #: Where it is, in one line: each vCenter and part once, with the hosts it holds for.
    where: str = ""
    #: The message with subjects shortened to their distinctive part.
    summary: str = ""
    #: The remedy in the same short form.
    advice: Optional[str] = None
    #: The same for the same finding in every report: made of its id, its subjects and its certificates, and of no date.
    key: str = ""


@dataclass(frozen=True)
class Limits:
    """Two limits in days before the end of validity."""

    soft: int
    hard: int


@dataclass(frozen=True)
class ExpiryUse:
    """The uses of one certificate in one part of a vCenter's estate."""

    vcenter: str
    part: Part
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExpiryRow:
    """One certificate and its end."""

    certificate: CertificateRecord
    #: Whole days until its end, rounded down; negative when it has passed.
    days_left: int
    #: ``expired``, ``not-yet-valid``, ``hard``, ``soft`` or ``good``.
    state: ExpiryState
    #: The limits that state was judged by.
    limits: Limits
    uses: tuple[ExpiryUse, ...]
    #: The same in one line.
    where: str = ""


@dataclass(frozen=True)
class Edge:
    """One of the four trust edges of a host."""

    #: ``vcenter-to-host``, ``vcenter-to-provider``, ``host-to-vcenter`` or ``host-to-sps``.
    kind: EdgeKind
    vcenter: str
    host: str
    #: ``trusted``, ``untrusted`` or ``unknown``: the answer of the side that decides, by the rules in ``consumer``.
    verdict: State
    #: Whose rules the side that decides follows, whatever profile was requested.
    consumer: Profile
    #: The second opinion: the answer by the profile that was asked for.
    profile_verdict: State
    #: Whether a pinned certificate decided, not a path.
    pinned: bool = False
    #: What must be known for an answer; empty unless ``verdict`` is ``unknown``.
    missing: tuple[str, ...] = ()
    certificate: Optional[CertificateRecord] = None
    #: What the side that decides finds wrong; where it finds nothing, what the requested profile does. Nearest miss
    #: first, in the form of ``Rejection.to_dict``.
    rejections: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    #: The one change after which nothing is wrong any more, if one is enough.
    change: Optional[str] = None
    #: The name it is reached by, where a path exists and the side that decides does not find it in the certificate.
    other_name: Optional[str] = None


@dataclass(frozen=True)
class Break:
    """A link that was trusted by the rules of one profile and no longer is."""

    profile: Profile
    #: The first second at which it is not trusted.
    since: datetime
    #: The verdict from then on: ``untrusted``, or ``unknown`` where a part that is not known may still hold a path.
    verdict: State


@dataclass(frozen=True)
class Link:
    """A link that breaks, or would by the requested profile."""

    #: Who trusts, and who presents. ``from`` is a word of Python, hence the underscore.
    from_: str
    to: str
    #: Whether it keeps working: only the requested profile ends it here, not the side that decides.
    disputed: bool
    #: The rules by which it ends, those of the side that decides first.
    by: tuple[Break, ...]
    #: Which edge of a host; ``None`` for a cell of the matrix.
    edge: Optional[EdgeKind] = None


@dataclass(frozen=True)
class Event:
    """What breaks when one certificate expires."""

    date: datetime
    days_left: int
    #: ``anchor``, ``intermediate`` or ``end-entity``.
    kind: str
    cause: CertificateRecord
    places: tuple[str, ...]
    #: How many links break.
    count: int
    #: How many edges of hosts keep working, but are no longer trusted by the requested profile.
    disputed: int
    #: The first of both, what breaks first.
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Forecast:
    """What breaks until when."""

    at: datetime
    until: datetime
    profile: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class NotCollected:
    """Stores that a collection does not have, since no API gives them."""

    #: The vCenters that lack one of them.
    vcenters: tuple[str, ...]
    #: The VECS stores that at least one of the vCenters lacks.
    stores: tuple[str, ...]
    #: The command that exports them, to be run as root on each appliance.
    export: str


class Report:
    """All that was judged about an estate. ``assess`` makes it; the JSON text is the report, this is a view of it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def from_json(cls, text: str) -> Report:
        """Read a report that was kept; ``ArgumentError`` when the text is none."""
        if not isinstance(text, str):
            message = f"expected str, not {type(text).__name__}"
            raise TypeError(message)
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            message = f"the text is not a report: {error}"
            raise ArgumentError(message) from None
        if not isinstance(data, dict) or data.get("schema") != "vitrust-report/2" or not data.keys() >= _SECTIONS:
            message = "the text is not a report in the format vitrust-report/2"
            raise ArgumentError(message)
        return cls(text)

    @cached_property
    def _data(self) -> dict[str, Any]:
        return whole(json.loads(self._text))

    @property
    def at(self) -> datetime:
        """The time at which everything was judged."""
        return from_text(self._data["at"])

    @property
    def profile(self) -> str:
        """The requested profile: it decided between vCenters, and is a second opinion about edges."""
        return str(self._data["profile"])

    @property
    def thresholds(self) -> str:
        """The limits before the end of validity that were applied."""
        return str(self._data["thresholds"])

    @property
    def within(self) -> Optional[int]:
        """The days that the expiry table was limited to; ``None`` where it has every certificate."""
        within: Optional[int] = self._data.get("within")
        return within

    @property
    def vcenters(self) -> tuple[str, ...]:
        """The vCenters that the report is limited to; empty where it is about all."""
        return tuple(self._data.get("vcenters", ()))

    @property
    def severity(self) -> Optional[Severity]:
        """The lowest severity that is listed; ``None`` where every finding is."""
        severity = self._data.get("severity")
        return None if severity is None else Severity(severity)

    @property
    def judged(self) -> Judged:
        """How much there was to judge."""
        return read(Judged, self._data["judged"])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, worst first."""
        return tuple(read(Finding, item) for item in self._data["findings"])

    @property
    def worst(self) -> Optional[Severity]:
        """The worst severity found; ``None`` when nothing was found."""
        return self.findings[0].severity if self.findings else None

    @cached_property
    def expiry(self) -> tuple[ExpiryRow, ...]:
        """When certificates expire, earliest first."""
        return tuple(read(ExpiryRow, item) for item in self._data["expiry"])

    @cached_property
    def matrix(self) -> Matrix:
        """Which vCenter trusts which."""
        return Matrix(self._data["matrix"], self.additions, self.causes)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Why cells of the matrix are not trusted, the cause of most cells first."""
        return tuple(read(Cause, item) for item in self._data["causes"])

    @cached_property
    def additions(self) -> Additions:
        """What to add so that every vCenter trusts every other: the smallest set where `is_minimal` says so."""
        return read(Additions, self._data["additions"])

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The four trust edges of every host."""
        return tuple(read(Edge, item) for item in self._data["edges"])

    @cached_property
    def forecast(self) -> Forecast:
        """What breaks on which day."""
        return read(Forecast, self._data["forecast"])

    @property
    def not_collected(self) -> Optional[NotCollected]:
        """The stores that no API gives, where the estate was collected; they change no verdict and no count."""
        data = self._data.get("not_collected")
        return None if data is None else read(NotCollected, data)

    def fails(self, fail_on: str = "high,unknown", *, view: View = "audit") -> bool:
        """Say whether what a view shows is a failure, as the exit code of the command does.

        ``fail_on`` is a severity and everything worse, ``unknown`` beside it for what is not known, or ``never``.
        """
        return _native.fails(self._text, view, fail_on)

    def render(
        self,
        view: View = "audit",
        *,
        width: int = 120,
        colour: bool = False,
        unicode: bool = True,
        full: bool = False,
    ) -> str:
        """Draw a view for people, as the command does: ``audit``, ``matrix``, ``reasons`` or ``expiry``.

        ``colour`` writes ANSI escapes; without ``unicode`` signs are ASCII; ``full`` shows lists whole, however long.
        """
        return _native.render(self._text, view, (width, colour, unicode), full)

    def to_json(self) -> str:
        """Return the report as JSON text, byte for byte as every other language gets it."""
        return self._text

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a dictionary, as its JSON has it: with tables of certificates and rejections."""
        data: dict[str, Any] = json.loads(self._text)
        return data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Report) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[type[Report], tuple[str]]:
        return type(self), (self._text,)

    def __repr__(self) -> str:
        return f"<vitrust.Report at {self._data['at']}, {len(self.findings)} findings>"


def assess(
    estate: Estate,
    *,
    at: datetime | str,
    profile: Profile = "strict",
    thresholds: str = "vsphere",
    within: Optional[int] = None,
    vcenters: Sequence[str] = (),
    severity: Optional[Union[Severity, SeverityName]] = None,
) -> Report:
    """Judge an estate as of ``at``.

    ``profile`` decides about paths between vCenters; about an edge of a host the validator on that side decides, and
    ``profile`` is a second opinion. ``thresholds`` decides when an approaching expiry deserves attention: ``vsphere``,
    ``vcenter-host``, ``vasa``, ``sos``, ``vcert``, ``vdt``, or days such as ``60/30``. ``within`` limits the expiry
    table to so many days.

    ``vcenters`` limits the report to these vCenters, by their names or first labels, and ``severity`` its list of
    findings to this severity and worse. The whole estate is judged in any case; ``judged`` counts what concerns the
    vCenters, of every severity.
    """
    if isinstance(vcenters, str):
        message = "vcenters is a list of names, not a str"
        raise TypeError(message)
    text = _native.assess_json(
        estate,
        at=at,
        profile=profile,
        thresholds=thresholds,
        within=within,
        vcenters=list(vcenters),
        severity=severity,
    )
    return Report(text)
