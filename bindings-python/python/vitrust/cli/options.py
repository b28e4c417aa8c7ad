"""The options that several commands share, and the words they take."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from vitrust.cli.exits import fail_on_of


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


class Level(str, Enum):
    """How bad a finding is."""

    critical = "critical"
    high = "high"
    medium = "medium"
    low = "low"
    info = "info"


class Schema(str, Enum):
    """The formats that have a schema."""

    estate = "estate"
    probe = "probe"
    report = "report"


def path_of(text: str) -> Path:
    """Take a name as a path; an empty one, as a variable of a script that is not set leaves it, names nothing."""
    if not text:
        message = "an empty name is neither a file nor a folder: is a variable of your script not set?"
        raise typer.BadParameter(message)
    return Path(text)


_INPUTS = typer.Argument(
    help="folders of exports, or files of any supported shape",
    metavar="DIR|FILE...",
    show_default=False,
    parser=path_of,
)
Inputs = Annotated[list[Path], _INPUTS]
OptionalInputs = Annotated[Optional[list[Path]], _INPUTS]
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
    typer.Option(
        "--within",
        help="list certificates that expire within this span: 60d, 8w, 6m, 1y; it never changes the exit code",
        metavar="SPAN",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="print the report as JSON, and nothing else, on stdout")]
Full = Annotated[bool, typer.Option("--full", help="show every list in full, without `and 12 more`")]
VCenters = Annotated[
    Optional[list[str]],
    typer.Option(
        "--vcenter",
        help="show only what concerns this vCenter, by its name or the first label of it; may be repeated. The exit "
        "code counts what is shown",
        metavar="NAME",
    ),
]
SeverityOption = Annotated[
    Optional[Level],
    typer.Option("--severity", help="show only findings of this severity or worse; it never changes the exit code"),
]
WritePems = Annotated[
    Optional[Path],
    typer.Option(
        "--write-pems",
        help="write the certificate of each addition to this folder as a PEM file",
        metavar="DIR",
        parser=path_of,
    ),
]
FailOnOption = Annotated[
    str,
    typer.Option(
        "--fail-on",
        help="what makes the exit code 1: a severity (critical, high, medium, low, info) or worse, `unknown`, or both "
        "with a comma; `never` ignores both",
        metavar="WHAT",
        parser=fail_on_of,
    ),
]
#: What counts unless somebody says otherwise.
DEFAULT_FAIL_ON = "high,unknown"
