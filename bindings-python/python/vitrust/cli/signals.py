"""Ctrl-C while servers are asked: their sessions are closed first."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import typer

#: What asks a command to stop: Ctrl-C; ``kill``, ``timeout`` and the end of a container; and a terminal that is closed.
_STOPS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class _Stopped(KeyboardInterrupt):
    """A signal asked the command to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Let the first Ctrl-C end what is under way in good order, and the process with it; a second one ends it at once.

    The process ends by the signal itself, so that a shell counts 130, and whoever started it sees why. A signal that
    is ignored, as under ``nohup``, stays ignored.
    """
    before = {number: signal.getsignal(number) for number in _STOPS}
    heeded = [number for number, action in before.items() if action not in (signal.SIG_IGN, None)]
    for number in heeded:
        signal.signal(number, _stop)
    try:
        yield
    except _Stopped as stopped:
        _end_by(stopped.number)
    finally:
        for number in heeded:
            signal.signal(number, before[number])


def _stop(number: int, _: FrameType | None) -> NoReturn:
    for every in _STOPS:
        if signal.getsignal(every) is _stop:
            signal.signal(every, signal.SIG_DFL)
    raise _Stopped(number)


def _end_by(number: int) -> NoReturn:
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    raise typer.Exit(128 + number)
