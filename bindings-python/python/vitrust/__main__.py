"""Entry point of the ``vitrust`` command and of ``python -m vitrust``."""

from __future__ import annotations

import os
import signal
import sys

from vitrust import __version__


def main() -> None:
    """Run the command line, or say what is missing to run it."""
    _obey_signals()
    if sys.argv[1:] == ["--version"]:
        # Asked by scripts, and answered before the packages are loaded that read a command line.
        _print_version()
        return
    try:
        from vitrust.cli import run  # noqa: PLC0415 - only the command needs the extra packages
    except ModuleNotFoundError as error:
        if error.name not in ("rich", "typer"):
            raise
        sys.exit(f"the vitrust command needs the package {error.name}: pip install 'vitrust[cli]'")
    run()


def _print_version() -> None:
    try:
        # Not by way of a buffer, whose end would be too late to say that nothing could be written.
        os.write(1, f"vitrust {__version__}{os.linesep}".encode())
    except OSError as error:
        sys.exit(_unwritten(error))


def _unwritten(error: OSError) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"vitrust: standard output: {error.strerror}\n")
    return 3


def _obey_signals() -> None:
    """Let Ctrl-C and a closed pipe end the process at once and quietly, as they end other commands.

    Python would only note a Ctrl-C while the native half works, and turn it into an exception that any code may meet.
    The commands that ask servers give Ctrl-C back to Python meanwhile, to close their sessions. Their sockets do not
    see SIGPIPE: the threads that write to them have it blocked.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


if __name__ == "__main__":
    main()
