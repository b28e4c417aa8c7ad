"""The ``vitrust`` command: output, exit codes and manners."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import vitrust
from typer.testing import CliRunner
from vitrust import _native
from vitrust.cli import times
from vitrust.cli.app import app

import pki

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
AT = "2026-06-01"


def vitrust_command(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, without a terminal."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-m", "vitrust", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)


@pytest.fixture
def files(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> Path:
    (tmp_path / "castore.pem").write_bytes(root.pem)
    (tmp_path / "chain.pem").write_bytes(server.pem)
    return tmp_path


def test_audit_tells_the_whole_story() -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT)
    assert done.returncode == 1
    assert done.stderr == ""
    first = done.stdout.splitlines()[0]
    assert first.startswith("✗ ")
    assert "5 vCenters, 12 hosts" in first
    headings = ["FINDINGS", "TRUST BETWEEN VCENTERS", "ADD TO TRUSTED_ROOTS", "TRUST BETWEEN VCENTERS AND HOSTS"]
    places = [done.stdout.index("\n" + heading) for heading in [*headings, "EXPIRY", "WHAT BREAKS NEXT"]]
    assert places == sorted(places)
    assert "VT202 expired-anchor-on-hosts" in done.stdout
    assert "-44  2026-04-18  expired  VMCA of vc04-old.lab.example" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_json_is_the_report_byte_for_byte() -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT, "--json", "--fail-on", "never")
    report = vitrust.assess(vitrust.Estate.load(ESTATE), at=AT)
    assert done.returncode == 0
    assert done.stdout == report.to_json() + "\n"


def test_the_exit_code_follows_fail_on(files: Path) -> None:
    # One root that outlives all thresholds: nothing worse than "info" may be said about it.
    report = vitrust.assess(vitrust.Estate.load(files / "castore.pem"), at=AT)
    assert report.worst in (None, "low", "info")
    assert vitrust_command("audit", files / "castore.pem", "--at", AT).returncode == 0
    late = ["audit", str(files / "castore.pem"), "--at", "2031-01-01"]
    worst = vitrust.assess(vitrust.Estate.load(files / "castore.pem"), at="2031-01-01").worst
    assert worst == "high"
    assert vitrust_command(*late).returncode == 1
    assert vitrust_command(*late, "--fail-on", "critical").returncode == 0
    assert vitrust_command(*late, "--fail-on", "never").returncode == 0


def test_the_matrix_is_a_grid() -> None:
    done = vitrust_command("matrix", ESTATE, "--at", AT)
    report = vitrust.assess(vitrust.Estate.load(ESTATE), at=AT)
    assert done.returncode == 1
    symbols = {"trusted": "✓", "untrusted": "✗", "unknown": "?"}
    names = [party.name for party in report.matrix.parties]
    for source in names:
        lines = [line.split() for line in done.stdout.splitlines() if line.split()[:1] == [source.split(".")[0]]]
        row = next(cells for cells in lines if set(cells[1:]) <= set(symbols.values()))
        assert row[1:] == [symbols[report.matrix.answer(source, target)] for target in names]
    part = json.loads(vitrust_command("matrix", ESTATE, "--at", AT, "--json").stdout)
    assert part["matrix"] == report.matrix.to_dict()
    assert part["additions"] == report.to_dict()["additions"]


def test_ascii_where_the_terminal_is_not_utf8() -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stdout.isascii()
    assert done.stdout.startswith("x ")
    assert "+ trusts   x does not trust   ? not known" in done.stdout


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[" not in vitrust_command("matrix", ESTATE, "--at", AT).stdout
    assert "\x1b[" in vitrust_command("matrix", ESTATE, "--at", AT, FORCE_COLOR="1", TERM="xterm").stdout
    forced = vitrust_command("matrix", ESTATE, "--at", AT, FORCE_COLOR="1", TERM="xterm", NO_COLOR="1").stdout
    assert "\x1b[3" not in forced


def test_expiry_lists_what_ends_within_the_span() -> None:
    done = vitrust_command("expiry", ESTATE, "--at", AT, "--within", "100d")
    assert done.returncode == 1
    rows = [
        line.split() for line in done.stdout.splitlines() if line.split()[:1] and line.split()[0].lstrip("-").isdigit()
    ]
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)
    assert all(int(row[0]) < 100 for row in rows)
    everything = json.loads(vitrust_command("expiry", ESTATE, "--at", AT, "--json").stdout)["expiry"]
    assert len(everything) > len(rows) > 0


def test_explain_says_yes_with_the_path(files: Path) -> None:
    done = vitrust_command(
        "explain", files / "chain.pem", "--store", files / "castore.pem", "--name", "vc01.example", "--at", AT
    )
    assert done.returncode == 0
    assert done.stdout.startswith("✓ trusted by profile strict")
    assert "CN=CA, DC=vsphere, DC=local" in done.stdout
    assert "✓ strict   ✓ openssl   ✓ java   ✓ go   ✓ webpki" in done.stdout


def test_explain_says_no_with_every_reason(files: Path) -> None:
    arguments: list[str | Path] = [
        "explain",
        files / "chain.pem",
        "--store",
        files / "castore.pem",
        "--name",
        "x.example",
        "--at",
        AT,
    ]
    done = vitrust_command(*arguments)
    assert done.returncode == 1
    assert done.stdout.startswith("✗ not trusted")
    assert "name-mismatch" in done.stdout
    verdict = json.loads(vitrust_command(*arguments, "--json").stdout)
    assert verdict["trusted"] is False
    assert verdict["rejections"][0]["code"] == "name-mismatch"


def test_explain_takes_crls(files: Path, root: pki.Issued, server: pki.Issued) -> None:
    (files / "vmca.crl").write_bytes(pki.crl_pem(root, server))
    arguments: list[str | Path] = ["explain", files / "chain.pem", "--store", files / "castore.pem", "--at", AT]
    done = vitrust_command(*arguments, "--crl", files / "vmca.crl")
    assert done.returncode == 1
    assert "revoked" in done.stdout


def test_inspect_shows_what_is_there_and_what_is_not(files: Path, root: pki.Issued) -> None:
    assert vitrust_command("inspect", files / "chain.pem").returncode == 0
    broken = files / "broken.pem"
    broken.write_bytes(root.pem + b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n")
    done = vitrust_command("inspect", broken)
    line = root.pem.count(b"\n") + 1
    assert done.returncode == 1
    assert "1 certificate, 1 unreadable" in done.stdout
    assert f"broken.pem line {line}" in done.stdout
    data = json.loads(vitrust_command("inspect", broken, "--json").stdout)[str(broken)]
    assert data["certificates"][0]["place"] == "broken.pem line 1"
    assert data["unreadable"][0]["place"] == f"broken.pem line {line}"


def test_other_stores_of_a_listing_are_no_anchors(tmp_path: Path, server: pki.Issued) -> None:
    entry = "[*] Store : {}\nAlias :\t{}\nEntry type :\t{}\nCertificate :\t{}\n"
    machine = entry.format("MACHINE_SSL_CERT", "__MACHINE_CERT", "Private Key", server.pem.decode())
    roots = entry.format("TRUSTED_ROOTS", "a", "Trusted Cert", pki.root("another").pem.decode())
    dump, chain = tmp_path / "dump.txt", tmp_path / "chain.pem"
    dump.write_text(machine + roots)
    chain.write_bytes(server.pem)
    for store in (vitrust.TrustStore.load(dump), vitrust.TrustStore.from_vecs(dump)):
        assert (len(store), server.der in store) == (1, False)
        ((aside, place),) = store.set_aside
        assert aside == vitrust.Certificate(server.der)
        assert "store MACHINE_SSL_CERT" in place
        assert "1 set aside" in repr(store)
    assert server.der in vitrust.TrustStore.load(dump, store="MACHINE_SSL_CERT")
    done = vitrust_command("explain", chain, "--store", dump, "--at", "2026-06-01", "--profile", "java")
    assert done.returncode == 1
    assert "1 certificate from VECS stores other than TRUSTED_ROOTS" in " ".join(done.stdout.split())
    assert "1 certificate, 1 of other VECS stores" in " ".join(vitrust_command("inspect", dump).stdout.split())
    data = json.loads(vitrust_command("inspect", dump, "--json").stdout)[str(dump)]
    assert [len(data["certificates"]), len(data["set_aside"])] == [1, 1]


@pytest.mark.parametrize(("proved", "words"), [(True, "the smallest set"), (False, "a small set")])
def test_the_smallest_set_is_claimed_only_where_it_is_proved(proved: bool, words: str) -> None:
    gap = {"certificate_id": "1", "reason": "none", "hint": "renew"}
    data = {
        "additions": {"rows": [], "unfixable": [gap], "is_minimal": proved},
        "certificates": [{"id": "1", "short_name": "a"}],
    }
    page = _native.render(json.dumps(data), "reasons", (120, False, True))
    assert words in page
    assert "✗ a: none" in page


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil.pem"
    file.write_bytes(pki.root("evil\x1b]0;owned\x07").pem)
    done = vitrust_command("inspect", file)
    assert "\x1b" not in done.stdout
    assert r"evil\x1b]0\;owned\x07" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["audit", "no/such/folder"], 3, "no/such/folder: no such file or directory"),
        (["inspect", "no/such/file.pem"], 3, "no such file"),
        (["audit", str(ESTATE), "--at", "tuesday"], 2, "`tuesday` is not a time"),
        (["audit", str(ESTATE), "--within", "soon"], 2, "is not a span of time"),
        (["audit", str(ESTATE), "--at", "+999999y"], 2, "is outside the calendar"),
        (["audit", str(ESTATE), "--thresholds", "lax"], 2, "not a threshold profile"),
        (["audit", str(ESTATE), "--profile", "lax"], 2, "lax"),
        (["audit"], 2, "Missing argument"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_what_goes_wrong_is_one_message_and_a_code(arguments: list[str], code: int, words: str) -> None:
    done = vitrust_command(*arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_schemas_are_json_schemas() -> None:
    for name in ("estate", "report"):
        done = vitrust_command("schema", name)
        assert done.returncode == 0
        assert json.loads(done.stdout)["title"].lower() == name


def test_version_and_help() -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["--version"]).output == f"vitrust {vitrust.__version__}\n"
    for command in ("audit", "matrix", "expiry", "explain", "inspect", "schema"):
        done = runner.invoke(app, [command, "--help"])
        assert done.exit_code == 0
        assert "Exit codes" in done.output


def test_a_missing_extra_is_explained() -> None:
    # An import hook stands for an installation without the extra.
    code = "import sys; sys.modules['typer'] = None; from vitrust.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "the vitrust command needs the package typer: pip install 'vitrust[cli]'\n"


def test_times_are_relative_to_now() -> None:
    now = datetime.now(timezone.utc)
    for text, days in (("now", 0), ("+90d", 90), ("-1y", -365), ("+2w", 14)):
        at = datetime.fromisoformat(times.moment(text).replace("Z", "+00:00"))
        assert abs(at - now - timedelta(days=days)) < timedelta(minutes=1)
    assert times.moment("2026-06-01") == "2026-06-01"
    assert [times.days(text) for text in ("60d", "60", "8w", "6m", "1y")] == [60, 60, 56, 180, 365]


def test_pages_keep_to_their_width() -> None:
    assert max(map(len, vitrust_command("audit", ESTATE, "--at", AT, COLUMNS="60").stdout.splitlines())) <= 60
