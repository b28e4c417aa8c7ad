"""Entry point of the ``vitrust`` command and of ``python -m vitrust``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, or say what is missing to run it."""
    try:
        from vitrust.cli import run  # noqa: PLC0415 - only the command needs the extra packages
    except ModuleNotFoundError as error:
        if error.name not in ("rich", "typer"):
            raise
        sys.exit(f"the vitrust command needs the package {error.name}: pip install 'vitrust[cli]'")
    run()


if __name__ == "__main__":
    main()
