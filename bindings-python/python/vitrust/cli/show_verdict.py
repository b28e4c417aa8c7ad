"""A verdict on one chain, and the content of one file, for people."""

from __future__ import annotations

from rich.text import Text

from vitrust import Certificate, TrustStore, Verdict
from vitrust.cli.paint import Painter, common_name, count, day
from vitrust.verdict import CertificateFacts

#: How many unreadable blocks of a store are shown beside a verdict.
_BLOCKS = 20


def show_verdict(paint: Painter, verdict: Verdict, others: dict[str, bool], store: TrustStore) -> None:
    """Print whether a chain is trusted, by which path or why not, and what of the store had no say."""
    words = "trusted" if verdict.trusted else "not trusted"
    scope = f" by profile {verdict.profile} as {verdict.purpose} at {day(verdict.at)}"
    paint.line(paint.mark(verdict.trusted), (f" {words}", "bold"), scope)
    if verdict.trusted:
        paint.heading("PATH", "end-entity first, anchor last")
        for step, member in enumerate(verdict.path):
            indent = 2 + 2 * step
            paint.line(
                (member.subject, "bold"), (f"  until {day(member.not_after)}, sha1 {member.sha1}", "dim"), indent=indent
            )
    else:
        _reasons(paint, verdict)
    _silent(paint, store)
    paint.console.print()
    answers = Text("  ")
    for profile, trusted in others.items():
        answers += paint.mark(trusted) + Text(f" {profile}   ")
    paint.line(("Other consumers would say:", "dim"))
    paint.console.print(answers)
    if store.set_aside:
        other = count(len(store.set_aside), "certificate") + " of VECS stores other than TRUSTED_ROOTS"
        paint.line((f"The listing also holds {other}: set aside, no anchors.", "dim"))


def _silent(paint: Painter, store: TrustStore) -> None:
    """What of the store no path could be built from."""
    if store.unreadable or store.dumped:
        paint.heading("NOT CONSIDERED", "of the store")
    if store.dumped:
        paint.line(f"{count(len(store.dumped), 'entry', 'entries')} of which only a printed dump exists", indent=2)
    for block in store.unreadable[:_BLOCKS]:
        paint.line(paint.mark(False), f" cannot be read: {block}", indent=2)
    if len(store.unreadable) > _BLOCKS:
        paint.line((f"and {len(store.unreadable) - _BLOCKS:,} more; inspect shows all", "dim"), indent=2)


def _reasons(paint: Painter, verdict: Verdict) -> None:
    if verdict.change:
        paint.line(("→ ", "cyan"), (verdict.change, "cyan"), indent=2)
    paint.heading("WHY NOT", "nearest miss first")
    for rejection in verdict.rejections:
        paint.line((f"{rejection.code}  ", "bold red"), rejection.message, indent=2)
        paint.line((_place("certificate", rejection.certificate), "dim"), indent=4)
        if rejection.candidate:
            paint.line((_place("tried issuer", rejection.candidate), "dim"), indent=4)
        paint.line(("→ ", "cyan"), (rejection.hint, "cyan"), indent=4)


def _place(role: str, facts: CertificateFacts | None) -> str:
    if facts is None:
        return "concerns the whole search"
    where = f"store, {facts.place}" if facts.place else f"presented, position {facts.position}"
    return f"{role}: {common_name(facts.subject)}, until {day(facts.not_after)}, sha1 {facts.sha1} ({where})"


def show_content(paint: Painter, name: str, store: TrustStore) -> None:
    """Print what one file holds."""
    parts = [count(len(store), "certificate")]
    parts += [f"{len(store.set_aside)} of other VECS stores"] if store.set_aside else []
    parts += [f"{len(store.dumped)} as printed dump only"] if store.dumped else []
    parts += [count(len(store.crls), "CRL")] if store.crls else []
    parts += [f"{len(store.unreadable)} unreadable"] if store.unreadable else []
    paint.line(paint.mark(not store.unreadable), (f" {name}", "bold"), f": {', '.join(parts)}")
    for certificate in store:
        _certificate(paint, certificate, store.place(certificate))
    for certificate, place in store.set_aside:
        _certificate(paint, certificate, place)
    for entry in store.dumped:
        paint.line((entry.subject or "(no subject printed)", "bold"), (f"  {entry.place}", "dim"), indent=2)
        paint.line(f"valid {day(entry.not_before)} to {day(entry.not_after)}, issuer {entry.issuer or '-'}", indent=4)
    for crl in store.crls:
        paint.line(("CRL of ", "dim"), (crl.issuer, "bold"), (f"  {crl.place}", "dim"), indent=2)
        paint.line(
            f"issued {day(crl.this_update)}, next {day(crl.next_update)}, {count(crl.entries, 'entry', 'entries')}",
            indent=4,
        )
    for block in store.unreadable:
        paint.line(paint.mark(False), f" {block}", indent=2)


def _certificate(paint: Painter, certificate: Certificate, place: str | None) -> None:
    kind = "CA" if certificate.is_ca else "end-entity"
    paint.line((certificate.subject, "bold"), (f"  {place}", "dim"), indent=2)
    issuer = "self-issued" if certificate.is_self_issued else f"issuer {certificate.issuer}"
    paint.line(f"valid {day(certificate.not_before)} to {day(certificate.not_after)}, {kind}, {issuer}", indent=4)
    size = f" {certificate.key_bits}" if certificate.key_algorithm == "RSA" and certificate.key_bits else ""
    paint.line(f"{certificate.key_algorithm}{size}, {certificate.signature_algorithm}", indent=4)
    if certificate.subject_alternative_names:
        paint.line(", ".join(certificate.subject_alternative_names), indent=4)
    ids = f"SKI {certificate.subject_key_id or '-'}, AKI {certificate.authority_key_id or '-'}"
    paint.line((ids, "dim"), indent=4)
    paint.line((f"sha1 {certificate.sha1}", "dim"), indent=4)
    paint.line((f"sha256 {certificate.sha256}", "dim"), indent=4)
