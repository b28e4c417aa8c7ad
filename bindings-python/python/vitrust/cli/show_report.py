"""A report for people: the verdict, then causes, then what is to come."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from rich.table import Table
from rich.text import Text

from vitrust._views import Unreadable
from vitrust.cli.paint import (
    SEVERITY_STYLE,
    STATE_STYLE,
    Painter,
    common_name,
    count,
    day,
    listing,
    readable,
    short_names,
)
from vitrust.cli.show_matrix import show_additions, show_matrix, show_missing
from vitrust.matrix import Matrix, Trust
from vitrust.report import Edge, ExpiryRow, Finding, Report, Subject

#: A host by its vCenter, its name, and its number among those of that name.
_Host = tuple[str, str, int]
_EDGES = {
    "vcenter-to-host": "vCenter→443",
    "vcenter-to-provider": "SPS→9080",
    "host-to-vcenter": "host→vCenter",
    "host-to-sps": "host→SPS",
}
#: Above this the grid of edges shows only hosts that miss something.
_ALL_HOSTS = 40
#: How many events of the forecast are shown.
_EVENTS = 12
#: How many unreadable blocks are shown.
_BLOCKS = 40


def show_report(paint: Painter, report: Report, within: int | None, *, known: bool) -> None:
    """Print the whole report; ``known`` says whether there was anything to judge."""
    _verdict(paint, report)
    _findings(paint, report.findings)
    show_matrix(paint, report.matrix, causes=False)
    show_additions(paint, report.additions)
    _edges(paint, report.edges)
    show_expiry(paint, report.expiry, within, known=known)
    _forecast(paint, report)


def _verdict(paint: Painter, report: Report) -> None:
    found = Counter(finding.severity for finding in report.findings)
    parts = [f"{found[severity]} {severity}" for severity in SEVERITY_STYLE if found[severity]]
    serious = any(found[severity] for severity in ("critical", "high", "medium"))
    matrix = report.matrix
    hosts = len(_answers(report.edges))
    size = f"{count(sum(len(party.vcenters) for party in matrix.parties), 'vCenter')}, {count(hosts, 'host')}"
    summary = ", ".join(parts) if parts else "nothing found" if matrix.parties else "nothing judged"
    unknown = matrix.unknown + sum(edge.verdict == "unknown" for edge in report.edges)
    more = [f"{count(unknown, 'link')} not known"] if unknown else []
    more += [claim] if (claim := _claim(matrix)) else []
    # A tick says that all was judged and all is well.
    good = False if serious else None if unknown or not matrix.parties else True
    paint.line(paint.mark(good), (f" {summary}", "bold"), "; ".join([f" in {size}", *more]))
    paint.line((f"as of {day(report.at)}, profile {report.profile}, thresholds {report.thresholds}", "dim"), indent=2)


def _claim(matrix: Matrix) -> str:
    """What may be said of all vCenters together; nothing where there is no other."""
    if len(matrix) < 2:
        return "" if matrix.parties else "no vCenter"
    if matrix.untrusted:
        return "not every vCenter trusts every other"
    return "all vCenters trust each other" if matrix.is_mutual else "whether every vCenter trusts every other is open"


def _findings(paint: Painter, findings: tuple[Finding, ...]) -> None:
    if not findings:
        return
    paint.heading("FINDINGS", "the worst first, each cause once")
    for (severity, number, name), alike in groupby(
        findings, key=lambda finding: (finding.severity, finding.id, finding.name)
    ):
        group = tuple(alike)
        times = f"  {len(group)} causes" if len(group) > 1 else ""
        paint.line(
            (f"{severity.upper():<8} ", SEVERITY_STYLE[severity]),
            (f"{number} {name}", "bold"),
            (times, "dim"),
            indent=2,
        )
        remedies = [finding.remedy or "" for finding in group]
        for position, finding in enumerate(group):
            paint.line("• " if len(group) > 1 else "", readable(finding.message, _names(finding)), indent=4)
            if finding.subjects:
                paint.line(("at ", "dim"), (_where(finding.subjects), "dim"), indent=6)
            # What helps against several is said once, below the last of them.
            if remedies[position] and remedies[position] not in remedies[position + 1 :]:
                paint.line(("→ ", "cyan"), (readable(remedies[position], _names(finding)), "cyan"), indent=6)


def _names(finding: Finding) -> set[str]:
    """The full subjects that the sentences of a finding may hold."""
    return {name for record in finding.evidence.certificates for name in (record.subject, record.issuer) if name}


def _where(subjects: tuple[Subject, ...]) -> str:
    """Where a finding is: each vCenter and part once, with the hosts it holds for."""
    places: dict[tuple[str, str], list[str]] = {}
    for subject in subjects:
        key = (_host(subject.vcenter), subject.part or "")
        names = places.setdefault(key, [])
        owner = subject.provider or subject.host
        if owner and _host(owner) not in names:
            names.append(_host(owner))
        if not any((*key, owner)) and subject.place:
            names.append(str(subject.place))
    texts = []
    for place, names in places.items():
        what = " ".join(filter(None, place))
        texts.append(f"{what}: {listing(names, 6)}" if what and names else what or listing(names, 6))
    return listing(filter(None, texts), 6, "; ") or "the estate"


def _host(name: str | None) -> str:
    """A host name without its domain; an address stays whole."""
    first = (name or "").split(".")[0]
    return first if not first.isdigit() and " " not in first else name or ""


def _edges(paint: Painter, edges: tuple[Edge, ...]) -> None:
    if not edges:
        return
    answers = _answers(edges)
    hosts = list(answers)
    gaps = [host for host in hosts if any(answer != "trusted" for answer in answers[host].values())]
    paint.heading("TRUST BETWEEN VCENTERS AND HOSTS", "who asks→who presents")
    if not gaps:
        paint.line(paint.mark(True), f" all four links of {count(len(hosts), 'host')} are trusted", indent=2)
        return
    shown = gaps if len(hosts) > _ALL_HOSTS else hosts
    refused = sum("untrusted" in answers[host].values() for host in hosts)
    every, silent = count(len(hosts), "host"), len(gaps) - refused
    if refused:
        more = f", {silent:,} with a link that is not known" if silent else ""
        paint.line(paint.mark(False), f" {refused:,} of {every} with a gap{more}", indent=2)
    else:
        paint.line(paint.mark(None), f" {silent:,} of {every} with a link that is not known", indent=2)
    _edge_grid(paint, answers, shown[:_ALL_HOSTS])
    show_missing(paint, Counter(what for edge in edges for what in edge.missing))
    if len(shown) > _ALL_HOSTS:
        paint.line((f"and {len(shown) - _ALL_HOSTS:,} more; --json has all", "dim"), indent=2)


def _answers(edges: tuple[Edge, ...]) -> dict[_Host, dict[str, Trust]]:
    """The answers by host. Two hosts of one name stay two: the second edge of a kind belongs to the second of them."""
    answers: dict[_Host, dict[str, Trust]] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for edge in edges:
        seen[edge.vcenter, edge.host, edge.kind] += 1
        host = (edge.vcenter, edge.host, seen[edge.vcenter, edge.host, edge.kind])
        answers.setdefault(host, {})[edge.kind] = edge.verdict  # type: ignore[assignment]
    return answers


def _edge_grid(paint: Painter, answers: dict[_Host, dict[str, Trust]], shown: list[_Host]) -> None:
    vcenters, hosts = short_names({host[0] for host in shown}), short_names({host[1] for host in shown})
    table = Table(box=None, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("")
    for title in _EDGES.values():
        table.add_column(Text(paint.clean(title), style="bold"), justify="center")
    for vcenter, host, number in shown:
        label = Text(paint.clean(f"  {vcenters[vcenter]} / "), style="dim") + Text(
            paint.clean(hosts[host]), style="bold"
        )
        # The second of one name is told apart by its number, since nothing else does.
        label += Text(f" ({number})" if number > 1 else "", style="dim")
        table.add_row(label, *(paint.trust(answers[vcenter, host, number].get(kind)) for kind in _EDGES))
    paint.console.print(table)


def show_expiry(paint: Painter, rows: tuple[ExpiryRow, ...], within: int | None, *, known: bool) -> None:
    """Print when certificates end."""
    paint.heading("EXPIRY", f"ended, or ending within {count(within, 'day')}" if within is not None else "all")
    if not rows:
        paint.line(*((paint.mark(True), " nothing") if known else (paint.mark(None), " no certificate")), indent=2)
        return
    table = Table(box=None, padding=(0, 1), show_edge=False, pad_edge=False)
    for title, justify in (("  days", "right"), ("until", "left"), ("state", "left"), ("certificate", "left")):
        table.add_column(Text(title, style="dim"), justify=justify)  # type: ignore[arg-type]
    table.add_column(Text("used as", style="dim"), overflow="fold")
    for row in rows:
        style = STATE_STYLE.get(row.state, "")
        table.add_row(
            Text(f"{row.days_left:,}", style=style),
            day(row.certificate.not_after),
            Text(row.state, style=style),
            Text(paint.clean(common_name(row.certificate.subject))),
            Text(paint.clean(_uses(row)), style="dim"),
        )
    paint.console.print(table)


def show_unreadable(paint: Painter, blocks: tuple[Unreadable, ...]) -> None:
    """Print what could not be read, where anything could not."""
    if not blocks:
        return
    paint.heading("COULD NOT BE READ", "nothing above knows of it")
    for block in blocks[:_BLOCKS]:
        paint.line(paint.mark(False), f" {block}", indent=2)
    if len(blocks) > _BLOCKS:
        paint.line((f"and {len(blocks) - _BLOCKS:,} more; --json has all", "dim"), indent=2)


def _uses(row: ExpiryRow) -> str:
    times = ((use.part, use.vcenter, f" of {count(use.count, 'object')}" if use.count > 1 else "") for use in row.uses)
    return listing((f"{part}{number} at {vcenter.split('.')[0]}" for part, vcenter, number in times), 3)


def _forecast(paint: Painter, report: Report) -> None:
    forecast, matrix = report.forecast, report.matrix
    trusted = len(matrix) ** 2 - matrix.untrusted - matrix.unknown
    trusted += sum(edge.verdict == "trusted" for edge in report.edges)
    events = [event for event in forecast.events if event.count]
    paint.heading("WHAT BREAKS NEXT", f"until {day(forecast.until)}, links that are trusted today")
    if not events:
        nothing = (paint.mark(True), " nothing") if trusted else (paint.mark(None), " no link is trusted today")
        paint.line(*nothing, indent=2)
        return
    for event in events[:_EVENTS]:
        head = (f"{day(event.date)}  ", "bold"), (f"in {event.days_left:,} days  ", "dim")
        what = f"{count(event.count, 'link')} when {common_name(event.cause.subject)} ends"
        paint.line(*head, what, (f" ({event.kind}, {listing(event.places, 2)})", "dim"), indent=2)
    if len(events) > _EVENTS:
        paint.line((f"and {len(events) - _EVENTS:,} more; --json has all", "dim"), indent=2)
