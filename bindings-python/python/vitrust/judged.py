"""How much a report judged, and what all of it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from vitrust.words import Severity

__all__ = ["Found", "Judged", "Outcome", "Outcomes", "States"]


@dataclass(frozen=True)
class Found:
    """How many findings there are of each severity."""

    critical: int
    high: int
    medium: int
    low: int
    info: int


@dataclass(frozen=True)
class States:
    """How many certificates are in each state."""

    expired: int
    not_yet_valid: int
    #: The hard threshold is reached.
    hard: int
    #: The soft threshold is reached.
    soft: int
    good: int


@dataclass(frozen=True)
class Outcome:
    """What a part of a report comes to."""

    #: Whether something is not known or could not be read.
    unknown: bool
    #: The worst that was found; ``None`` if nothing was.
    worst: Optional[Severity] = None


@dataclass(frozen=True)
class Outcomes:
    """What a report comes to, by what is looked at."""

    #: All of it: the worst finding.
    audit: Outcome
    #: Who trusts whom between vCenters.
    matrix: Outcome
    #: The ends of certificates, whatever is listed of them.
    expiry: Outcome


@dataclass(frozen=True)
class Judged:
    """How much there was to judge."""

    vcenters: int
    hosts: int
    #: How many distinct certificates.
    certificates: int
    #: Whether nothing is known of any vCenter: what is not known is not healthy.
    is_empty: bool
    #: How many of those certificates are in which state, whatever ``within`` limits the expiry table to.
    states: States
    #: How many findings there are of which severity, whatever ``severity`` limits the list to.
    found: Found
    #: How many blocks, files or entries could not be read, or belong to no part of an estate.
    unread: int
    #: How many links nobody could judge. A vCenter of which one part alone is given has no links.
    unknown: int
    #: What all of it comes to, whatever is listed: what exit codes follow.
    outcomes: Outcomes
