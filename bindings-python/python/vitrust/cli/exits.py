"""The exit codes of the command; the table in ``docs/guide/cli.md`` is the same."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command says to whoever started it."""

    #: Nothing that ``--fail-on`` names; every input and every server said everything.
    OK = 0
    #: Something that ``--fail-on`` names, or an input or a server that could not be asked for all it has.
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
    "Exit codes: 0 all is well; 1 something is wrong or not known (--fail-on says what counts), or an input or a "
    "server did not deliver everything; 2 wrong usage; 3 nothing could be understood, no vCenter could be queried, or "
    "the output cannot be written; 4 a defect of vitrust."
)

#: The same at length, for ``vitrust help exit-codes``.
TOPIC = (
    "0  all is well: nothing that --fail-on names, and every input and server delivered everything",
    "1  audit: a finding of the severity in --fail-on or worse. expiry: a certificate has expired, is not valid yet or "
    "is past its hard threshold (counts as high), or is past its soft threshold (medium). matrix: a vCenter does not "
    "trust another (high). explain: the chain is not trusted (with any severity). inspect: a block cannot be read "
    "(with anything but never). probe: a server cannot be reached or sends no chain.",
    "1  with unknown in --fail-on, also: audit, expiry: a link is not known, or something could not be read. matrix: "
    "a cell is not known, or something could not be read. explain: the answer is not known.",
    "1  whatever --fail-on says: an input cannot be opened while others were understood. collect, audit -c: a server "
    "did not deliver everything.",
    "2  wrong usage: an unknown option, time, profile, vCenter or name, or an empty name for an input",
    "3  nothing in any input was understood. explain: the store, the chain or a CRL cannot be read. collect, audit "
    "-c: no vCenter allowed a session. Also when the output cannot be written",
    "4  a defect of vitrust; please report it",
    "--fail-on takes one severity, and unknown beside it with a comma; the default is high,unknown. never is used "
    "alone and silences both.",
)
