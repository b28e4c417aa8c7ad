"""The ``vitrust`` command where things go wrong: unreadable inputs, hostile text, closed pipes, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import vitrust
from vitrust import _native
from vitrust.cli import app

import pki
from test_cli import AT, ESTATE, vitrust_command

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals, devices and byte paths are those of POSIX")
COMMAND = [sys.executable, "-m", "vitrust"]
BROKEN = b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n"


@pytest.fixture
def files(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> Path:
    (tmp_path / "castore.pem").write_bytes(root.pem)
    (tmp_path / "chain.pem").write_bytes(server.pem)
    return tmp_path


def test_crl_that_is_none_is_refused(files: Path) -> None:
    store = files / "castore.pem"
    done = vitrust_command("explain", files / "chain.pem", "--store", store, "--crl", store, "--at", AT)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "vitrust: castore.pem: holds no CRL\n"


def test_crls_may_be_required(files: Path, root: pki.Issued) -> None:
    (files / "vmca.crl").write_bytes(pki.crl_pem(root))
    store = files / "castore.pem"
    ask: list[str | Path] = ["explain", files / "chain.pem", "--store", store, "--at", AT, "--require-crl"]
    assert vitrust_command(*ask).returncode == 1
    assert vitrust_command(*ask, "--crl", files / "vmca.crl").returncode == 0


@pytest.mark.parametrize("content", [b"junk", pki.root().pem[:200], b'{"schema": "vitrust-estate/1"}'])
@pytest.mark.parametrize("command", ["audit", "matrix", "expiry"])
def test_nothing_read_is_not_all_well(tmp_path: Path, command: str, content: bytes) -> None:
    file = tmp_path / "machine-ssl.pem"
    file.write_bytes(content)
    done = vitrust_command(command, file, "--at", AT)
    assert done.returncode == 3
    assert done.stderr == "vitrust: nothing could be read from the inputs\n"
    assert ("machine-ssl.pem" in done.stdout) == (b"schema" not in content)
    assert vitrust_command(command, file, "--at", AT, "--json").returncode == 3


def test_what_could_not_be_read_is_listed(files: Path, root: pki.Issued) -> None:
    file = files / "machine-ssl.pem"
    file.write_bytes(root.pem + BROKEN)
    for command in ("matrix", "expiry"):
        done = vitrust_command(command, file, "--at", AT)
        assert "COULD NOT BE READ" in done.stdout
        assert done.returncode in (0, 1)
        (block,) = json.loads(vitrust_command(command, file, "--at", AT, "--json").stdout)["unreadable"]
        assert block["place"] == f"machine-ssl.pem line {len(root.pem.splitlines()) + 1}"


def test_explain_says_what_of_the_store_had_no_say(files: Path, root: pki.Issued) -> None:
    store = files / "roots.pem"
    store.write_bytes(BROKEN + root.pem)
    ask: list[str | Path] = ["explain", files / "chain.pem", "--store", store, "--at", AT]
    done = vitrust_command(*ask)
    assert done.returncode == 0
    assert "NOT CONSIDERED" in done.stdout
    assert "roots.pem line 1" in done.stdout
    done = vitrust_command(*ask, "--json")
    assert json.loads(done.stdout)["trusted"] is True
    assert "1 block of the store cannot be read: roots.pem line 1" in done.stderr


def test_no_escape_and_no_line_of_the_data_is_printed(tmp_path: Path) -> None:
    estate = tmp_path / "estate.json"
    estate.write_text('{"schema": "vitrust-estate/1", "\\u001b[31mEVIL\\u0007": 1}', encoding="utf-8")
    done = vitrust_command("audit", estate)
    assert done.returncode == 3
    assert r"\u{1b}[31mEVIL\u{7}" in done.stderr
    assert "\x1b" not in done.stderr
    (tmp_path / "evil.pem").write_bytes(pki.root("a\nb").pem)
    assert r"CN=a\nb" in vitrust_command("inspect", tmp_path / "evil.pem").stdout


@POSIX
def test_names_that_are_no_text_are_no_defect(files: Path, root: pki.Issued) -> None:
    file = os.fsencode(files) + b"/a\xff.pem"
    with open(file, "wb") as out:  # noqa: PTH123 - a path of bytes
        out.write(root.pem)
    path = os.fsdecode(file)
    data = json.loads(vitrust_command("inspect", path, "--json").stdout)
    assert list(data) == [path]
    assert r"a\udcff.pem" in vitrust_command("inspect", path).stdout
    for option in (["--at", "\udcff"], ["--name", "\udcff"]):
        done = vitrust_command("explain", files / "chain.pem", "--store", files / "castore.pem", *option)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@POSIX
def test_a_pipe_nobody_reads_ends_quietly() -> None:
    end, begin = os.pipe()
    os.close(end)
    done = subprocess.run([*COMMAND, "schema", "report"], stdout=begin, stderr=subprocess.PIPE, check=False)
    os.close(begin)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


@POSIX
def test_output_that_cannot_be_written_is_one_line(files: Path) -> None:
    inspect = [*COMMAND, "inspect", str(files / "castore.pem")]
    closed = subprocess.run(["/bin/sh", "-c", 'exec "$@" >&-', "sh", *inspect], capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (3, b"vitrust: standard output is closed\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(inspect, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(b"vitrust: ")
    assert done.stderr.count(b"\n") == 1


@POSIX
def test_ctrl_c_ends_native_work() -> None:
    with subprocess.Popen([*COMMAND, "inspect", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        # More than a pipe holds: when it is written, the native half is reading.
        running.stdin.write(b"x" * 300_000)
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == -signal.SIGINT
        assert running.stderr.read() == b""


def test_a_defect_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> None:
        raise RuntimeError("a\nb")

    monkeypatch.setattr(app, "app", broken)
    with pytest.raises(SystemExit) as caught:
        app.run()
    assert caught.value.code == 4
    assert capsys.readouterr().err == "vitrust: a defect of vitrust, please report it: RuntimeError: a\\nb\n"


@pytest.mark.parametrize("columns", ["0", "5", "-3", "wide", "9" * 5000])
def test_a_width_that_is_none_is_not_believed(columns: str) -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT, COLUMNS=columns)
    assert done.returncode == 1
    assert done.stdout == vitrust_command("audit", ESTATE, "--at", AT).stdout
    assert max(map(len, vitrust_command("audit", ESTATE, "--at", AT, COLUMNS="60").stdout.splitlines())) <= 60


def test_hosts_of_one_name_stay_apart(tmp_path: Path) -> None:
    data = vitrust.Estate.load(ESTATE).to_dict()
    twin = next(vcenter for vcenter in data["vcenters"] if vcenter.get("hosts"))
    data["vcenters"].append(twin)
    file = tmp_path / "twins.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    hosts = len(twin["hosts"])
    done = vitrust_command("audit", file, "--at", AT)
    assert done.stdout.count(" (2) ") == hosts
    assert f"{12 + hosts} hosts" in done.stdout


def test_vcenters_of_one_name_stay_apart() -> None:
    party = {"name": "vc01.example", "vcenters": ["vc01.example"], "has_store": True}
    data = {"parties": [party, party], "rows": ["+-", "++"], "is_mutual": False, "untrusted": 1, "unknown": 0}
    matrix = vitrust.Matrix(data, vitrust.Additions((), (), True), ())
    assert (matrix.cell(0, 1), matrix.cell(1, 0)) == ("untrusted", "trusted")
    for unicode, (good, bad) in {True: ("✓", "✗"), False: ("+", "x")}.items():
        page = _native.render(json.dumps({"matrix": data}), "matrix", (120, False, unicode))
        rows = [line.split()[1:] for line in page.splitlines() if line.startswith("  vc01")]
        assert rows == [[good, bad], [good, good]]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": "vitrust-report/2"}', '{"schema": "vitrust-report/2", "x": ' + "[" * 100_000],
)
def test_what_is_no_report_is_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(vitrust.ArgumentError, match="the text is not a report"):
        vitrust.Report.from_json(text)


def test_a_kept_report_looks_as_a_fresh_one() -> None:
    report = vitrust.assess(vitrust.Estate.load(ESTATE), at=AT, within=60)
    kept = vitrust.Report.from_json(report.to_json())
    assert kept == report
    assert (kept.within, kept.judged.vcenters) == (60, 5)
    for view in ("audit", "matrix", "reasons", "expiry"):
        assert kept.render(view) == report.render(view)
    with pytest.raises(vitrust.ArgumentError, match="columns"):
        report.render(width=-1)
