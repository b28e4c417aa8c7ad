"""Times and spans as people write them. The only place of the project that reads the clock for a question."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import typer

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_SPAN = re.compile(r"([+-]?)(\d{1,6})([dwmy]?)")


def moment(text: str) -> str:
    """Turn ``now``, ``+90d`` or ``-1y`` into RFC 3339 text; anything else is left to the library to read."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    span = _SPAN.fullmatch(text.strip())
    try:
        if text.strip() == "now":
            return _text(now)
        if span and span[1]:
            if not span[3]:
                raise typer.BadParameter(f"{text!r} has no unit: write {text.strip()}d, or w, m, y")
            days = int(span[2]) * _DAYS[span[3]]
            return _text(now + timedelta(days=days if span[1] == "+" else -days))
    except OverflowError as error:
        raise typer.BadParameter(f"{text!r} is outside the calendar") from error
    return text


def days(text: str) -> int:
    """Turn ``60d``, ``8w``, ``6m`` or ``1y`` into days."""
    span = _SPAN.fullmatch(text.strip())
    if not span or span[1]:
        raise typer.BadParameter(f"{text!r} is not a span of time: write 60d, 8w, 6m or 1y")
    return int(span[2]) * _DAYS[span[3] or "d"]


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
