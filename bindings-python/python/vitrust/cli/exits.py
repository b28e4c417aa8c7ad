"""The exit codes of the command; the table in ``docs/guide/cli.md`` is the same."""

from __future__ import annotations

from enum import IntEnum

import typer

import vitrust
from vitrust import _native


class Exit(IntEnum):
    """What the command says to whoever started it."""

    #: Nothing that ``--fail-on`` names.
    OK = 0
    #: Something that ``--fail-on`` names.
    FINDINGS = 1
    #: The command line is wrong.
    USAGE = 2
    #: Nothing in any input was understood, no vCenter could be queried, or the output cannot be written.
    UNREADABLE = 3
    #: A defect of vitrust.
    DEFECT = 4
    #: Stopped by Ctrl-C, as shells count it.
    INTERRUPTED = 130
    #: Whoever read the output stopped reading, as shells count it.
    PIPE = 141


def exit_of(answer: str, view: str, fail_on: str) -> Exit:
    """Let the library say whether an answer, as JSON, is a failure."""
    return Exit.FINDINGS if _native.fails(answer, view, fail_on) else Exit.OK


def fail_on_of(text: str) -> str:
    """Take what the library understands; anything else is wrong usage."""
    try:
        _native.fails('{"unreadable": []}', "unreadable", text)
    except vitrust.ArgumentError as error:
        raise typer.BadParameter(str(error)) from None
    return text


#: For ``--help``, where the codes are looked up most.
TEXT = (
    "Exit codes: 0 all is well; 1 something is wrong or not known (--fail-on says what counts); 2 wrong usage; "
    "3 nothing could be understood, no vCenter could be asked, or the output cannot be written; 4 a defect of vitrust."
)

#: The same at length, for ``vitrust help exit-codes``.
TOPIC = (
    "0  nothing that --fail-on names",
    "1  audit: a finding of the severity in --fail-on or worse. expiry: a certificate has expired, is not valid yet or "
    "is past its hard threshold (at least high), or is past its soft threshold (at least medium); a finding about it "
    "may be worse. matrix: a vCenter does not trust another (at least high; a finding about it may be worse). "
    "explain: the chain is not trusted (with any severity). probe: a server cannot be reached or sends no chain.",
    "1  with unknown in --fail-on, also: audit, expiry, matrix: a link is not known, or something could not be read. "
    "explain: the answer is not known. inspect: a block or an input cannot be read, or is known only from a printed "
    "dump. collect, audit -c: a server did not deliver everything. audit, expiry, matrix: an input cannot be opened "
    "while others were understood.",
    "2  wrong usage: an unknown option, time, profile, vCenter or name, or an empty name for an input",
    "3  nothing in any input was understood. explain: the store, the chain or a CRL cannot be read. collect, audit "
    "-c: no vCenter allowed a session. Also when the output cannot be written",
    "4  a defect of vitrust; please report it",
    "--fail-on takes one severity, and unknown beside it with a comma; the default is high,unknown. never is used "
    "alone and silences both.",
)
