"""Where output goes: pages to stdout, complaints and progress to stderr."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from vitrust.cli import write

#: How wide output is that goes to a file or a pipe.
WIDTH = 120
#: Below this, ``COLUMNS`` is not believed.
_NARROWEST = 20

_PLAIN = str.maketrans({"→": "->", "·": "-", "…": "...", "─": "-", "×": "x", "≤": "<=", "•": "*"})


class Painter:
    """Where people's output goes: colour on a terminal unless ``NO_COLOR`` is set, plain ASCII where needed."""

    def __init__(self) -> None:
        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
        self.console = Console(width=width, highlight=False, soft_wrap=True, emoji=False)
        colour = self.console.color_system is not None and not self.console.no_color
        #: How wide the output is, whether it has colours, and whether it takes more than ASCII.
        self.paper = (self.console.width, colour, _is_unicode(self.console.encoding))

    def show(self, page: str) -> None:
        """Print a page that the library drew."""
        if self.paper[1] and self.console.legacy_windows:
            # Such a console takes no escapes; rich calls its functions instead.
            self.console.print(Text.from_ansi(page))
        else:
            send_text(page)


def send_text(text: str) -> None:
    """Print a text on stdout, all of it, or fail."""
    write.send(1, text.replace("\n", os.linesep).encode(sys.stdout.encoding, sys.stdout.errors or "strict"))


def complain(message: str) -> None:
    """Print one line on stderr, as clean as all output."""
    if sys.stderr is None:  # closed by whoever started the command
        return
    # Where nobody can read it, the exit code still tells.
    with suppress(OSError):
        sys.stderr.write(_clean(f"vitrust: {message}", _is_unicode(sys.stderr.encoding)) + "\n")
        sys.stderr.flush()


@contextmanager
def working(message: str) -> Iterator[None]:
    """Show on stderr that something long is under way; shows nothing where stderr is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    # No spinner: it would hide the cursor, and Ctrl-C ends the process before it comes back.
    sys.stderr.write(f"{message} ...")
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write("\r" + " " * (len(message) + 4) + "\r")
        sys.stderr.flush()


class Progress:
    """One line on stderr that is written over and over; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self.shows = sys.stderr is not None and sys.stderr.isatty()

    def show(self, message: str) -> None:
        """Replace the line, cut to the width of the terminal: a wrapped line cannot be taken back."""
        width = shutil.get_terminal_size((WIDTH, 1)).columns - 1
        message = _clean(message, _is_unicode(sys.stderr.encoding))
        self._write(message if cell_len(message) <= width else set_cell_size(message, width))

    def end(self) -> None:
        """Take the line away."""
        self._write("")

    def _write(self, message: str) -> None:
        # A terminal that has gone is no reason to stop.
        with suppress(OSError):
            if self.shows:
                sys.stderr.write(f"\r\033[K{message}")
                sys.stderr.flush()


def forget_odd_sizes() -> None:
    """Take sizes that no terminal has out of the environment, where more than one library would read them."""
    for name, least in (("COLUMNS", _NARROWEST), ("LINES", 1)):
        text = os.environ.get(name, "")
        if not (text.isdecimal() and len(text) <= 4 and int(text) >= least):
            os.environ.pop(name, None)


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("-", "").startswith("utf")


def _clean(content: str, unicode: bool) -> str:
    content = "".join(char if char.isprintable() else _escaped(char) for char in content)
    if unicode:
        return content
    return content.translate(_PLAIN).encode("ascii", "backslashreplace").decode("ascii")


#: What terminals obey and JSON does not escape by itself: DEL, C1, and what turns the direction of writing.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def print_json(text: str) -> None:
    """Print JSON in UTF-8 whatever the terminal's encoding, without characters that a terminal obeys."""
    # A path that is not text has lone surrogates; JSON writes those as \\udcff.
    text = _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    write.send(1, text.encode("utf-8", "backslashreplace") + b"\n")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
