"""What can go wrong, as exceptions.

Every exception of this package is a :class:`VitrustError`, has a stable number ``code`` and a stable ``name``, and
also inherits the built-in exception that fits it. A certificate that is expired, or a store that trusts nothing, is
never an exception: it is an answer. Only ``TrustStore.verify`` raises for it, because it was asked to.
"""

from __future__ import annotations

import errno as _errno
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vitrust.verdict import Rejection, Verdict

__all__ = [
    "ArgumentError",
    "FileError",
    "InternalError",
    "MissingFileError",
    "UnreadableError",
    "VerificationError",
    "VitrustError",
]


class VitrustError(Exception):
    """The base class of every exception of this package."""

    #: The stable number. Families: 1-99 arguments, 100 PEM and DER, 200 store, 300 path, 800 file.
    code: int = 0
    #: The stable name of that number, for example ``"no-block"``.
    name: str = "error"

    def __init__(self, message: str = "", *, code: int | None = None, name: str | None = None) -> None:
        # Names in certificates and the words of servers stand in messages, and messages are shown on terminals.
        super().__init__("".join(char if char.isprintable() else _escaped(char) for char in message))
        if code is not None:
            self.code = code
        if name is not None:
            self.name = name

    def to_dict(self) -> dict[str, Any]:
        """Return code, name and message as a dictionary that ``json.dumps`` takes."""
        return {"code": self.code, "name": self.name, "message": str(self)}

    def __reduce__(self) -> tuple[Any, ...]:
        # What OSError keeps outside of its dictionary would be lost, and a subclass may ask for other arguments.
        own = {name: getattr(self, name, None) for name in _OF_THE_SYSTEM} if isinstance(self, OSError) else {}
        return _restored, (type(self), self.args, {**vars(self), **own})


#: What an OSError says of the system's refusal.
_OF_THE_SYSTEM = ("errno", "strerror", "filename", "filename2")


def _restored(kind: type[VitrustError], arguments: tuple[Any, ...], state: dict[str, Any]) -> VitrustError:
    """Make an exception of what was pickled of one, with everything it said of itself."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    for name, value in state.items():
        # Setting a file name that is not there would make the message end in it.
        if name != "filename2" or value is not None:
            setattr(error, name, value)
    return error


def _escaped(char: str) -> str:
    r"""What moves a terminal's cursor, or turns the direction of writing, by its number: ``\x1b``."""
    return char.encode("unicode_escape").decode("ascii")


class InternalError(VitrustError):
    """A defect of the library itself; please report it."""

    code = 1
    name = "panic"


class ArgumentError(VitrustError, ValueError):
    """An argument is not valid: a naive time, an unknown profile, an empty chain, a bad server name."""

    code = 2
    name = "argument"


class UnreadableError(VitrustError, ValueError):
    """The data cannot be read by the call; the message names the file, the line and the reason."""

    code = 100
    name = "pem"


class FileError(VitrustError, OSError):
    """A file could not be opened or read; ``filename`` and ``errno`` say which and why."""

    code = 800
    name = "file"

    def __str__(self) -> str:
        # OSError would put the number before the message, which names file and reason already.
        return str(self.args[0]) if self.args else ""


class MissingFileError(FileError, FileNotFoundError):
    """There is no such file."""


class VerificationError(VitrustError):
    """A chain is not trusted. ``rejections`` holds every reason, nearest miss first."""

    code = 310
    name = "untrusted"

    def __init__(self, verdict: Verdict) -> None:
        first = verdict.rejections[0].message if verdict.rejections else "no path was found"
        more = len(verdict.rejections) - 1
        super().__init__(f"not trusted: {first}" + (f" (and {more} more)" if more > 0 else ""))
        #: The whole answer, as ``TrustStore.explain`` returns it.
        self.verdict = verdict

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """Every broken rule, nearest miss first."""
        return self.verdict.rejections

    def to_dict(self) -> dict[str, Any]:
        """Return code, name, message and the verdict as a dictionary that ``json.dumps`` takes."""
        return {**super().to_dict(), "verdict": self.verdict.to_dict()}


def from_native(code: int, name: str, message: str, filename: object, number: int | None) -> VitrustError:
    """Make the exception for a failure of the native half: the class follows the family of the code."""
    if code >= 800:
        missing = number == _errno.ENOENT
        error = (MissingFileError if missing else FileError)(message, code=code, name=name)
        error.errno, error.filename, error.strerror = number, filename, message
        return error
    return _class_of(code)(message, code=code, name=name)


#: What one process opened was used in another, forked from it: no argument is at fault.
_FORKED = 8


def _class_of(code: int) -> type[VitrustError]:
    if code == InternalError.code:
        return InternalError
    if code == _FORKED:
        return VitrustError
    if code < 100 or 300 <= code < 400:
        return ArgumentError
    if code < 300 or 400 <= code < 500:
        return UnreadableError
    return VitrustError
