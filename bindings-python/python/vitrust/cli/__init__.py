"""The ``vitrust`` command. It formats what the library decided, and reads the clock; no rule lives here."""

from __future__ import annotations

from vitrust.cli.app import run

__all__ = ["run"]
