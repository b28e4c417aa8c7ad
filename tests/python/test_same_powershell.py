"""The command and the PowerShell module give the same answer and the same exit code for the same input.

`make test-powershell` sets VITRUST_MODULE to the packaged module and VITRUST_PWSH to a PowerShell, and runs this
behind its own tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import vitrust

ROOT = Path(__file__).resolve().parents[2]
ESTATE = ROOT / "examples" / "estate"
AT = "2026-06-01"
MODULE, PWSH = os.environ.get("VITRUST_MODULE"), os.environ.get("VITRUST_PWSH")
pytestmark = pytest.mark.skipif(
    not (MODULE and PWSH), reason="no packaged module and PowerShell are given: run make test-powershell"
)

SCRIPT = """
param($Module, $Cases)
Import-Module -Name $Module
foreach ($case in ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($Cases))) {
    $json = $null
    $common = @{ Path = $case.path; At = $case.at; ErrorAction = 'SilentlyContinue' }
    try { $json = Test-VITrustEstate @common -AsJson } catch { $json = $null }
    $quiet = Test-VITrustEstate @common -Quiet -FailOn $case.fail_on
    ConvertTo-Json -Compress -InputObject @{ json = $json; quiet = $quiet }
}
"""


def cases(folder: Path) -> list[dict[str, str]]:
    """Inputs of every kind: good, broken, empty, of another layout, not understood, not there."""
    (folder / "empty").mkdir()
    (folder / "layout" / "deep").mkdir(parents=True)
    (folder / "layout" / "deep" / "notes.txt").write_text("nothing of ours\n", encoding="utf-8")
    (folder / "garbage.pem").write_bytes(bytes(range(256)) * 20)
    (folder / "listing.txt").write_text("ERROR: could not connect to VMAFD\n", encoding="utf-8")
    root = (ESTATE / "vc01" / "vmca-root.pem").read_text(encoding="utf-8")
    (folder / "damaged.pem").write_text(root + root.replace("M", "?"), encoding="utf-8")
    shutil.copy(ESTATE / "vc01" / "vmca-root.pem", folder / "good.pem")
    paths = [
        folder / name
        for name in ("empty", "layout", "garbage.pem", "listing.txt", "damaged.pem", "good.pem", "not there")
    ]
    paths += [ESTATE, ESTATE / "vc01" / "trusted-roots.txt", ESTATE / "vc05" / "machine-ssl.pem"]
    limits = ("high,unknown", "critical", "unknown", "never")
    return [{"path": str(path), "at": AT, "fail_on": limit} for path in paths for limit in limits]


def test_each_input_has_one_answer_and_one_exit_code(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    given = cases(tmp_path / "inputs")
    (tmp_path / "cases.json").write_text(json.dumps(given), encoding="utf-8")
    script = tmp_path / "same.ps1"
    script.write_text(SCRIPT, encoding="ascii")
    run = [str(PWSH), "-NoLogo", "-NoProfile", "-NonInteractive", "-File"]
    run += [str(script), str(MODULE), str(tmp_path / "cases.json")]
    shown = subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout
    answers = [json.loads(line) for line in shown.splitlines() if line.startswith("{")]
    assert len(answers) == len(given)
    seen = set()
    for case, answer in zip(given, answers):
        command = [
            sys.executable,
            "-m",
            "vitrust",
            "audit",
            case["path"],
            "--at",
            AT,
            "--json",
            "--fail-on",
            case["fail_on"],
        ]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        # 0 is well; 1 is what counts; 3 is that nothing was understood, which -Quiet never calls well.
        assert answer["quiet"] is (done.returncode == 0), (case, done.returncode, done.stderr)
        seen.add(done.returncode)
        if done.stdout.strip():
            assert json.loads(done.stdout) == json.loads(answer["json"]), case
            report = vitrust.assess(vitrust.Estate.load(case["path"]), at=AT)
            assert json.loads(report.to_json()) == json.loads(answer["json"]), case
    assert seen == {0, 1, 3}
