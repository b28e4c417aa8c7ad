"""The exit codes of the command; the table in ``docs/guide/cli.md`` is the same."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command says to whoever started it."""

    #: Nothing at or above ``--fail-on``; the chain is trusted; the matrix is complete; every server said everything.
    OK = 0
    #: Findings at or above ``--fail-on``; the chain is not trusted; the matrix is not complete; a server could not be
    #: asked for something.
    FINDINGS = 1
    #: The command line is wrong.
    USAGE = 2
    #: An input could not be read, or nothing in the inputs could, or no vCenter could be asked.
    UNREADABLE = 3
    #: A defect of vitrust.
    DEFECT = 4
    #: Stopped by Ctrl-C, as shells count it.
    INTERRUPTED = 130
    #: Whoever read the output stopped reading, as shells count it.
    PIPE = 141


#: For ``--help``, where the codes are looked up most.
TEXT = (
    "Exit codes: 0 all is well, 1 something is not (see --fail-on) or a server did not say everything, 2 wrong usage, "
    "3 an input cannot be read or no vCenter could be asked, 4 a defect of vitrust."
)
