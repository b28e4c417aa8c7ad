"""The commands: each reads its inputs, asks the library, and hands the answer to a view."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, NoReturn, Optional, get_args

import typer

import vitrust
from vitrust import _native
from vitrust._tables import part_of
from vitrust.cli import times
from vitrust.cli.exits import TEXT, Exit
from vitrust.cli.live import InventoryOption, VerboseOption, collect, gather, leave_when_empty, probe
from vitrust.cli.paint import Painter, complain, count, forget_odd_sizes, print_json, working
from vitrust.report import Severity, View

#: What is listed when nobody says how far to look.
WITHIN_DAYS = 60
#: An estate of which nothing is known.
_NOTHING = '{"schema": "vitrust-estate/1", "vcenters": []}'

app = typer.Typer(
    help="Tells whether every vCenter, ESXi host and storage provider trusts what it must trust, and why not.",
    epilog=TEXT,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.command(epilog=TEXT)(probe)
app.command(epilog=TEXT)(collect)


class Profile(str, Enum):
    """Whose rules decide."""

    strict = "strict"
    openssl = "openssl"
    java = "java"
    go = "go"
    webpki = "webpki"


class Purpose(str, Enum):
    """What a certificate is used for."""

    server = "server"
    client = "client"
    ca = "ca"
    any = "any"


class FailOn(str, Enum):
    """From which severity on findings make the exit code 1."""

    critical = "critical"
    high = "high"
    medium = "medium"
    low = "low"
    info = "info"
    never = "never"


class Schema(str, Enum):
    """The formats that have a schema."""

    estate = "estate"
    probe = "probe"
    report = "report"


Inputs = Annotated[
    list[Path],
    typer.Argument(
        help="folders of exports, or files of any supported shape", metavar="DIR|FILE...", show_default=False
    ),
]
OptionalInputs = Annotated[
    Optional[list[Path]],
    typer.Argument(
        help="folders of exports, or files of any supported shape", metavar="DIR|FILE...", show_default=False
    ),
]
At = Annotated[
    str,
    typer.Option(
        "--at", help="judge as of this time: now, 2026-06-01, 2026-06-01T12:00:00Z, +90d or -1y", metavar="TIME"
    ),
]
ProfileOption = Annotated[Profile, typer.Option("--profile", help="whose rules decide about paths")]
Thresholds = Annotated[
    str,
    typer.Option(
        "--thresholds",
        help="vsphere, vcenter-host, vasa, sos, vcert, vdt, or soft/hard days such as 60/30",
        metavar="NAME",
    ),
]
Within = Annotated[
    Optional[str],
    typer.Option("--within", help="list certificates that end within this span: 60d, 8w, 6m, 1y", metavar="SPAN"),
]
Json = Annotated[bool, typer.Option("--json", help="print the report as JSON, and nothing else, on stdout")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vitrust {vitrust.__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="print the version", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(epilog=TEXT)
def audit(
    inputs: OptionalInputs = None,
    inventory: InventoryOption = None,
    at: At = "now",
    profile: ProfileOption = Profile.strict,
    thresholds: Thresholds = "vsphere",
    within: Within = None,
    as_json: Json = False,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="findings from this severity on end with 1")
    ] = FailOn.high,
    verbose: VerboseOption = False,
) -> None:
    """Say what is wrong in an estate, who trusts whom, what to add, and what breaks next."""
    if not inputs and inventory is None:
        raise typer.BadParameter("Missing argument: name folders or files, or an inventory with -c")
    if inputs and inventory is not None:
        raise typer.BadParameter("name folders and files, or an inventory with -c, not both")
    collected: list[vitrust.Collected] = []

    def load() -> vitrust.Estate:
        if inventory is None:
            return _read(inputs or [])
        collected.append(gather(inventory, verbose=verbose))
        return collected[0].estate

    report, _ = _judge(load, at, profile, thresholds, within, as_json)
    if as_json:
        _print_json(report.to_json())
    else:
        _show(report, ("audit",))
    for one in collected:
        leave_when_empty(one)
    _refuse_nothing(report)
    _leave(_reaches(report.worst, fail_on) or any(one.failures for one in collected))


@app.command(epilog=TEXT)
def matrix(
    inputs: Inputs,
    at: At = "now",
    profile: ProfileOption = Profile.strict,
    as_json: Json = False,
) -> None:
    """Draw which vCenter trusts which, why not, and what to add. Exit code 1 when one does not."""
    report, estate = _assess(inputs, at, profile, "vsphere", None, as_json)
    if as_json:
        _print_json({**part_of(report.to_dict(), "matrix", "causes", "additions"), "unreadable": _unreadable(estate)})
    else:
        _show(report, ("matrix", "reasons"), estate)
    _refuse_nothing(report)
    _leave(not report.matrix.is_mutual or not report.matrix.parties)


@app.command(epilog=TEXT)
def expiry(
    inputs: Inputs,
    at: At = "now",
    thresholds: Thresholds = "vsphere",
    within: Within = None,
    as_json: Json = False,
) -> None:
    """List when certificates end. Exit code 1 when one has ended or reached its hard threshold."""
    report, estate = _assess(inputs, at, Profile.strict, thresholds, within, as_json)
    if as_json:
        _print_json({**part_of(report.to_dict(), "expiry"), "unreadable": _unreadable(estate)})
    else:
        _show(report, ("expiry",), estate)
    _refuse_nothing(report)
    _leave(any(row.state not in ("soft", "good") for row in report.expiry))


@app.command(epilog=TEXT)
def explain(
    chain: Annotated[
        list[Path], typer.Argument(help="what a server presents: end-entity first, in one file or several")
    ],
    store: Annotated[Path, typer.Option("--store", help="the trust store: any supported shape", metavar="FILE")],
    name: Annotated[Optional[str], typer.Option("--name", help="the name or address the server is reached by")] = None,
    purpose: Annotated[Purpose, typer.Option("--purpose", help="what the certificate is used for")] = Purpose.server,
    at: At = "now",
    profile: ProfileOption = Profile.strict,
    crl: Annotated[Optional[list[Path]], typer.Option("--crl", help="a file of CRLs; may be repeated")] = None,
    require_crl: Annotated[
        bool, typer.Option("--require-crl", help="refuse what no given CRL covers, below the anchor")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say whether a store trusts a chain, by which path, or every reason why not. Exit code 1 when it does not.

    CRLs that lie in the store are not consulted: give those that shall count with --crl.
    """
    anchors = vitrust.TrustStore.load(_opened(store))
    revocation = "required" if require_crl else "if-present"
    options: dict[str, Any] = {"at": times.moment(at), "purpose": purpose.value, "name": name, "revocation": revocation}
    options["crls"] = [_opened(path) for path in crl or ()]
    certificates = vitrust.Certificate.load_all([_opened(path) for path in chain])
    verdict = anchors.explain(certificates, profile=profile.value, **options)
    if as_json:
        _print_json(verdict.to_json())
        if anchors.unreadable:
            blocks = count(len(anchors.unreadable), "block")
            complain(f"{store}: {blocks} of the store cannot be read: {anchors.unreadable[0]}")
    else:
        answers = {"trusted": True, "untrusted": False, "unknown": None}
        judged = [(other.value, anchors.explain(certificates, profile=other.value, **options)) for other in Profile]
        others = [(other, answers[answer.state]) for other, answer in judged]
        paint = Painter()
        paint.show(_native.render_verdict(verdict.to_json(), others, anchors, paint.paper))
    _leave(not verdict)


@app.command(epilog=TEXT)
def inspect(inputs: Annotated[list[Path], typer.Argument(metavar="FILE...")], as_json: Json = False) -> None:
    """Show what files of any supported shape hold. Exit code 1 when a block of them cannot be read."""
    stores = {str(path): vitrust.TrustStore.load(_opened(path)) for path in inputs}
    if as_json:
        _print_json({name: _content(store) for name, store in stores.items()})
    else:
        paint = Painter()
        for name, store in stores.items():
            paint.show(_native.render_store(name.encode("utf-8", "backslashreplace").decode(), store, paint.paper))
    _leave(any(store.unreadable for store in stores.values()))


@app.command(epilog=TEXT)
def schema(name: Annotated[Schema, typer.Argument(help="which format")]) -> None:
    """Print the JSON Schema of an estate, of one probe or of a report."""
    _print_json(_native.schema(name.value))


def _opened(path: Path) -> Path:
    """Let ``-`` stand for standard input."""
    return Path("/dev/stdin") if str(path) == "-" else path


def _assess(
    inputs: list[Path], at: str, profile: Profile, thresholds: str, within: str | None, as_json: bool
) -> tuple[vitrust.Report, vitrust.Estate]:
    """Load and judge; with the estate."""
    return _judge(lambda: _read(inputs), at, profile, thresholds, within, as_json)


def _read(inputs: list[Path]) -> vitrust.Estate:
    with working("reading"):
        return vitrust.Estate.load(inputs)


def _judge(
    load: Callable[[], vitrust.Estate], at: str, profile: Profile, thresholds: str, within: str | None, as_json: bool
) -> tuple[vitrust.Report, vitrust.Estate]:
    span = times.days(within) if within is not None else None if as_json else WITHIN_DAYS
    moment = times.moment(at)

    def judge(estate: vitrust.Estate) -> vitrust.Report:
        return vitrust.assess(estate, at=moment, profile=profile.value, thresholds=thresholds, within=span)

    # An option that means nothing is refused before anything is read or anybody asked.
    judge(vitrust.Estate.from_json(_NOTHING))
    estate = load()
    with working("judging"):
        return judge(estate), estate


def _show(report: vitrust.Report, views: tuple[View, ...], estate: vitrust.Estate | None = None) -> None:
    """Draw views of a report, and what could not be read of its estate."""
    paint = Painter()
    for view in views:
        paint.show(_native.render(report.to_json(), view, paint.paper))
    if estate is not None:
        blocks = json.dumps({"unreadable": _unreadable(estate)})
        paint.show(_native.render(blocks, "unreadable", paint.paper))


def _refuse_nothing(report: vitrust.Report) -> None:
    """Leave with the code of unreadable input when nothing was read: an empty estate has nothing wrong."""
    if report.judged.is_empty:
        complain("nothing could be read from the inputs")
        raise typer.Exit(Exit.UNREADABLE)


def _unreadable(estate: vitrust.Estate) -> list[dict[str, Any]]:
    return [_plain(vars(block)) for block in estate.unreadable]


def _reaches(worst: Severity | None, fail_on: FailOn) -> bool:
    order: tuple[str, ...] = get_args(Severity)
    return worst is not None and fail_on is not FailOn.never and order.index(worst) <= order.index(fail_on.value)


def _content(store: vitrust.TrustStore) -> dict[str, Any]:
    lists = {"dumped": store.dumped, "crls": store.crls, "unreadable": store.unreadable}
    found = [{**certificate.to_dict(), "place": store.place(certificate)} for certificate in store]
    aside = [{**certificate.to_dict(), "place": place} for certificate, place in store.set_aside]
    shown = {"certificates": found, **({"set_aside": aside} if aside else {})}
    return {**shown, **{name: [_plain(vars(item)) for item in items] for name, items in lists.items()}}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something, with times as RFC 3339 text and places as people write them."""
    shown = {name: value for name, value in fields.items() if value not in (None, ())}
    return {name: _plain_value(value) for name, value in shown.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, vitrust.Place) else value


def _print_json(data: str | dict[str, Any]) -> None:
    print_json(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False))


def _leave(findings: bool) -> NoReturn:
    raise typer.Exit(Exit.FINDINGS if findings else Exit.OK)


def run() -> None:
    """Run the command line and turn what goes wrong into one line on stderr and an exit code."""
    if sys.stdout is None:
        _fail("standard output is closed", Exit.UNREADABLE)
    forget_odd_sizes()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except vitrust.InternalError as error:
        _fail(error, Exit.DEFECT)
    except vitrust.ArgumentError as error:
        _fail(error, Exit.USAGE)
    except UnicodeEncodeError as error:
        _fail(f"{error.object!r} is not valid text", Exit.USAGE)
    except BrokenPipeError:
        _silence()
        sys.exit(Exit.PIPE)
    except vitrust.VitrustError as error:
        _fail(error, Exit.UNREADABLE)
    except OSError as error:
        _silence()
        _fail(error, Exit.UNREADABLE)
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        # The last catch: a defect is one line, too.
        _fail(f"a defect of vitrust, please report it: {type(error).__name__}: {error}", Exit.DEFECT)


def _fail(error: Exception | str, code: Exit) -> NoReturn:
    complain(str(error))
    sys.exit(code)


def _silence() -> None:
    """Send what is still to be written nowhere: the interpreter would try once more at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
