"""join_module.py MODULE: puts the functions of a PowerShell module, one file each, into its one script file.

They stand where that file says `# FUNCTIONS`, and their folders go: the module is read at once, and is signed once.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

#: Where the functions are to stand, up to the end of the line.
MARK = re.compile(r"^# FUNCTIONS\b.*\n", re.MULTILINE)


def join(module: Path) -> None:
    """Replace the mark by the functions, and remove their folders."""
    script = module / f"{module.name}.psm1"
    text = script.read_text(encoding="ascii")
    folders = [module / "Private", module / "Public"]
    functions = [path.read_text(encoding="ascii") for folder in folders for path in sorted(folder.glob("*.ps1"))]
    if len(MARK.findall(text)) != 1 or not functions:
        raise SystemExit(f"{script}: one line says `# FUNCTIONS`, and there are functions beside it")
    script.write_text(MARK.sub(lambda _: "\n".join(functions), text), encoding="ascii")
    for folder in folders:
        shutil.rmtree(folder)


if __name__ == "__main__":
    join(Path(sys.argv[1]))
