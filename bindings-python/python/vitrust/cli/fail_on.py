"""``--fail-on``: which answers end a command with 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, get_args

import typer

import vitrust
from vitrust.words import Severity

_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_ALLOWED = f"one of {', '.join(_SEVERITIES)}, with or without `,unknown`; `unknown` alone; or `never`"


@dataclass(frozen=True)
class FailOn:
    """A severity from which on findings count, and whether what is not known does."""

    severity: Optional[Severity]
    unknown: bool
    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str | FailOn) -> FailOn:
        """Read ``high,unknown``, ``unknown``, ``critical`` or ``never``; anything else is wrong usage."""
        if isinstance(text, cls):  # a default is handed over as it is
            return text
        text = str(text)
        words = [word.strip() for word in text.split(",")]
        severities = [word for word in _SEVERITIES if word in words]
        known = {*_SEVERITIES, "unknown"}
        if words == ["never"]:
            return cls(None, unknown=False, text=text)
        if not set(words) <= known or len(set(words)) < len(words) or len(severities) > 1:
            message = f"{text!r} is not understood: write {_ALLOWED}"
            raise typer.BadParameter(message)
        return cls(severities[0] if severities else None, unknown="unknown" in words, text=text)

    @property
    def is_silent(self) -> bool:
        """Whether it is ``never``."""
        return self.severity is None and not self.unknown

    def reached_by(self, severity: Severity) -> bool:
        """Whether something of this severity counts."""
        return self.severity is not None and _SEVERITIES.index(severity) <= _SEVERITIES.index(self.severity)

    def of_audit(self, judged: vitrust.Judged) -> bool:
        """Whether the findings that were made, or what is not known, count."""
        found = any(getattr(judged.found, severity) and self.reached_by(severity) for severity in _SEVERITIES)
        return found or self.of_unknown(judged)

    def of_expiry(self, judged: vitrust.Judged) -> bool:
        """Whether the states of all certificates count, however few of them are listed."""
        states = judged.states
        ended = states.expired + states.not_yet_valid + states.hard
        severe = (ended and self.reached_by("high")) or (states.soft and self.reached_by("medium"))
        return bool(severe) or self.of_unknown(judged)

    def of_matrix(self, report: vitrust.Report) -> bool:
        """Whether the cells of the rows that are shown count."""
        matrix, asked = report.matrix, set(report.vcenters)
        shown = [row for row, party in enumerate(matrix.parties) if not asked or asked & set(party.vcenters)]
        cells = {matrix.cell(row, column) for row in shown for column in range(len(matrix.parties))}
        unknown = "unknown" in cells or not cells or bool(report.judged.unread)
        return ("untrusted" in cells and self.reached_by("high")) or (unknown and self.unknown)

    def of_unknown(self, judged: vitrust.Judged) -> bool:
        """Whether something is not known or could not be read, and that counts."""
        return self.unknown and bool(judged.unknown or judged.unread)

    def of_verdict(self, verdict: vitrust.Verdict) -> bool:
        """Whether the answer about one chain counts: one that is not trusted does for every severity."""
        if verdict.state == "unknown":
            return self.unknown
        return verdict.state == "untrusted" and self.severity is not None
