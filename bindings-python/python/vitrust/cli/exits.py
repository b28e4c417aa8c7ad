"""The exit codes of the command; the table in ``docs/guide/cli.md`` is the same."""

from __future__ import annotations

from enum import IntEnum


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


#: For ``--help``, where the codes are looked up most.
TEXT = (
    "Exit codes: 0 all is well; 1 something is wrong or not known (--fail-on says what counts); 2 wrong usage; "
    "3 nothing could be understood, no vCenter could be asked, or the output cannot be written; 4 a defect of vitrust."
)

#: The same at length, for ``vitrust help exit-codes``.
TOPIC = (
    "0  nothing that --fail-on names",
    "1  audit: a finding of the severity in --fail-on or worse. expiry: a certificate has expired, is not valid yet or "
    "is past its hard threshold (counts as high), or is past its soft threshold (medium). matrix: a vCenter does not "
    "trust another (high). explain: the chain is not trusted (with any severity). inspect: a block or an input "
    "cannot be read (with anything but never). probe: a server cannot be reached or sends no chain.",
    "1  with unknown in --fail-on, also: audit, expiry: a link is not known, or something could not be read. matrix: "
    "a cell is not known, or something could not be read. explain: the answer is not known. collect, audit -c: a "
    "server did not deliver everything. audit, expiry, matrix: an input cannot be opened while others were understood.",
    "2  wrong usage: an unknown option, time, profile, vCenter or name, or an empty name for an input",
    "3  nothing in any input was understood. explain: the store, the chain or a CRL cannot be read. collect, audit "
    "-c: no vCenter allowed a session. Also when the output cannot be written",
    "4  a defect of vitrust; please report it",
    "--fail-on takes one severity, and unknown beside it with a comma; the default is high,unknown. never is used "
    "alone and silences both.",
)
