"""Output files: private, whole or not at all, and never through a link that somebody else may have put there."""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TextIO

#: The names of open files that belong to this process, by their number.
_OPEN = ("/dev/fd", "/proc/self/fd")
_STANDARD = {"-": 1, "/dev/stdout": 1, "/dev/stderr": 2}


def check(output: Path) -> None:
    """Say before any server is asked that nothing can be written there."""
    if _number(output) is None and not _is_device(output):
        _refuse_odd(output)
        try:
            # It has no name, or goes with its end.
            tempfile.TemporaryFile(dir=output.parent).close()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(output.parent)) from None


def write(output: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone; an open file or a device is written to.

    The new file has a name of its own in the same folder until it is complete, and then takes the place of the old one:
    a link is replaced, and never followed. What was there stays as it was until then, and when this fails.
    """
    number = _number(output)
    if number is not None:
        send(number, content)
    elif _is_device(output):
        with open(os.open(output, os.O_WRONLY | os.O_NOCTTY | os.O_NOFOLLOW), "wb") as device:  # noqa: PTH123
            device.write(content)
    else:
        _refuse_odd(output)
        _replace(output, content)


def is_stream(output: Path) -> bool:
    """Whether it is an open file of this process, standard output for instance."""
    return _number(output) is not None


def _number(output: Path) -> int | None:
    """The number of the open file that this names; ``>(command)`` of a shell is one of them."""
    folder, name = os.path.split(output)
    if folder in _OPEN and name.isdecimal() and os.name == "posix":
        return int(name)
    return _STANDARD.get(str(output)) if os.name == "posix" or str(output) == "-" else None


def _is_device(output: Path) -> bool:
    """Whether it is a device, such as ``/dev/null``, in the folder where only the system makes some."""
    return os.name == "posix" and str(output.parent) == "/dev" and stat.S_ISCHR(_kind(output) or 0)


def send(number: int, content: bytes) -> None:
    """Write all of it to an open file of this process, or fail.

    Python writes a part, and says nothing of the rest, to an output that is not buffered or a pipe that does not block.
    """
    if number == 1:
        sys.stdout.flush()
        if os.name == "posix" and _has_number(sys.stdout):
            _write_all(sys.stdout.fileno(), content)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        return
    # At the place where the file is, as the shell opened it; opening it by its name might begin at its start.
    with os.fdopen(os.dup(number), "wb") as file:
        file.write(content)


def _has_number(stream: TextIO) -> bool:
    try:
        stream.fileno()
    except (AttributeError, OSError):
        return False
    return True


def _write_all(number: int, content: bytes) -> None:
    rest = memoryview(content)
    try:
        while rest:
            try:
                rest = rest[os.write(number, rest) :]
            except BlockingIOError:
                select.select([], [number], [])
    except OSError as error:
        raise OSError(error.errno, error.strerror, "standard output") from None


def _refuse_odd(output: Path) -> None:
    if not output.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output.parent))
    kind = _kind(output)
    if kind is None or stat.S_ISREG(kind):
        return
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    if not stat.S_ISLNK(kind):
        raise OSError(errno.EINVAL, "not a regular file; for a pipe write `-o -` and redirect it", str(output))
    if _is_foreign(output):
        raise PermissionError(errno.EPERM, "a link that another user made", str(output))
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))


def _kind(output: Path) -> int | None:
    """What it is itself, not what it leads to."""
    try:
        return output.lstat().st_mode
    except FileNotFoundError:
        return None


def _is_foreign(link: Path) -> bool:
    # Windows has no such numbers, and its links need a privilege.
    return hasattr(os, "geteuid") and link.lstat().st_uid != os.geteuid()


def _replace(output: Path, content: bytes) -> None:
    # It is made anew, with an odd name and mode 0600, whatever the umask is.
    handle, name = tempfile.mkstemp(prefix=f".{output.name[:64]}.", dir=output.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(output)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _settle(output.parent)


def _settle(folder: Path) -> None:
    """Let the new name outlive a loss of power, where folders can be asked for that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
