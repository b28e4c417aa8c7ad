"""The commands: each reads its inputs, asks the library, and hands the answer to a view."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn, Optional

import typer

import vitrust
from vitrust import _native
from vitrust._tables import part_of
from vitrust.cli import pems, times, topics
from vitrust.cli.exits import TEXT, Exit, exit_of
from vitrust.cli.inputs import Loaded, contents, inputs_of, kept, opened, stores_of, unread
from vitrust.cli.live import InventoryOption, VerboseOption, collect, gather, leave_when_empty, probe
from vitrust.cli.options import (
    DEFAULT_FAIL_ON,
    At,
    FailOnOption,
    Full,
    Inputs,
    Json,
    Level,
    OptionalInputs,
    Profile,
    ProfileOption,
    Purpose,
    Schema,
    SeverityOption,
    Thresholds,
    VCenters,
    Within,
    WritePems,
    path_of,
)
from vitrust.cli.paint import Painter, complain, count, forget_odd_sizes, print_json, working
from vitrust.words import View

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
    vcenters: VCenters = None,
    severity: SeverityOption = None,
    full: Full = False,
    as_json: Json = False,
    write_pems: WritePems = None,
    fail_on: FailOnOption = DEFAULT_FAIL_ON,
    verbose: VerboseOption = False,
) -> None:
    """Say what is wrong in an estate, who trusts whom, what to add, and what breaks next."""
    if not inputs and inventory is None:
        raise typer.BadParameter("Missing argument: name folders or files, or an inventory with -c")
    if inputs and inventory is not None:
        raise typer.BadParameter("name folders and files, or an inventory with -c, not both")
    collected: list[vitrust.Collected] = []

    def load() -> Loaded:
        if inventory is None:
            return inputs_of(inputs or [])
        collected.append(gather(inventory, verbose=verbose))
        return Loaded(collected[0].estate)

    asked = Asked(at, profile, thresholds, within, vcenters or [], severity)
    report, loaded = _judge(load, asked, as_json)
    if as_json:
        _print_json(report.to_json())
    else:
        _show(report, ("audit",), full=full)
    if write_pems is not None:
        pems.write(report, write_pems)
    for one in collected:
        leave_when_empty(one)
    _leave(report, loaded, "audit", fail_on)


@app.command(epilog=TEXT)
def matrix(
    inputs: Inputs,
    at: At = "now",
    profile: ProfileOption = Profile.strict,
    vcenters: VCenters = None,
    full: Full = False,
    as_json: Json = False,
    write_pems: WritePems = None,
    fail_on: FailOnOption = DEFAULT_FAIL_ON,
) -> None:
    """Draw which vCenter trusts which, why not, and what to add."""
    report, loaded = _judge(lambda: inputs_of(inputs), Asked(at, profile, vcenters=vcenters or []), as_json)
    if as_json:
        part = part_of(report.to_dict(), "matrix", "causes", "additions")
        _print_json({**part, "unreadable": loaded.unreadable()})
    else:
        _show(report, ("matrix", "reasons"), loaded, full=full)
    if write_pems is not None:
        pems.write(report, write_pems)
    _leave(report, loaded, "matrix", fail_on)


@app.command(epilog=TEXT)
def expiry(
    inputs: Inputs,
    at: At = "now",
    thresholds: Thresholds = "vsphere",
    within: Within = None,
    vcenters: VCenters = None,
    full: Full = False,
    as_json: Json = False,
    fail_on: FailOnOption = DEFAULT_FAIL_ON,
) -> None:
    """List when certificates end. For the exit code all of them count, whatever is listed: see --thresholds."""
    asked = Asked(at, Profile.strict, thresholds, within, vcenters or [])
    report, loaded = _judge(lambda: inputs_of(inputs), asked, as_json)
    if as_json:
        _print_json({**part_of(report.to_dict(), "expiry"), "unreadable": loaded.unreadable()})
    else:
        _show(report, ("expiry",), loaded, full=full)
    _leave(report, loaded, "expiry", fail_on)


@app.command(epilog=TEXT)
def explain(
    chain: Annotated[
        list[Path],
        typer.Argument(
            help="what a server presents: end-entity first, in one file or several", metavar="CHAIN...", parser=path_of
        ),
    ],
    store: Annotated[
        Path,
        typer.Option("--store", help="the trust store: any supported shape", metavar="FILE", parser=path_of),
    ],
    name: Annotated[Optional[str], typer.Option("--name", help="the name or address the server is reached by")] = None,
    purpose: Annotated[Purpose, typer.Option("--purpose", help="what the certificate is used for")] = Purpose.server,
    at: At = "now",
    profile: ProfileOption = Profile.strict,
    crl: Annotated[
        Optional[list[Path]],
        typer.Option("--crl", help="a file of CRLs; may be repeated", metavar="FILE", parser=path_of),
    ] = None,
    require_crl: Annotated[
        bool, typer.Option("--require-crl", help="refuse a certificate below the anchor that no given CRL covers")
    ] = False,
    as_json: Json = False,
    fail_on: FailOnOption = DEFAULT_FAIL_ON,
) -> None:
    """Say whether a store trusts a chain: the path, every reason why not, or what is not known.

    CRLs in the store are not consulted: give those that should count with --crl.
    """
    anchors = vitrust.TrustStore.load(opened(store))
    revocation = "required" if require_crl else "if-present"
    options: dict[str, Any] = {"at": times.moment(at), "purpose": purpose.value, "name": name, "revocation": revocation}
    options["crls"] = [kept(path) for path in crl or ()]
    presented = [kept(path) for path in chain]
    verdict = anchors.explain(presented, profile=profile.value, **options)
    if as_json:
        _print_json(verdict.to_json())
        if anchors.unreadable:
            blocks = count(len(anchors.unreadable), "block")
            complain(f"{store}: {blocks} of the store cannot be read: {anchors.unreadable[0]}")
    else:
        answers = {"trusted": True, "untrusted": False, "unknown": None}
        judged = [(other.value, anchors.explain(presented, profile=other.value, **options)) for other in Profile]
        others = [(other, answers[answer.state]) for other, answer in judged]
        paint = Painter()
        paint.show(_native.render_verdict(verdict.to_json(), others, anchors, paint.paper))
    raise typer.Exit(exit_of(verdict.to_json(), "verdict", fail_on))


@app.command(epilog=TEXT)
def inspect(
    inputs: Annotated[list[Path], typer.Argument(metavar="FILE...", parser=path_of)],
    as_json: Json = False,
    fail_on: FailOnOption = DEFAULT_FAIL_ON,
) -> None:
    """Show what files of any supported shape hold, and what in them cannot be read."""
    stores, lost = stores_of(inputs)
    if as_json:
        _print_json({name: contents(store) for name, store in stores.items()})
    else:
        paint = Painter()
        for name, store in stores.items():
            paint.show(_native.render_store(name.encode("utf-8", "backslashreplace").decode(), store, paint.paper))
    sys.stdout.flush()
    for error in lost:
        complain(str(error))
    raise typer.Exit(exit_of(unread(stores.values(), lost), "unreadable", fail_on))


@app.command("help", epilog=TEXT)
def help_(
    context: typer.Context,
    topic: Annotated[
        Optional[str], typer.Argument(help="a finding (VT202 or anchor-expired), a command, or exit-codes")
    ] = None,
) -> None:
    """Show what a finding says and what to do about it, what the exit codes mean, or how a command is used."""
    topics.show(context, topic)


@app.command(epilog=TEXT)
def schema(name: Annotated[Schema, typer.Argument(help="which format")]) -> None:
    """Print the JSON Schema of an estate, of one probe or of a report."""
    _print_json(_native.schema(name.value))


@dataclass(frozen=True)
class Asked:
    """How an estate is to be judged, as the command line says it."""

    at: str
    profile: Profile
    thresholds: str = "vsphere"
    within: Optional[str] = None
    vcenters: Sequence[str] = ()
    severity: Optional[Level] = None


def _judge(load: Callable[[], Loaded], asked: Asked, as_json: bool) -> tuple[vitrust.Report, Loaded]:
    within = asked.within
    span = times.days(within) if within is not None else None if as_json else WITHIN_DAYS
    moment = times.moment(asked.at)

    def judge(estate: vitrust.Estate, vcenters: Sequence[str] = ()) -> vitrust.Report:
        return vitrust.assess(
            estate,
            at=moment,
            profile=asked.profile.value,
            thresholds=asked.thresholds,
            within=span,
            vcenters=vcenters,
            severity=asked.severity.value if asked.severity else None,
        )

    # An option that means nothing is refused before anything is read or anybody asked.
    judge(vitrust.Estate.from_json(_NOTHING))
    loaded = load()
    with working("judging"):
        return judge(loaded.estate, asked.vcenters), loaded


def _show(report: vitrust.Report, views: tuple[View, ...], loaded: Loaded | None = None, *, full: bool) -> None:
    """Draw views of a report, and what could not be read of its estate."""
    paint = Painter()
    for view in views:
        paint.show(_native.render(report.to_json(), view, paint.paper, full))
    if loaded is not None:
        blocks = json.dumps({"unreadable": loaded.unreadable()})
        paint.show(_native.render(blocks, "unreadable", paint.paper, full))


def _print_json(data: str | dict[str, Any]) -> None:
    print_json(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False))


def _leave(report: vitrust.Report, loaded: Loaded, view: View, fail_on: str) -> NoReturn:
    """Say which inputs could not be opened, and leave: an empty estate has nothing wrong, and is not well."""
    sys.stdout.flush()
    for block in loaded.lost:
        complain(str(block))
    if report.judged.is_empty:
        complain("nothing could be read from the inputs")
        raise typer.Exit(Exit.UNREADABLE)
    raise typer.Exit(exit_of(report.to_json(), view, fail_on))


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
        _fail(f"{error.filename or 'output'}: {error.strerror or error}", Exit.UNREADABLE)
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
