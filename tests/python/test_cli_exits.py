"""The exit codes of the ``vitrust`` command: what counts, and that --help and the guide say the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import vitrust
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from typer.testing import CliRunner
from vitrust.cli import exits
from vitrust.cli.app import app

import pki
from test_cli import AT, ESTATE, vitrust_command
from test_cli_unknown import dumped
from test_inputs import DUMP

BROKEN = b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n"
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "cli.md"
COMMANDS = ("audit", "expiry", "matrix", "explain", "inspect")


@pytest.mark.parametrize(
    "text", ["", ",", "High", "high,low", "high,high", "unknown,unknown", "never,unknown", "never,high", "all", "high,"]
)
def test_anything_else_is_wrong_usage(text: str) -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT, "--fail-on", text)
    assert (done.returncode, done.stdout) == (2, "")
    words = " ".join(done.stderr.replace("│", " ").split())
    assert "critical, high, medium, low or info" in words


def codes(arguments: list[str | Path], *words: str) -> list[int]:
    return [vitrust_command(*arguments, "--at", AT, "--fail-on", word).returncode for word in words]


def test_what_is_not_known_ends_with_1(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    folder = dumped(tmp_path, root, server)
    for command in ("audit", "matrix", "expiry"):
        assert vitrust_command(command, folder, "--at", AT).returncode == 1
        assert codes([command, folder], "critical,unknown", "unknown", "critical", "never") == [1, 1, 0, 0]


def test_what_cannot_be_read_ends_with_1(tmp_path: Path, root: pki.Issued) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(root.pem + BROKEN)
    # An entry of TRUSTED_ROOTS that does not read is a finding of severity high, and has no end.
    for command, high in (("audit", 1), ("expiry", 0)):
        assert codes([command, file], "high,unknown", "unknown", "high", "never") == [1, 1, high, 0]
    words = ("high,unknown", "unknown", "high", "never")
    assert [vitrust_command("inspect", file, "--fail-on", word).returncode for word in words] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("days", "thresholds", "expected"),
    [
        (-1, "60/30", {"critical": 0, "high": 1, "medium": 1, "never": 0}),
        (20, "60/30", {"critical": 0, "high": 1, "medium": 1, "never": 0}),
        (50, "60/30", {"critical": 0, "high": 0, "medium": 1, "unknown": 0, "never": 0}),
        (90, "60/30", {"critical": 0, "high": 0, "medium": 0, "info": 0}),
    ],
)
def test_expiry_follows_the_thresholds_and_never_the_list(
    tmp_path: Path, days: int, thresholds: str, expected: dict[str, int]
) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(pki.root(end=pki.AT + timedelta(days=days)).pem)
    for within in ("1d", "5y"):
        ask: list[str | Path] = ["expiry", file, "--thresholds", thresholds, "--within", within]
        assert dict(zip(expected, codes(ask, *expected))) == expected


def test_a_finding_about_an_end_may_be_worse_than_its_state(tmp_path: Path) -> None:
    """An expired machine certificate stops logins: a critical finding says so, and the exit code follows it."""
    root = pki.root()
    (tmp_path / "vc01").mkdir()
    (tmp_path / "vc01" / "machine-ssl.pem").write_bytes(
        pki.server("vc01.example", root, end=pki.AT - timedelta(days=1)).pem
    )
    (tmp_path / "vc01" / "trusted-roots.pem").write_bytes(root.pem)
    assert codes(["audit", tmp_path], "critical", "never") == [1, 0]
    assert codes(["expiry", tmp_path], "critical", "never") == [1, 0]


def test_no_tick_stands_over_a_1(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    """A cron mail begins with the reason of its exit code."""
    folder = dumped(tmp_path, root, server)
    soft = tmp_path / "soft.pem"
    soft.write_bytes(pki.root(end=pki.AT + timedelta(days=50)).pem)
    for command in ("expiry", "matrix", "audit"):
        done = vitrust_command(command, folder, "--at", AT)
        first = next(line for line in done.stdout.splitlines() if set(line) & set("✓✗?"))
        assert (done.returncode, "✓" in first) == (1, False), command
    done = vitrust_command("expiry", folder, "--at", AT)
    assert "not known" in done.stdout
    late = vitrust_command("expiry", soft, "--at", AT, "--within", "10d", "--fail-on", "medium")
    assert (late.returncode, "past a threshold" in late.stdout, "✓" in late.stdout) == (1, True, False)


def test_a_file_of_no_part_is_not_known(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    """What could not be read is unknown, whatever its finding is called."""
    folder = tmp_path / "vc01"
    folder.mkdir()
    (folder / "machine-ssl.pem").write_bytes(server.pem)
    (folder / "trusted-roots.pem").write_bytes(root.pem)
    assert codes(["audit", tmp_path], "high,unknown") == [0]
    (folder / "what-is-this.dat").write_bytes(b"nothing that anybody knows")
    for command in ("audit", "expiry", "matrix"):
        done = vitrust_command(command, tmp_path, "--at", AT)
        assert (done.returncode, done.stdout.lstrip().startswith("✓")) == (1, False), command
        assert codes([command, tmp_path], "high") == [0]


def test_a_pending_request_with_its_text_is_no_failure(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    key = ec.generate_private_key(ec.SECP256R1())
    text = request.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
    alias = vitrust.Certificate(root.der).sha1
    machine = [("__MACHINE_CERT", "Private Key", server.pem.decode()), ("__MACHINE_CSR", "Private Key", text)]
    stores = {"MACHINE_SSL_CERT": machine, "TRUSTED_ROOTS": [(alias, "Trusted Cert", root.pem.decode())]}
    listing = ""
    for store, entries in stores.items():
        listing += f"[*] Store : {store}\nNumber of entries in store :\t{len(entries)}\n"
        for name, kind, held in entries:
            listing += f"Alias :\t{name}\nEntry type :\t{kind}\nCertificate :\t{held}\n"
    (tmp_path / "vc01").mkdir()
    (tmp_path / "vc01" / "stores.txt").write_text(listing, encoding="utf-8")
    for command in ("audit", "expiry", "matrix"):
        done = vitrust_command(command, tmp_path, "--at", AT)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_denied_export_is_not_known_to_audit_and_explain(
    tmp_path: Path, root: pki.Issued, server: pki.Issued
) -> None:
    denied = "vecs-cli failed. Error 5: Operation failed with error ERROR_ACCESS_DENIED (5)\n"
    folder = tmp_path / "vc01"
    folder.mkdir()
    (folder / "machine-ssl.pem").write_bytes(server.pem)
    (folder / "trusted-roots.pem").write_bytes(root.pem)
    (folder / "sms.txt").write_text(denied, encoding="utf-8")
    (tmp_path / "chain.pem").write_bytes(server.pem)
    assert codes(["audit", folder], "high,unknown", "high") == [1, 0]
    explained = vitrust_command("explain", tmp_path / "chain.pem", "--store", folder / "sms.txt", "--at", AT)
    assert explained.returncode in (1, 3)


def test_a_matrix_counts_its_cells(tmp_path: Path) -> None:
    # A root that was regenerated is a critical finding about cells.
    assert codes(["matrix", ESTATE], "high", "low", "critical", "never") == [1, 1, 1, 0]
    root = pki.root()
    for name in ("vc01.example", "vc02.example"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "machine-ssl.pem").write_bytes(pki.server(name, root).pem)
        (tmp_path / name / "trusted-roots.pem").write_bytes(root.pem)
    assert vitrust_command("matrix", tmp_path, "--at", AT).returncode == 0
    (tmp_path / "vc02.example" / "machine-ssl.pem").unlink()
    assert codes(["matrix", tmp_path], "high,unknown", "unknown", "high", "never") == [1, 1, 0, 0]


def test_explain_has_three_answers(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    (tmp_path / "chain.pem").write_bytes(server.pem)
    stores = {"trusted": root.pem, "untrusted": pki.root("other").pem, "unknown": DUMP}
    answers = {
        "trusted": [0, 0, 0, 0],
        "untrusted": [1, 0, 1, 0],
        "unknown": [1, 1, 0, 0],
    }
    for state, content in stores.items():
        store = tmp_path / f"{state}.txt"
        store.write_bytes(content)
        ask: list[str | Path] = ["explain", tmp_path / "chain.pem", "--store", store]
        assert json.loads(vitrust_command(*ask, "--at", AT, "--json").stdout)["state"] == state
        assert codes(ask, "high,unknown", "unknown", "critical", "never") == answers[state]


@pytest.mark.parametrize("command", ["audit", "matrix", "expiry", "inspect"])
def test_what_was_understood_is_shown_when_another_input_is_missing(
    tmp_path: Path, command: str, root: pki.Issued
) -> None:
    (tmp_path / "roots.pem").write_bytes(root.pem)
    absent = tmp_path / "absent.pem"
    at = [] if command == "inspect" else ["--at", AT]
    done = vitrust_command(command, tmp_path / "roots.pem", absent, *at, "--fail-on", "unknown")
    assert done.returncode == 1
    assert vitrust_command(command, tmp_path / "roots.pem", absent, *at, "--fail-on", "never").returncode == 0
    assert done.stdout
    assert done.stderr.startswith(f"vitrust: {absent}: ")
    assert done.stderr.count("\n") == 1
    nothing = vitrust_command(command, absent, tmp_path / "gone", *at)
    assert (nothing.returncode, nothing.stdout) == (3, "")
    assert str(absent) in nothing.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", ""],
        ["audit", "-c", ""],
        ["collect", "-c", ""],
        ["audit", str(ESTATE), ""],
        ["matrix", ""],
        ["expiry", ""],
        ["inspect", ""],
        ["explain", "", "--store", "a"],
        ["explain", "a", "--store", ""],
    ],
)
def test_an_empty_name_is_no_input(arguments: list[str]) -> None:
    done = vitrust_command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "an empty name is neither a file nor a folder" in " ".join(done.stderr.replace("│", " ").split())


def test_help_and_the_guide_say_the_codes() -> None:
    runner = CliRunner()
    for command in COMMANDS:
        text = " ".join(runner.invoke(app, [command, "--help"], env={"COLUMNS": "300"}).output.split())
        assert exits.TEXT in text.replace("│", " ")
        assert "--fail-on" in text
    guide = " ".join(GUIDE.read_text(encoding="utf-8").replace("`", "").split())
    for line in exits.TOPIC[:-1]:
        for sentence in line[1:].strip().replace("collect, audit -c:", "").split(". "):
            words = sentence.strip(" .;").split(": ", 1)[-1]
            assert words in guide, words


@pytest.mark.skipif(os.name != "posix", reason="mode bits are those of POSIX")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_an_input_that_may_not_be_read_is_told(tmp_path: Path, root: pki.Issued) -> None:
    (tmp_path / "roots.pem").write_bytes(root.pem)
    closed = tmp_path / "closed.pem"
    closed.write_bytes(root.pem)
    closed.chmod(0)
    done = vitrust_command("audit", tmp_path / "roots.pem", closed, "--at", AT)
    assert done.returncode == 1
    assert str(closed) in done.stderr


def test_a_severity_that_is_shown_does_not_change_the_code() -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT, "--severity", "critical", "--fail-on", "low", "--json")
    assert done.returncode == 1
    report = vitrust.Report.from_json(done.stdout)
    assert {finding.severity for finding in report.findings} == {"critical"}
    assert report.judged.found.low + report.judged.found.medium > 0


def test_explain_reads_a_chain_as_far_as_it_goes(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    (tmp_path / "roots.pem").write_bytes(root.pem)
    (tmp_path / "others.pem").write_bytes(pki.root("other").pem)
    key = server.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    secret = key.splitlines()[1].decode()
    answers = {
        (server.pem + key, "roots.pem"): ("trusted", 0),
        (key + server.pem, "others.pem"): ("untrusted", 1),
        (server.pem + BROKEN, "roots.pem"): ("trusted", 0),
        (server.pem + BROKEN, "others.pem"): ("unknown", 1),
    }
    for (chain, store), (state, code) in answers.items():
        (tmp_path / "chain.pem").write_bytes(chain)
        ask: list[str | Path] = ["explain", tmp_path / "chain.pem", "--store", tmp_path / store, "--at", AT]
        done = vitrust_command(*ask)
        assert (done.returncode, "NOT READ" in done.stdout) == (code, True)
        told = json.loads(vitrust_command(*ask, "--json").stdout)
        assert (told["state"], len(told["unread"])) == (state, 1)
        assert told["unread"][0]["place"]["source"] == "chain.pem"
        assert ("private key" in told["unread"][0]["reason"]) == (key in chain)
        assert secret not in done.stdout + done.stderr + json.dumps(told)
        verdict = vitrust.TrustStore.load(tmp_path / store).explain(tmp_path / "chain.pem", at=AT)
        assert (verdict.state, verdict.unread[0].place.source, bool(verdict.missing)) == (
            state,
            "chain.pem",
            state == "unknown",
        )
    # What stands before the end-entity certificate may be that certificate.
    (tmp_path / "chain.pem").write_bytes(BROKEN + server.pem)
    assert vitrust_command("explain", tmp_path / "chain.pem", "--store", tmp_path / "roots.pem").returncode == 3


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="there is no /dev/stdin on this system")
def test_a_chain_from_a_pipe_is_read_once(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    (tmp_path / "roots.pem").write_bytes(root.pem)
    command = [sys.executable, "-m", "vitrust", "explain", "-", "--store", str(tmp_path / "roots.pem"), "--at", AT]
    done = subprocess.run(command, input=server.pem, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Other consumers would say" in done.stdout
