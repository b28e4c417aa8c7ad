"""What README.md shows is what happens: its commands run, its transcript is the output, its program works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vitrust
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448

import pki

ROOT = Path(__file__).resolve().parents[2]
ESTATE = ROOT / "examples" / "estate"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's working folder with the files that README.md names."""
    host = ESTATE / "vc04" / "hosts" / "esx31.lab.example"
    shutil.copytree(ESTATE, tmp_path / "exports")
    shutil.copy(ESTATE / "vc04" / "trusted-roots.txt", tmp_path)
    shutil.copy(host / "9080.pem", tmp_path)
    shutil.copy(host / "castore.pem", tmp_path)
    shutil.copy(ESTATE / "vc01" / "machine-ssl.pem", tmp_path / "sms.pem")
    return tmp_path


def commands() -> list[str]:
    """The lines of README.md that call the command on files; those that ask servers are run in test_live.py."""
    lines = [line.strip().split("  #")[0].strip() for line in README.splitlines() if line.startswith("    vitrust ")]
    lines = [line for line in lines if " probe " not in line and " -c " not in line]
    assert len(lines) >= 6, lines
    return lines


@pytest.mark.parametrize("line", commands())
def test_every_command_runs(line: str, folder: Path) -> None:
    arguments = shlex.split(line)[1:]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "vitrust", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env=environment, check=False)
    # 1 says that something is wrong with the estate, which is true of this one.
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
    assert not done.stderr


def test_the_transcript_is_the_output() -> None:
    block = re.search(r"```console\n\$ vitrust (.*?)\n(.*?)```", README, re.DOTALL)
    assert block
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "110"}
    command = [sys.executable, "-m", "vitrust", *shlex.split(block[1])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", env=environment, check=False)
    output = {line.strip() for line in done.stdout.splitlines()}
    shown = [line.strip() for line in block[2].splitlines() if line.strip() not in ("", "...")]
    assert len(shown) > 30
    assert [line for line in shown if line not in output] == []


def test_the_program_runs(folder: Path) -> None:
    program = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert program
    script = folder / "program.py"
    script.write_text(program[1], encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1].startswith("False ")  # not every vCenter of the example trusts every other


UNCHECKED: dict[str, tuple[Callable[[], Any], hashes.SHA224 | hashes.SHA256 | None]] = {
    "Ed448": (ed448.Ed448PrivateKey.generate, None),
    "P-224": (lambda: ec.generate_private_key(ec.SECP224R1()), hashes.SHA256()),
    "secp256k1": (lambda: ec.generate_private_key(ec.SECP256K1()), hashes.SHA256()),
    "Brainpool": (lambda: ec.generate_private_key(ec.BrainpoolP256R1()), hashes.SHA256()),
    "SHA-224": (lambda: ec.generate_private_key(ec.SECP256R1()), hashes.SHA224()),
    "DSA": (lambda: dsa.generate_private_key(2048), hashes.SHA256()),
}


@pytest.mark.parametrize("name", UNCHECKED)
def test_the_limits_name_what_cannot_be_checked(name: str) -> None:
    make, digest = UNCHECKED[name]
    own = make()
    subject = pki.dn("CA")
    builder = x509.CertificateBuilder(subject, subject, own.public_key(), 1, pki.BEGIN, pki.END)
    anchor = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(own, digest)
    leaf_key = pki.key("leaf")
    builder = x509.CertificateBuilder(subject, pki.dn("leaf"), leaf_key.public_key(), 2, pki.BEGIN, pki.END)
    leaf = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
    verdict = vitrust.TrustStore.from_certificates([anchor]).explain(leaf.sign(own, digest), at=pki.AT)
    assert "unsupported-algorithm" in {rejection.code for rejection in verdict.rejections}
    limits = README.split("\n## Limits\n")[1].split("\n## ")[0]
    assert name in limits
