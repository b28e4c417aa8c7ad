"""Whose roots are trusted beside an inventory's: the system's, or those that the environment names instead."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import vitrust

import pki
from servers import Simulator, command

Simulate = Callable[..., Simulator]
VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def told(tmp_path: Path, **environment: str) -> list[str]:
    """What ``-v`` says; the inventory is not there, so that nobody is asked."""
    done = command("collect", "-v", "-c", tmp_path / "none.toml", **environment)
    assert done.returncode == 3
    audited = command("audit", "--verbose", "-c", tmp_path / "none.toml", **environment)
    assert audited.stderr == done.stderr
    lines = [
        line.removeprefix("vitrust: system roots: ") for line in done.stderr.splitlines() if "system roots: " in line
    ]
    silent = command("collect", "-c", tmp_path / "none.toml", **environment)
    assert "system roots" not in silent.stderr
    return lines


def test_the_variables_are_named_with_how_many_roots_they_give(tmp_path: Path, root: pki.Issued) -> None:
    file, folder = tmp_path / "roots.pem", tmp_path / "folder"
    folder.mkdir()
    file.write_bytes(root.pem)
    (folder / "other.pem").write_bytes(pki.root("Other").pem)
    assert told(tmp_path, SSL_CERT_FILE=str(file)) == [f"1 certificate from SSL_CERT_FILE={file}"]
    assert told(tmp_path, SSL_CERT_DIR=str(folder)) == [f"1 certificate from SSL_CERT_DIR={folder}"]
    both = told(tmp_path, SSL_CERT_FILE=str(file), SSL_CERT_DIR=str(folder))
    assert both == [f"2 certificates from SSL_CERT_FILE={file}, SSL_CERT_DIR={folder}"]


def test_without_them_the_system_is_asked(tmp_path: Path) -> None:
    number = len(vitrust.system_roots().certificates)
    assert told(tmp_path)[0] == f"{number} certificate{'s' * (number != 1)} from the operating system"
    # Folders without a name are no folders.
    assert told(tmp_path, SSL_CERT_DIR="")[0].endswith(" from the operating system")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    missing = told(tmp_path, SSL_CERT_FILE=str(tmp_path / "none.pem"))
    assert missing[0] == f"0 certificates from SSL_CERT_FILE={tmp_path / 'none.pem'}"
    assert "none.pem" in missing[1]
    assert told(tmp_path, SSL_CERT_FILE="")[0] == "0 certificates from SSL_CERT_FILE="


def test_python_says_it_too(tmp_path: Path, root: pki.Issued) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(root.pem)
    program = (
        "import json, vitrust\n"
        "roots = vitrust.system_roots()\n"
        "print(json.dumps([[one.sha256 for one in roots.certificates], roots.variables, roots.problems]))"
    )
    environment = {**os.environ, "SSL_CERT_FILE": str(file)}
    line = [sys.executable, "-c", program]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[vitrust.Certificate(root.pem).sha256], {"SSL_CERT_FILE": str(file)}, []]
    assert vitrust.system_roots().variables == {}


def test_they_decide_whom_a_password_is_sent_to(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    ca_file = str(simulator.fleet.parent / "ca.pem")
    simulator.change('ca_file = "ca.pem"', "")
    assert command("collect", "-c", simulator.fleet).returncode == 3
    trusted = command("collect", "-v", "-c", simulator.fleet, SSL_CERT_FILE=ca_file)
    assert (trusted.returncode, f"from SSL_CERT_FILE={ca_file}" in trusted.stderr) == (0, True), trusted.stderr
    # An inventory that leaves the system's roots out leaves these out.
    simulator.change("sso_domain", "system_roots = false\nsso_domain")
    assert command("collect", "-c", simulator.fleet, SSL_CERT_FILE=ca_file).returncode == 3
    assert simulator.sessions() == [0]
