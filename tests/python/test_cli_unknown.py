"""The ``vitrust`` command where an answer is not known, or there is nothing to judge: never a tick, always a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import pki
from test_cli import AT, ESTATE, vitrust_command
from test_inputs import DUMP


def dumped(folder: Path, root: pki.Issued, server: pki.Issued) -> Path:
    """Write a vCenter with one host, of whose TRUSTED_ROOTS only a printed dump exists."""
    host = folder / "vc01.example" / "hosts" / "esx01.example"
    host.mkdir(parents=True)
    (host.parents[1] / "machine-ssl.pem").write_bytes(server.pem)
    (host.parents[1] / "trusted-roots.txt").write_bytes(DUMP)
    (host / "443.pem").write_bytes(pki.server("esx01.example", root).pem)
    (host / "castore.pem").write_bytes(root.pem)
    return folder


def test_what_cannot_be_judged_is_no_tick(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    done = vitrust_command("audit", dumped(tmp_path, root, server), "--at", AT)
    first = done.stdout.splitlines()[0]
    assert first.endswith(" in 1 vCenter, 1 host; 4 links not known")
    assert "every other" not in first
    text = " ".join(done.stdout.split())
    assert "? 1 of 1 link not known" in text
    assert "? 1 of 1 host with a link that is not known" in text
    assert "✗ 0 of" not in text
    assert "with a gap" not in text
    lack = "the bytes of 1 entry of TRUSTED_ROOTS of vc01.example, known only from a dump"
    assert f"? 2 links not known without {lack}" in text
    assert f"? 1 link not known without {lack}" in text


def test_a_lone_chain_makes_no_claim(tmp_path: Path, server: pki.Issued) -> None:
    (tmp_path / "chain.pem").write_bytes(server.pem)
    for command in ("audit", "matrix"):
        done = vitrust_command(command, tmp_path / "chain.pem", "--at", AT)
        assert "? 1 of 1 link not known" in done.stdout
        assert "? 1 link not known without TRUSTED_ROOTS of chain" in done.stdout
        assert "every other" not in done.stdout
        assert "✗ 0 of" not in done.stdout
    audit = vitrust_command("audit", tmp_path / "chain.pem", "--at", AT).stdout
    assert audit.startswith("? nothing found in 1 vCenter, 0 hosts; 1 link not known\n")
    assert "? no link is trusted today" in audit


def test_a_lone_store_waits_for_its_chain(tmp_path: Path, root: pki.Issued) -> None:
    (tmp_path / "roots.pem").write_bytes(root.pem)
    done = vitrust_command("audit", tmp_path / "roots.pem", "--at", AT)
    assert "? 1 link not known without the chain that roots presents" in done.stdout


@pytest.mark.parametrize("command", ["audit", "matrix", "expiry"])
def test_an_empty_folder_gets_no_tick(tmp_path: Path, command: str) -> None:
    done = vitrust_command(command, tmp_path, "--at", AT)
    assert done.returncode == 3
    assert "✓" not in done.stdout
    assert done.stderr == "vitrust: nothing could be read from the inputs\n"


def test_a_missing_input_costs_nothing_of_the_others(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    done = vitrust_command("audit", ESTATE, absent, "--at", AT)
    message = f"vitrust: {absent}: no such file or directory\n"
    assert (done.returncode, done.stderr.lower().split(" (os error")[0].rstrip() + "\n") == (1, message.lower())
    assert "VT101 unreadable" in done.stdout
    assert str(absent) in "".join(done.stdout.split())
    for command in ("matrix", "expiry"):
        done = vitrust_command(command, ESTATE, absent, "--at", AT)
        assert "COULD NOT BE READ" in done.stdout
        assert done.returncode == 1
    assert vitrust_command("audit", absent, tmp_path / "other", "--at", AT).returncode == 3


@pytest.mark.parametrize("at", ["+1", "-90", "2026-06-01T12:00:00+25:00", "0000-01-01"])
def test_a_time_that_is_none_is_refused(at: str) -> None:
    done = vitrust_command("audit", ESTATE, "--at", at)
    assert (done.returncode, done.stdout) == (2, "")
    assert at in " ".join(done.stderr.split())
