"""import.py PWSH MODULE: how long PowerShell takes to import a module, beside a module that has nothing in it.

Each import is the first of a process of its own, and both have their turn in each round. What starting PowerShell takes
is not counted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

#: Imports of each module; the first round, in which files are not in memory yet, is one more.
ROUNDS = 11

TIMED = """param($Module)
$watch = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module -Name $Module -ErrorAction Stop
$watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
"""

EMPTY = (
    "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @();"
    " VariablesToExport = @(); AliasesToExport = @() }\n"
)


def measured(pwsh: str, script: Path, module: Path) -> float:
    """Return the milliseconds of one import."""
    line = [pwsh, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", str(script), str(module)]
    return float(subprocess.run(line, check=True, capture_output=True, text=True).stdout)


def main(pwsh: str, module: Path) -> None:
    """Time both and print the medians, and the median of the ratios of each round."""
    with tempfile.TemporaryDirectory() as folder:
        script, empty = Path(folder) / "timed.ps1", Path(folder) / "Empty"
        empty.mkdir()
        script.write_text(TIMED, encoding="ascii")
        (empty / "Empty.psd1").write_text(EMPTY, encoding="ascii")
        (empty / "Empty.psm1").write_text("# Nothing.\n", encoding="ascii")
        rounds = [[measured(pwsh, script, one.resolve()) for one in (empty, module)] for _ in range(ROUNDS + 1)][1:]
    nothing, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(full / bare for bare, full in rounds)
    print("import of the PowerShell module, median of", ROUNDS, "processes")
    print(f"  an empty module {nothing:6.0f} ms")
    print(f"  {module.name:15} {ours:6.0f} ms, {ratio:.1f} times as long; the target is 500 ms")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
