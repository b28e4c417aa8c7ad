"""The programs in examples/python run as their first lines say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ESTATE = ROOT / "examples" / "estate"


def run(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_audit_folder_names_the_expired_root() -> None:
    output = run("examples/python/audit_folder.py", "examples/estate", "2026-06-01")
    assert "VT202" in output
    assert output.splitlines()[-1] == "every vCenter trusts every other: False"


def test_explain_chain_shows_that_validators_disagree() -> None:
    chain = ESTATE / "vc04" / "hosts" / "esx31.lab.example" / "9080.pem"
    store = ESTATE / "vc04" / "trusted-roots.txt"
    output = run("examples/python/explain_chain.py", str(chain), str(store), "2026-06-01")
    assert "java trusted" in output
    assert "openssl not trusted" in output
