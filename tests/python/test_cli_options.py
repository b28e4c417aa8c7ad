"""The options of the ``vitrust`` command that choose what is shown, the files it writes, and its topics."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import vitrust
from typer.testing import CliRunner
from vitrust.cli import pems
from vitrust.cli.app import app

import pki
from test_cli import AT, ESTATE, vitrust_command
from test_estate import folder_of_two
from test_guide import ALONE, MANY, large

VC04 = "vc04.lab.example"
#: The first vCenter, the second, both, and all there are.
ONLY: tuple[list[str], ...] = (
    ["--vcenter", "vc01"],
    ["--vcenter", "VC02.example"],
    ["--vcenter", "vc01.example", "--vcenter", "vc02.example"],
    [],
)


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("thirty") / "estate.json"
    file.write_text(large(), encoding="utf-8")
    return file


def test_a_page_of_one_vcenter_shows_what_concerns_it() -> None:
    done = vitrust_command("audit", ESTATE, "--at", AT, "--vcenter", "vc04")
    whole = vitrust_command("audit", ESTATE, "--at", AT)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0].endswith(f"in 1 vCenter, 3 hosts; only {VC04}")
    assert "vc02 / esx11" in whole.stdout
    assert "vc02 / esx11" not in done.stdout
    assert "vc04 / esx31" in done.stdout
    text = vitrust_command("audit", ESTATE, "--at", AT, "--vcenter", VC04, "--json").stdout
    report = vitrust.Report.from_json(text.strip())
    assert report.vcenters == (VC04,)
    assert {edge.vcenter for edge in report.edges} == {VC04}
    assert report == vitrust.assess(vitrust.Estate.load(ESTATE), at=AT, vcenters=[VC04])
    keys = [finding.key for finding in vitrust.assess(vitrust.Estate.load(ESTATE), at=AT).findings]
    assert [key for key in keys if key in {finding.key for finding in report.findings}] == [
        finding.key for finding in report.findings
    ]


def test_the_code_counts_what_is_shown(thirty: Path) -> None:
    names = [f"vc{number:02}" for number in (1, MANY)]
    for name in names:
        done = vitrust_command("matrix", thirty, "--at", AT, "--vcenter", name, "--json")
        part = json.loads(done.stdout)
        assert part["vcenters"] == [f"{name}.lab.example"]
        refused = ALONE - 1 + MANY - 1 if name == "vc01" else ALONE
        assert sum(cause["count"] for cause in part["causes"]) == refused
        assert done.returncode == 1


def test_who_does_not_trust_a_vcenter_counts_for_it_and_its_own_troubles_do_not(tmp_path: Path) -> None:
    folder = folder_of_two(tmp_path / "two", share=True)
    for command in ("matrix", "audit"):
        done = [vitrust_command(command, folder, "--at", AT, *only) for only in ONLY]
        assert [one.returncode for one in done] == [1, 1, 1, 1]
        assert "vc01 is not trusted by vc02" in done[0].stdout
    assert "VT501" in done[0].stdout
    root = (folder / "vc01.example" / "trusted-roots.pem").read_bytes()
    (folder / "vc02.example" / "trusted-roots.pem").write_bytes(root)
    (folder / "vc02.example" / "sts.pem").write_text("permission denied", encoding="utf-8")
    for command in ("matrix", "audit"):
        codes = [vitrust_command(command, folder, "--at", AT, *only).returncode for only in ONLY]
        assert codes == [0, 1, 1, 1]


@pytest.mark.parametrize("command", ["audit", "matrix", "expiry"])
def test_a_vcenter_that_is_not_there_is_wrong_usage(command: str) -> None:
    done = vitrust_command(command, ESTATE, "--at", AT, "--vcenter", "vc1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`vc1`" in done.stderr
    assert all(f"vc0{number}.lab.example" in done.stderr for number in range(1, 6))


def test_full_lists_have_no_rest(thirty: Path) -> None:
    for command in ("audit", "matrix", "expiry"):
        done = vitrust_command(command, thirty, "--at", AT, "--full")
        assert " more" not in done.stdout.replace("more at a time", "")
    assert " and 23 more" in vitrust_command("matrix", thirty, "--at", AT).stdout


def test_an_audit_has_a_line_for_each_vcenter(thirty: Path) -> None:
    lines = vitrust_command("audit", thirty, "--at", AT).stdout.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("BY VCENTER"))
    table = [line.split() for line in lines[start + 2 : start + 2 + MANY]]
    assert sorted(cells[0] for cells in table) == [f"vc{number:02}" for number in range(1, MANY + 1)]
    for cells in table:
        assert cells[-2] == str(ALONE - 1 if cells[0] <= f"vc{ALONE:02}" else ALONE)


def test_additions_are_written_once_and_nothing_is_overwritten(thirty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pems"
    done = vitrust_command("matrix", thirty, "--at", AT, "--write-pems", folder)
    rows = vitrust.assess(vitrust.Estate.load(thirty), at=AT).additions.rows
    assert len(rows) == ALONE
    for row in rows:
        file = folder / f"{row.add.short_name.replace(' ', '-')}-{(row.add.sha1 or '')[:8]}.pem"
        assert file.read_text(encoding="ascii") == row.pem
        assert f"vitrust: {file}: add to TRUSTED_ROOTS of {', '.join(row.to)}\n" in done.stderr
    assert len(list(folder.iterdir())) == ALONE
    again = vitrust_command("audit", thirty, "--at", AT, "--write-pems", folder, "--json")
    assert again.returncode == 1
    assert json.loads(again.stdout)["schema"] == "vitrust-report/2"
    file.write_bytes(b"mine")
    refused = vitrust_command("matrix", thirty, "--at", AT, "--write-pems", folder)
    assert refused.returncode == 3
    assert f"{file}: there is a different file with this name" in refused.stderr
    assert file.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("short_name", "name"),
    [
        ("VMCA of vc01.lab.example", "VMCA-of-vc01.lab.example-0a1b2c3d.pem"),
        ("VMCA of vc01 (0A:1B:2C:3D)", "VMCA-of-vc01-0a1b2c3d.pem"),
        ("../../etc/passwd", "etc-passwd-0a1b2c3d.pem"),
        ("CON.example", "_CON.example-0a1b2c3d.pem"),
        ("nul", "_nul-0a1b2c3d.pem"),
        ('a<b>:"c|?*\\d', "a-b-c-d-0a1b2c3d.pem"),
        ("東京", "certificate-0a1b2c3d.pem"),
        ("x" * 300, "x" * 60 + "-0a1b2c3d.pem"),
    ],
)
def test_names_of_files_are_names_everywhere(short_name: str, name: str) -> None:
    record = vitrust.CertificateRecord("CN=a", "CN=a", "01", sha1="0a1b2c3d" + "0" * 32, short_name=short_name)
    assert pems.file_name(record) == name


def test_every_finding_has_its_page() -> None:
    entries = vitrust.findings()
    assert len(entries) > 40
    runner = CliRunner()
    for entry in entries:
        pages = [runner.invoke(app, ["help", topic]).output for topic in (entry.id, entry.id.lower(), entry.name)]
        assert pages[0] == pages[1] == pages[2]
        text = " ".join(pages[0].split())
        assert text.startswith(f"{entry.id} {entry.name} ")
        for part in (entry.severity, entry.summary, entry.remedy, entry.source, entry.since):
            assert part in text


def test_a_page_keeps_to_its_width() -> None:
    done = vitrust_command("help", "VT202", COLUMNS="60")
    assert done.returncode == 0
    assert "KB 402809" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 60


def test_help_has_topics() -> None:
    whole = vitrust_command("help").stdout
    assert "audit" in whole
    assert "VT101 to VT" in whole
    assert "--fail-on" in vitrust_command("help", "exit-codes").stdout
    assert "--thresholds" in vitrust_command("help", "expiry").stdout
    wrong = vitrust_command("help", "VT999")
    assert wrong.returncode == 2
    assert "exit-codes" in wrong.stderr
    assert "audit" in wrong.stderr


def test_a_finding_keeps_its_key() -> None:
    store = vitrust.Estate.load(ESTATE)
    first = {finding.key: finding.id for finding in vitrust.assess(store, at=AT).findings}
    second = {finding.key: finding.id for finding in vitrust.assess(store, at="2026-06-02").findings}
    assert first == second
    assert all(key.startswith(f"{name}-") for key, name in first.items())


def test_a_file_where_a_folder_belongs_is_told_in_words(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"")
    done = vitrust_command("matrix", ESTATE, "--at", AT, "--write-pems", taken)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (3, f"vitrust: {taken}: File exists")


def test_a_crowd_is_shown_whole_where_all_is_asked_for(tmp_path: Path, root: pki.Issued) -> None:
    """More certificates in one state than are findings of their own: the page says how many more, or shows them."""
    hosts = tmp_path / "vc01" / "hosts"
    for number in range(8):
        (hosts / f"esx{number}.example").mkdir(parents=True)
        late = pki.server(f"esx{number}.example", root, end=pki.AT - timedelta(days=1))
        (hosts / f"esx{number}.example" / "443.pem").write_bytes(late.pem)
    pages = [vitrust_command("audit", tmp_path, "--at", AT, *words).stdout for words in ((), ("--full",))]
    findings = [" ".join(page.partition("FINDINGS")[2].partition("VT1")[0].split()) for page in pages]
    assert "and 5 certificates more" in findings[0]
    assert " certificates more" not in findings[1]
    assert all(f"esx{number}.example" in findings[1] for number in range(8))
