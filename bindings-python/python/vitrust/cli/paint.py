"""Colours, symbols and short names: what several views share."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from vitrust.matrix import Trust
from vitrust.report import Severity

#: How wide output is that goes to a file or a pipe.
WIDTH = 120
#: Below this, ``COLUMNS`` is not believed.
_NARROWEST = 20

SEVERITY_STYLE: dict[Severity, str] = {
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
}
STATE_STYLE = {"expired": "bold red", "not-yet-valid": "bold red", "hard": "red", "soft": "yellow", "good": "green"}
_TRUST_STYLE: dict[Trust, str] = {"trusted": "green", "untrusted": "bold red", "unknown": "yellow"}
_TRUST_SYMBOL: dict[Trust, tuple[str, str]] = {"trusted": ("✓", "+"), "untrusted": ("✗", "x"), "unknown": ("?", "?")}
_QUOTED = re.compile(r"`([^`]*)`")
_PLAIN = str.maketrans({"→": "->", "·": "-", "…": "...", "─": "-", "×": "x", "≤": "<=", "•": "*"})


class Painter:
    """Where people's output goes: colour on a terminal unless ``NO_COLOR`` is set, plain ASCII where needed."""

    def __init__(self) -> None:
        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
        self.console = Console(width=width, highlight=False, soft_wrap=False, emoji=False)
        self.unicode = _is_unicode(self.console.encoding)

    def line(self, *parts: str | tuple[str, str] | Text, indent: int = 0) -> None:
        """Print one paragraph made of plain texts and pairs of text and style, wrapped at its indent."""
        text = Text.assemble(*(part if isinstance(part, Text) else self.text(part) for part in parts))
        for row in text.wrap(self.console, max(self.console.width - indent, 20)):
            self.console.print(Text(" " * indent) + row)

    def heading(self, title: str, note: str = "") -> None:
        """Print the head of a section, with a blank line before it."""
        self.console.print()
        self.line((title, "bold"), (f"  {note}" if note else "", "dim"))

    def text(self, part: str | tuple[str, str]) -> Text:
        """Make safe text: control characters of a certificate never reach the terminal."""
        content, style = (part, "") if isinstance(part, str) else part
        return Text(self.clean(content), style=style)

    def clean(self, content: str) -> str:
        """Show control characters by their number, and what the terminal lacks in ASCII."""
        return _clean(content, self.unicode)

    def trust(self, answer: Trust | None) -> Text:
        """One cell of a grid."""
        if answer is None:
            return Text("·" if self.unicode else ".", style="dim")
        return Text(_TRUST_SYMBOL[answer][not self.unicode], style=_TRUST_STYLE[answer])

    def mark(self, good: bool | None) -> Text:
        """A tick or a cross, or a question mark where nobody can tell."""
        return self.trust("unknown" if good is None else "trusted" if good else "untrusted")


def complain(message: str) -> None:
    """Print one line on stderr, as clean as all output."""
    if sys.stderr is None:  # closed by whoever started the command
        return
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
    sys.stdout.flush()
    # A path that is not text has lone surrogates; JSON writes those as \\udcff.
    text = _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Leave out the domain where the host names alone tell them apart."""
    names = list(names)
    first = {name: name.split(".")[0] for name in names}
    addresses = any(label.isdigit() for label in first.values())
    return first if len(set(first.values())) == len(set(names)) and not addresses else {name: name for name in names}


def common_name(subject: str) -> str:
    """The telling part of a subject: its common name, or its organisation where that is only ``CA``."""
    fields = dict(part.split("=", 1) for part in reversed(subject.split(", ")) if "=" in part)
    name = fields.get("CN", subject)
    # Every VMCA root is called CA; the vCenter's name is its organisation.
    if name != "CA" or "O" not in fields:
        return name
    return f"VMCA of {fields['O']}" if "DC=vsphere" in subject else f"CA of {fields['O']}"


def readable(message: str, subjects: Iterable[str] = ()) -> str:
    """Shorten what a machine would want whole: full subjects to their telling part, midnights to their date.

    Core puts names in backticks; ``subjects`` are further ones to look for.
    """
    message = _QUOTED.sub(lambda match: common_name(match[1]) if "=" in match[1] else match[0], message)
    for subject in sorted(set(subjects), key=len, reverse=True):
        message = message.replace(subject, common_name(subject))
    return message.replace("T00:00:00Z", "")


def day(at: datetime | None) -> str:
    """The date of a time."""
    return at.strftime("%Y-%m-%d") if at else "-"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(items: Iterable[str], most: int = 8, between: str = ", ") -> str:
    """Join the first of many items."""
    items = list(items)
    more = len(items) - most
    return between.join(items[:most]) + (f" and {more:,} more" if more > 0 else "")
