"""What one consumer would decide about one presented chain, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vitrust import _native
from vitrust._moment import from_text
from vitrust._read import read
from vitrust._views import Place, Unreadable
from vitrust.words import Profile, Purpose, State

if TYPE_CHECKING:
    from vitrust._native import Certificate

__all__ = ["CertificateFacts", "Rejection", "Verdict"]


@dataclass(frozen=True)
class CertificateFacts:
    """Enough of a certificate to find it again, and where it came from."""

    #: The subject as text.
    subject: str
    #: The issuer as text.
    issuer: str
    #: SHA-256 of the DER, lowercase hex.
    sha256: str
    #: SHA-1 of the DER, lowercase hex: the alias in TRUSTED_ROOTS, vSphere's thumbprint.
    sha1: str
    #: First second of validity, aware, UTC.
    not_before: datetime
    #: Last second of validity, aware, UTC.
    not_after: datetime
    #: Its position in the presented chain, 0 for the end-entity certificate; ``None`` if it came from the store.
    position: int | None
    #: Where in the store it was read; ``None`` if it was presented.
    place: Place | None
    #: What people call it: the distinctive part of its subject.
    short_name: str = ""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> CertificateFacts:
        """Read the JSON form."""
        origin = data["origin"]
        return cls(
            subject=data["subject"],
            issuer=data["issuer"],
            sha256=data["sha256"],
            sha1=data["sha1"],
            not_before=from_text(data["not_before"]),
            not_after=from_text(data["not_after"]),
            position=origin.get("presented"),
            place=read(Place, origin["store"]) if "store" in origin else None,
            short_name=data["short_name"],
        )


@dataclass(frozen=True)
class Rejection:
    """One broken rule: which, at which certificate and, where an issuer was tried, at which candidate."""

    #: The stable name of the rule: ``expired``, ``issuer-not-found``, ``key-changed``, ...
    code: str
    #: One sentence: what is wrong with which certificate.
    message: str
    #: What to do about it, in one sentence.
    hint: str
    #: The certificate that was being checked; ``None`` only for faults of the whole search.
    certificate: CertificateFacts | None
    #: The certificate that was tried as its issuer.
    candidate: CertificateFacts | None
    #: The values that broke the rule, by name.
    details: dict[str, Any] = field(hash=False)
    _data: dict[str, Any] = field(repr=False, compare=False)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Rejection:
        """Read the JSON form."""
        certificate, candidate = data["certificate"], data["candidate"]
        return cls(
            code=data["code"],
            message=data["message"],
            hint=data["hint"],
            certificate=certificate and CertificateFacts.from_dict(certificate),
            candidate=candidate and CertificateFacts.from_dict(candidate),
            details={name: value for name, value in data["details"].items() if name != "code"},
            _data=data,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return dict(self._data)

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Verdict:
    """A path, every reason why there is none, or what is not known. True in a condition when the chain is trusted."""

    #: The certificate that was asked about: the end-entity certificate, whether a path was found or not.
    certificate: CertificateFacts
    #: ``trusted``, ``untrusted``, or ``unknown`` if the store or the chain has parts that could not be examined.
    state: State
    #: Whether a path was found.
    trusted: bool
    #: Whose rules were applied.
    profile: Profile
    #: The requested purpose.
    purpose: Purpose
    #: The verification time, aware, UTC.
    at: datetime
    #: The accepted path, end-entity first, anchor last; empty when untrusted.
    path: tuple[Certificate, ...]
    #: Every broken rule, nearest miss first; empty unless untrusted.
    rejections: tuple[Rejection, ...]
    #: The one change that would make the chain trusted, when one is enough.
    change: str | None
    #: The publicly trusted CA (Mozilla's list) that a refused chain ends in, if all the store lacks is that CA.
    public_ca: str | None
    #: In one sentence where the path ends, what the nearest miss is, or what must be known.
    reason: str
    #: What must be known for an answer; empty unless the state is ``unknown``.
    missing: tuple[str, ...]
    #: What of the presented chain was not read, each with its place: a private key beside it, a damaged block.
    unread: tuple[Unreadable, ...]
    _json: str = field(repr=False, compare=False)

    @classmethod
    def _from_native(cls, text: str, path: list[Certificate]) -> Verdict:
        data = json.loads(text)
        return cls(
            certificate=CertificateFacts.from_dict(data["certificate"]),
            state=data["state"],
            trusted=data["trusted"],
            profile=data["profile"],
            purpose=data["purpose"],
            at=from_text(data["at"]),
            path=tuple(path),
            rejections=tuple(map(Rejection.from_dict, data["rejections"])),
            change=data["change"],
            public_ca=data["public_ca"],
            reason=data["reason"],
            missing=tuple(data["missing"]),
            unread=tuple(read(Unreadable, block) for block in data["unread"]),
            _json=text,
        )

    def fails(self, fail_on: str = "high,unknown") -> bool:
        """Say whether the answer is a failure, as the exit code of ``explain`` does: untrusted is for any severity."""
        return _native.fails(self._json, "verdict", fail_on)

    def render(self, *, width: int = 120, colour: bool = False, unicode: bool = True) -> str:
        """Draw the verdict for people: the path, or every reason why there is none."""
        return _native.render(self._json, "verdict", (width, colour, unicode))

    def to_json(self) -> str:
        """Return the verdict as JSON text, byte for byte as every other language gets it."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as a dictionary."""
        data: dict[str, Any] = json.loads(self._json)
        return data

    def __bool__(self) -> bool:
        return self.trusted
