"""The commands that ask servers: ``probe`` and ``collect``, and what ``audit -c`` shares with them."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

import vitrust
from vitrust import _native
from vitrust.cli import write
from vitrust.cli.exits import Exit, exit_of
from vitrust.cli.inputs import blocks
from vitrust.cli.options import DEFAULT_FAIL_ON, FailOnOption, path_of
from vitrust.cli.paint import Painter, Progress, complain, count, print_json, send_text
from vitrust.cli.signals import stopping_in_order
from vitrust.live import collect_telling

#: A failure whose text tells everything is not repeated for each host; this many are.
_SHOWN = 20
#: So many vCenters that could not be asked are named in one line.
_NAMED = 5

InventoryOption = Annotated[
    Optional[Path],
    typer.Option(
        "--inventory",
        "-c",
        help="ask the vCenters of this file (TOML); - takes GOVC_URL or VMWARE_HOST, and VITRUST_PINS",
        metavar="FILE",
        parser=path_of,
    ),
]

VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="say on stderr whose roots are trusted, and where they come from")
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
    """Show what TLS servers present, unverified. Exit code 1 if one cannot be reached or sends no chain."""
    rules = dict(_rule(text) for text in connect_to or ())
    with stopping_in_order():
        probes = vitrust.probe(endpoints, timeout=timeout, server_name=name, connect_to=rules, in_flight=in_flight)
    whole = "[" + ",".join(one.to_json() for one in probes) + "]"
    if as_json:
        print_json(whole)
    elif pem:
        send_text("".join(certificate.to_pem() for one in probes for certificate in one.chain))
        for one in probes:
            if one.failure:
                complain(str(one.failure))
    else:
        paint = Painter()
        paint.show(_native.render_probes(whole, paint.paper))
    raise typer.Exit(exit_of(whole, "probes", DEFAULT_FAIL_ON))


def collect(
    inventory: Annotated[
        Path,
        typer.Option(
            "--inventory",
            "-c",
            help="the vCenters to ask (TOML); - takes GOVC_URL or VMWARE_HOST",
            metavar="FILE",
            parser=path_of,
        ),
    ],
    output: Annotated[
        Optional[Path], typer.Option("--output", "-o", help="file for the estate (default: stdout)", metavar="FILE")
    ] = None,
    fail_on: FailOnOption = DEFAULT_FAIL_ON,
    verbose: VerboseOption = False,
) -> None:
    """Collect the facts of every vCenter and host into one estate file. Exit code 1 if anything could not be collected.

    Nothing is judged here, so only `unknown` of --fail-on counts.

    If no vCenter could be queried, the file stays as it was.
    """
    output = Path("-") if output is None else output
    write.check(output)
    collected = gather(inventory, verbose=verbose)
    if collected.is_empty and not write.is_stream(output):
        complain(f"{output}: {'kept as it was' if output.is_file() else 'not written'}, since nothing was collected")
    else:
        write.write(output, (collected.estate.to_json() + "\n").encode())
        if not write.is_stream(output):
            complain(f"{output}: {_amount(collected)}")
    leave_when_empty(collected)
    raise typer.Exit(exit_of(blocks(map(str, collected.failures)), "unreadable", fail_on))


def _amount(collected: vitrust.Collected) -> str:
    """How much was collected, and that it is not all."""
    hosts = sum(len(hosts) for hosts in collected.estate.hosts.values())
    amount = f"{count(len(collected.estate.vcenters), 'vCenter')}, {count(hosts, 'host')}"
    unreached = collected.unreached
    if unreached:
        more = f" and {len(unreached) - _NAMED} more" if len(unreached) > _NAMED else ""
        return f"{amount}; incomplete: nothing was collected from {', '.join(unreached[:_NAMED])}{more}"
    missing = len(collected.failures)
    return f"{amount}; incomplete: {count(missing, 'fact')} could not be collected" if missing else amount


def gather(inventory: Path, *, verbose: bool) -> vitrust.Collected:
    """Collect with progress on stderr, and say there what could not be collected and what was not checked."""
    if verbose:
        _tell_roots(vitrust.system_roots())
    source = None if str(inventory) == "-" else inventory
    progress = Progress()

    def on_step(done: int, known: int, server: str, waiting: str | None) -> None:
        progress.show(f"{done} of {known} servers, {server if waiting is None else f'waiting for {waiting}'}")

    with stopping_in_order():
        try:
            collected = collect_telling(source, _prompt, (), on_step if progress.shows else None)
        finally:
            progress.end()
    _warn(collected)
    for failure in collected.failures[:_SHOWN]:
        complain(str(failure))
    if len(collected.failures) > _SHOWN:
        complain(f"{len(collected.failures) - _SHOWN} more were not collected; all are in the estate's `unreadable`")
    _tell_of_proxy(collected)
    return collected


def _tell_of_proxy(collected: vitrust.Collected) -> None:
    """Say that a proxy was not used where that may be why nobody answered."""
    variables = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
    name = next((name for name in variables if os.environ.get(name)), None)
    if name and any(failure.name in ("resolve", "connect", "timeout") for failure in collected.failures):
        complain(f"{name} is set but was not used: vitrust connects to vCenters and hosts directly")


def _tell_roots(roots: vitrust.SystemRoots) -> None:
    """Say what stands behind ``system_roots`` of an inventory, which is true unless it says otherwise."""
    places = ", ".join(f"{name}={value}" for name, value in roots.variables.items())
    complain(f"system roots: {count(len(roots.certificates), 'certificate')} from {places or 'the operating system'}")
    for problem in roots.problems:
        complain(f"system roots: {problem}")


def leave_when_empty(collected: vitrust.Collected) -> None:
    """Leave with the code of unreadable input when no vCenter could be queried: what is not known is not well."""
    if collected.is_empty:
        complain("no vCenter could be queried")
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


def _rule(text: str) -> tuple[str, str]:
    source, separator, target = text.partition("=")
    if not separator:
        raise typer.BadParameter(f"`{text}` is not FROM=TO", param_hint="--connect-to")
    return source, target
