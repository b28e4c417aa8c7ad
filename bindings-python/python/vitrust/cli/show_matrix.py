"""The matrix as a grid, why cells are untrusted, and what to add where."""

from __future__ import annotations

from collections import Counter

from rich.table import Table
from rich.text import Text

from vitrust.cli.paint import Painter, common_name, count, day, listing, readable, short_names
from vitrust.matrix import Additions, Matrix, Party

#: Above this the grid shows only parties that miss something.
_WHOLE = 60
#: How many missing facts are listed below a grid.
_MISSING = 12


def show_matrix(paint: Painter, matrix: Matrix, *, causes: bool = True) -> None:
    """Draw who trusts whom, and on demand why not."""
    paint.heading("TRUST BETWEEN VCENTERS", "rows trust, columns present")
    if not matrix.parties:
        paint.line("no vCenter is known", indent=2)
        return
    _verdict(paint, matrix)
    for party in matrix.parties:
        if len(party.vcenters) > 1:
            together = listing(party.vcenters)
            paint.line(f"{party.name} stands for {together}: one SSO domain shares its trust", indent=2)
    shown = list(range(len(matrix)))
    if len(shown) > _WHOLE:
        lacking = {n for a in shown for b in shown if matrix.cell(a, b) != "trusted" for n in (a, b)}
        shown = sorted(lacking)
        paint.line(f"only the {count(len(shown), 'vCenter')} with gaps are drawn", indent=2)
    if shown:
        _grid(paint, matrix, shown)
    _missing(paint, matrix)
    if causes:
        _causes(paint, matrix)


def _verdict(paint: Painter, matrix: Matrix) -> None:
    size = len(matrix)
    if matrix.is_mutual:
        paint.line(paint.mark(True), f" all of {count(size, 'party', 'parties')} trust each other", indent=2)
        return
    links = count(size * size, "link")
    if matrix.untrusted:
        unknown = f", {matrix.unknown:,} not known" if matrix.unknown else ""
        paint.line(paint.mark(False), f" {matrix.untrusted:,} of {links} untrusted{unknown}", indent=2)
    else:
        paint.line(paint.mark(None), f" {matrix.unknown:,} of {links} not known", indent=2)


def _missing(paint: Painter, matrix: Matrix) -> None:
    """Say what would have to be known for an answer where there is none."""
    size = range(len(matrix))
    cells = [(row, column) for row in size for column in size if matrix.cell(row, column) == "unknown"]
    lacking = Counter(what for row, column in cells for what in _lacks(matrix.parties[row], matrix.parties[column]))
    show_missing(paint, lacking)


def _lacks(source: Party, target: Party) -> list[str]:
    what = [] if source.has_store else [f"TRUSTED_ROOTS of {source.name}"]
    what += [f"the chain that {name} presents" for name in target.without_chain]
    # With store and chain known, only entries without bytes leave a question open.
    return what or [f"the bytes of entries of TRUSTED_ROOTS of {source.name}, of which only a dump exists"]


def show_missing(paint: Painter, lacking: Counter[str]) -> None:
    """Say below a grid what its question marks wait for."""
    for what, links in lacking.most_common(_MISSING):
        paint.line(paint.mark(None), f" {count(links, 'link')} for lack of {what}", indent=2)
    if len(lacking) > _MISSING:
        paint.line((f"and {len(lacking) - _MISSING:,} more; --json has all", "dim"), indent=2)


def _grid(paint: Painter, matrix: Matrix, shown: list[int]) -> None:
    names = [matrix.parties[position].name for position in shown]
    short = short_names(names)
    widest = max(len(short[name]) for name in names)
    # Names stand over the columns while they fit; beyond that, columns have numbers.
    fits = widest + len(names) * (widest + 2) + 6 <= paint.console.width
    table = Table(box=None, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("")
    for number, name in enumerate(names, 1):
        table.add_column(Text(paint.clean(short[name] if fits else str(number)), style="bold"), justify="center")
    width = len(str(len(names)))
    for number, (source, row) in enumerate(zip(names, shown), 1):
        label = short[source] if fits else f"{number:>{width}} {short[source]}"
        cells = [paint.trust(matrix.cell(row, column)) for column in shown]
        table.add_row(Text("  " + paint.clean(label), style="bold"), *cells)
    paint.console.print(table)
    legend = Text("  ")
    for answer, words in (("trusted", "trusts"), ("untrusted", "does not trust"), ("unknown", "not known")):
        legend += paint.trust(answer) + Text(f" {words}   ", style="dim")  # type: ignore[arg-type]
    paint.console.print(legend)


def _causes(paint: Painter, matrix: Matrix) -> None:
    if not matrix.causes:
        return
    paint.heading("WHY NOT", "each cause once, that of most links first")
    for cause in matrix.causes[:20]:
        links = listing((f"{cell['from']} → {cell['to']}" for cell in cause.cells), 6)
        paint.line(
            (common_name(cause.certificate.subject), "bold"), f", {count(cause.count, 'link')}: ", links, indent=2
        )
        if cause.rejections:
            paint.line(readable(str(cause.rejections[0]["message"])), indent=4)
        advice = cause.change or (cause.rejections[0]["hint"] if cause.rejections else "")
        if advice:
            paint.line(("→ ", "cyan"), (readable(str(advice)), "cyan"), indent=4)
    if len(matrix.causes) > 20:
        paint.line((f"and {len(matrix.causes) - 20:,} more causes; --json has all", "dim"), indent=2)


def show_additions(paint: Painter, additions: Additions) -> None:
    """Say what to add to which TRUSTED_ROOTS."""
    if not additions.rows and not additions.unfixable:
        return
    note = "the smallest set" if additions.is_minimal else "a small set"
    paint.heading("ADD TO TRUSTED_ROOTS", note + " that completes the matrix")
    for row in additions.rows:
        known = f" until {day(row.add.not_after)}, sha1 {row.add.sha1}"
        paint.line((common_name(row.add.subject), "bold"), (known, "dim"), indent=2)
        paint.line(("→ ", "cyan"), ("to " + listing(row.to, 12), "cyan"), indent=4)
        paint.line((f"so that they trust {listing(row.because)}; found in {listing(row.sources, 2)}", "dim"), indent=4)
    for gap in additions.unfixable:
        paint.line(paint.mark(False), (f" {common_name(gap.certificate.subject)}", "bold"), f": {gap.reason}", indent=2)
        paint.line(("→ ", "cyan"), (gap.hint, "cyan"), indent=4)
