"""The commands that ask servers: ``probe`` and ``collect``, and what ``audit -c`` shares with them."""

from __future__ import annotations

import errno
import getpass
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Optional

import typer

import vitrust
from vitrust.cli.exits import Exit
from vitrust.cli.paint import Painter, Progress, common_name, complain, count
from vitrust.cli.signals import stopping_in_order

#: A failure whose text tells everything is not repeated for each host; this many are.
_SHOWN = 20

InventoryOption = Annotated[
    Optional[Path],
    typer.Option(
        "--inventory",
        "-c",
        help="ask the vCenters of this file (TOML); - takes GOVC_URL, VMWARE_HOST",
        metavar="FILE",
    ),
]


def probe(
    endpoints: Annotated[list[str], typer.Argument(help="host, host:port, [IPv6]:port or URL", metavar="HOST...")],
    timeout: Annotated[float, typer.Option("--timeout", help="seconds for each server", metavar="SECONDS")] = 10.0,
    name: Annotated[Optional[str], typer.Option("--name", help="ask for this name (SNI) instead of the host's")] = None,
    connect_to: Annotated[
        Optional[list[str]],
        typer.Option("--connect-to", help="connect elsewhere: '*.lab.example:9080=127.0.0.1:40001'; may be repeated"),
    ] = None,
    in_flight: Annotated[int, typer.Option("--in-flight", help="how many servers at a time", min=1, max=512)] = 64,
    pem: Annotated[bool, typer.Option("--pem", help="print the chains as PEM and nothing else")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print the probes as a JSON array on stdout")] = False,
) -> None:
    """Show what TLS servers present, unverified. Exit code 1 when one cannot be reached or sends no chain."""
    rules = dict(_rule(text) for text in connect_to or ())
    with stopping_in_order():
        probes = vitrust.probe(endpoints, timeout=timeout, server_name=name, connect_to=rules, in_flight=in_flight)
    if as_json:
        text = "[" + ",".join(one.to_json() for one in probes) + "]"
        sys.stdout.buffer.write(text.encode() + b"\n")
    elif pem:
        sys.stdout.write("".join(certificate.to_pem() for one in probes for certificate in one.chain))
        for one in probes:
            if one.failure:
                complain(str(one.failure))
    else:
        paint = Painter()
        for one in probes:
            _show(paint, one)
    raise typer.Exit(Exit.OK if all(one.chain for one in probes) else Exit.FINDINGS)


def collect(
    inventory: Annotated[
        Path, typer.Option("--inventory", "-c", help="the vCenters to ask (TOML), or -", metavar="FILE")
    ],
    output: Annotated[
        Optional[Path], typer.Option("--output", "-o", help="where the estate goes; stdout without it", metavar="FILE")
    ] = None,
) -> None:
    """Collect the facts of every vCenter and host into one estate file. Exit code 1 when something could not be had."""
    if output is not None and str(output) != "-":
        _check_folder(output)
    collected = gather(inventory)
    text = collected.estate.to_json() + "\n"
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        _write(output, text)
        hosts = sum(len(hosts) for hosts in collected.estate.hosts.values())
        vcenters = count(len(collected.estate.vcenters), "vCenter")
        complain(f"{output}: {vcenters}, {count(hosts, 'host')}")
    leave_when_empty(collected)
    raise typer.Exit(Exit.FINDINGS if collected.failures else Exit.OK)


def gather(inventory: Path) -> vitrust.Collected:
    """Collect with progress on stderr, and say there what could not be had and what was not checked."""
    source = None if str(inventory) == "-" else inventory
    progress = Progress()

    def on_progress(done: int, known: int, server: str) -> None:
        progress.show(f"{done} of {known} servers, {server}")

    with stopping_in_order():
        try:
            shown = on_progress if progress.shows else None
            collected = vitrust.collect(source, prompt=_prompt, on_progress=shown)
        finally:
            progress.end()
    _warn(collected)
    for failure in collected.failures[:_SHOWN]:
        complain(str(failure))
    if len(collected.failures) > _SHOWN:
        complain(f"{len(collected.failures) - _SHOWN} more could not be had; all are in the estate's `unreadable`")
    return collected


def leave_when_empty(collected: vitrust.Collected) -> None:
    """Leave with the code of unreadable input when no vCenter could be asked: what is not known is not well."""
    if collected.is_empty:
        complain("no vCenter could be asked")
        raise typer.Exit(Exit.UNREADABLE)


def _warn(collected: vitrust.Collected) -> None:
    """Say whose certificate was not checked; who was sent no password is not among them."""
    for name in collected.insecure:
        complain(f"{name}: INSECURE: its certificate was not checked, so whoever answered has the password now")


def _prompt(question: str) -> str | None:
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    try:
        return getpass.getpass(f"{question}: ", stream=sys.stderr)
    except EOFError:
        return None
    except UnicodeDecodeError:
        # Without its cause, which has the bytes.
        message = f"the answer to `{question}` is not valid text"
        raise vitrust.ArgumentError(message) from None


def _write(output: Path, text: str) -> None:
    """Write a file whole or not at all: what was there stays until the new one is complete."""
    if output.exists() and not output.is_file():
        # A device or a named pipe is written to, and not replaced.
        output.write_text(text, encoding="utf-8")
        return
    # The file behind a link is replaced, and keeps its permissions; the new one has a name of its own beside it.
    target = Path(os.path.realpath(output))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        part.chmod(_mode(target))
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0o022)
        os.umask(mask)
        return 0o666 & ~mask


def _check_folder(output: Path) -> None:
    """Say before anybody is asked that there is nowhere to write to."""
    folder = Path(os.path.realpath(output)).parent
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def _rule(text: str) -> tuple[str, str]:
    source, separator, target = text.partition("=")
    if not separator:
        raise typer.BadParameter(f"`{text}` is not FROM=TO", param_hint="--connect-to")
    return source, target


def _show(paint: Painter, one: vitrust.Probe) -> None:
    good = None if one.chain and one.failure else bool(one.chain)
    spent = f"{sum(one.milliseconds.values()):.0f} ms"
    about = ", ".join(part for part in (one.protocol, one.cipher_suite, one.address, spent) if part)
    paint.line(paint.mark(good), " ", (one.endpoint, "bold"), (f"  {about}", "dim"))
    for position, certificate in enumerate(one.chain):
        ends = f"{certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}"
        paint.line(f"{position} {common_name(certificate.subject)}", (f"  {ends}", "dim"), indent=4)
        paint.line((f"issuer {common_name(certificate.issuer)}, sha256 {certificate.sha256}", "dim"), indent=6)
    for problem in one.unreadable:
        paint.line(problem, indent=4)
    if one.possession is False:
        paint.line(("the server did not prove that it has the private key of this certificate", "bold red"), indent=4)
    if one.client_certificate_issuers is not None:
        names = "; ".join(common_name(name) for name in one.client_certificate_issuers) or "any issuer"
        paint.line(f"asks for a client certificate of: {names}", indent=4)
    if one.failure:
        paint.line((str(one.failure), "red"), indent=4)
