"""Points in time, as the native half and JSON hand them over."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FIRST = datetime.min.replace(tzinfo=timezone.utc)
_LAST = datetime.max.replace(microsecond=0, tzinfo=timezone.utc)


def from_unix(seconds: int) -> datetime:
    """Turn seconds since 1970 into an aware UTC datetime; what Python cannot hold becomes the nearest it can."""
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return _FIRST if seconds < 0 else _LAST


def from_text(text: str) -> datetime:
    """Read the RFC 3339 text of a report, as core writes it."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        # Core writes years outside 0000 to 9999 with a sign; year 0 is one too early for Python.
        return _FIRST if text.startswith(("-", "0000")) else _LAST
