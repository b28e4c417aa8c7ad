"""``vitrust.Estate`` and ``vitrust.assess``: the example estate, and small ones made here."""

from __future__ import annotations

import json
import pickle
from datetime import datetime, timezone
from pathlib import Path
from typing import get_args

import pytest
import vitrust
from vitrust import _native

import pki

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
AT = "2026-06-01"


@pytest.fixture(scope="module")
def estate() -> vitrust.Estate:
    return vitrust.Estate.load(ESTATE)


@pytest.fixture(scope="module")
def report(estate: vitrust.Estate) -> vitrust.Report:
    return vitrust.assess(estate, at=AT)


def folder_of_two(folder: Path, *, share: bool) -> Path:
    """Write two vCenters in the documented layout; with ``share`` the first also holds the second's root."""
    for name, other in (("vc01.example", "vc02.example"), ("vc02.example", "vc01.example")):
        root = pki.root(f"root of {name}")
        (folder / name).mkdir(parents=True)
        (folder / name / "machine-ssl.pem").write_bytes(pki.server(name, root).pem)
        foreign = pki.root(f"root of {other}").pem if share and name == "vc01.example" else b""
        (folder / name / "trusted-roots.pem").write_bytes(root.pem + foreign)
    return folder


def test_a_folder_becomes_an_estate(estate: vitrust.Estate) -> None:
    assert [name.split(".")[0] for name in estate.vcenters] == ["vc01", "vc02", "vc03", "vc04", "vc05"]
    assert sum(map(len, estate.hosts.values())) == 12
    assert estate == vitrust.Estate.load(str(ESTATE)) == vitrust.Estate.load([ESTATE])
    assert repr(estate).startswith("<vitrust.Estate of 5 vCenters, 12 hosts")


def test_an_estate_reads_back(estate: vitrust.Estate, tmp_path: Path) -> None:
    file = tmp_path / "estate.json"
    file.write_text(estate.to_json(), encoding="utf-8")
    assert vitrust.Estate.from_json(estate.to_json()) == estate
    assert vitrust.Estate.from_json(file) == estate == vitrust.Estate.load(file)
    assert pickle.loads(pickle.dumps(estate)) == estate  # noqa: S301 - written in this line
    assert vitrust.Estate.from_json(json.dumps(estate.to_dict())) == estate


def test_a_report_is_its_json(estate: vitrust.Estate, report: vitrust.Report) -> None:
    assert report == vitrust.assess(estate, at=datetime(2026, 6, 1, tzinfo=timezone.utc))
    assert json.loads(report.to_json()) == report.to_dict()
    assert report == pickle.loads(pickle.dumps(report))  # noqa: S301 - written in this line
    assert (report.at, report.profile, report.thresholds) == (pki.AT, "strict", "vsphere")
    assert len(report.findings) == len(report.to_dict()["findings"])
    assert report.worst == report.findings[0].severity == "critical"


def test_findings_are_typed(report: vitrust.Report) -> None:
    (finding,) = (finding for finding in report.findings if finding.id == "VT202")
    assert finding.name == "expired-anchor-on-hosts"
    assert {subject.host for subject in finding.subjects if subject.part == "castore"} >= {"esx31.lab.example"}
    assert finding.evidence.date == datetime(2026, 4, 18, tzinfo=timezone.utc)
    assert finding.evidence.days_left == -44
    assert finding.evidence.certificates[0].is_ca
    assert finding.remedy is not None
    assert "Refresh CA" in finding.remedy
    assert str(finding.subjects[0])


def test_expiry_counts_days(estate: vitrust.Estate, report: vitrust.Report) -> None:
    days = [row.days_left for row in report.expiry]
    assert days == sorted(days)
    assert report.expiry[0].state == "expired"
    near = vitrust.assess(estate, at=AT, within=100).expiry
    assert 0 < len(near) < len(report.expiry)
    assert all(row.days_left < 100 for row in near)


def test_the_matrix_answers_by_name(report: vitrust.Report) -> None:
    matrix = report.matrix
    names = [name for party in matrix.parties for name in party.vcenters]
    assert sorted(names) == [f"vc0{number}.lab.example" for number in range(1, 6)]
    assert not matrix.is_mutual
    # vc03's VMCA root was regenerated: vc01 still holds the old one, vc03 its own new one.
    assert matrix.answer("vc01.lab.example", "vc03.lab.example") == "untrusted"
    assert matrix.trusts("vc03.lab.example", "vc03.lab.example")
    cells = [matrix.answer(a.name, b.name) for a in matrix.parties for b in matrix.parties]
    assert (cells.count("untrusted"), cells.count("unknown")) == (matrix.untrusted, matrix.unknown)
    with pytest.raises(KeyError):
        matrix.trusts("vc01.lab.example", "vc99.lab.example")
    assert matrix.additions == report.additions
    assert "untrusted" in repr(matrix)


def test_the_additions_complete_the_matrix(tmp_path: Path) -> None:
    one_sided = vitrust.Estate.load(folder_of_two(tmp_path / "before", share=True))
    before = vitrust.assess(one_sided, at=AT)
    assert before.matrix.trusts("vc01.example", "vc02.example")
    assert not before.matrix.trusts("vc02.example", "vc01.example")
    (row,) = before.additions.rows
    assert (row.to, row.because, before.additions.is_minimal) == (("vc02.example",), ("vc01.example",), True)
    store = tmp_path / "before" / "vc02.example" / "trusted-roots.pem"
    store.write_bytes(store.read_bytes() + row.pem.encode())
    after = vitrust.assess(vitrust.Estate.load(tmp_path / "before"), at=AT)
    assert after.matrix.is_mutual
    assert after.additions.rows == ()


def test_edges_and_forecast_are_typed(report: vitrust.Report) -> None:
    assert len(report.edges) == 4 * 12
    bad = [edge for edge in report.edges if edge.verdict == "untrusted"]
    assert bad
    assert all(edge.rejections for edge in bad if not edge.missing and not edge.pinned)
    events = report.forecast.events
    assert [event.date for event in events] == sorted(event.date for event in events)
    assert all(report.forecast.at <= event.date <= report.forecast.until for event in events)
    assert sum(len(event.links) for event in events if event.count) > 0
    link = next(link for event in events for link in event.links)
    assert link.from_
    assert link.to
    assert link.by
    assert all(by.verdict != "trusted" and by.since >= report.at for by in link.by)


def test_links_break_on_the_day_of_the_forecast(tmp_path: Path) -> None:
    estate = vitrust.Estate.load(folder_of_two(tmp_path / "estate", share=True))
    first = next(event for event in vitrust.assess(estate, at=AT).forecast.events if event.count)
    assert first.date == pki.END
    before = vitrust.assess(estate, at=first.date).matrix
    after = vitrust.assess(estate, at="2030-01-01T00:00:01Z").matrix
    assert before.trusts("vc01.example", "vc02.example")
    assert not after.trusts("vc01.example", "vc02.example")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not an estate"),
        ('{"vcenters": [{"name": "a", "colour": "red"}]}', "colour"),
        ('{"vcenters": [{"name": "a", "vmca_root": {"certificate": "' + "0" * 64 + '"}}]}', "no entry 000"),
    ],
)
def test_a_bad_estate_names_what_and_where(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(vitrust.UnreadableError, match=words) as caught:
        vitrust.Estate.from_json(text)
    assert caught.value.name == "estate"
    file = tmp_path / "estate.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(vitrust.UnreadableError, match=r"estate\.json"):
        vitrust.Estate.from_json(file)


def test_unknown_options_are_refused(estate: vitrust.Estate) -> None:
    with pytest.raises(vitrust.ArgumentError, match="threshold") as caught:
        vitrust.assess(estate, at=AT, thresholds="lax")
    assert caught.value.code == 12
    with pytest.raises(TypeError, match="from_json"):
        vitrust.Estate.load(b"{}")  # type: ignore[arg-type]
    with pytest.raises(vitrust.MissingFileError):
        vitrust.Estate.load("no/such/folder")


def test_an_estate_gives_its_certificates_and_stores(estate: vitrust.Estate) -> None:
    certificates = estate.certificates
    assert {certificate.sha256 for certificate in certificates} == set(estate.to_dict()["certificates"])
    assert len(set(certificates)) == len(certificates) > 20
    for number, vcenter in enumerate(estate.vcenters):
        held = estate.to_dict()["vcenters"][number]["trusted_roots"]["certificates"]
        roots = estate.store(vcenter)
        assert roots is not None
        assert {certificate.sha256 for certificate in roots} <= set(held)
        assert set(held) - {certificate.sha256 for certificate in roots} == set()
    castore = estate.store("vc04.lab.example", host="esx31.lab.example")
    folder = ESTATE / "vc04" / "hosts" / "esx31.lab.example"
    assert castore == vitrust.TrustStore.load(folder / "castore.pem")
    for names in (("vc99", None), ("vc04.lab.example", "esx99"), ("vc01.lab.example", "esx31.lab.example")):
        with pytest.raises(KeyError):
            estate.store(names[0], host=names[1])
    bare = vitrust.Estate.from_json('{"vcenters": [{"name": "vc01", "hosts": [{"name": "esx01"}]}]}')
    assert bare.store("vc01") is bare.store("vc01", host="esx01") is None


def test_matrices_that_say_the_same_are_equal(estate: vitrust.Estate, report: vitrust.Report) -> None:
    again = vitrust.assess(estate, at=AT).matrix
    assert report.matrix == again
    assert hash(report.matrix) == hash(again)
    assert report.matrix != vitrust.assess(estate, at=AT, profile="java").matrix
    assert pickle.loads(pickle.dumps(report.matrix)) == again  # noqa: S301 - written in this line


def test_a_report_may_be_limited(estate: vitrust.Estate, report: vitrust.Report) -> None:
    part = vitrust.assess(estate, at=AT, vcenters=["vc04.lab.example"], severity="high")
    assert (part.vcenters, part.severity) == (("vc04.lab.example",), "high")
    assert (report.vcenters, report.severity) == ((), None)
    assert {finding.severity for finding in part.findings} <= {"critical", "high"}
    assert {finding.key for finding in part.findings} < {finding.key for finding in report.findings}
    assert sum(vars(report.judged.found).values()) == len(report.findings)
    assert vitrust.Report.from_json(part.to_json()) == part
    with pytest.raises(vitrust.ArgumentError, match=r"`vc99`; it has vc01\.lab\.example"):
        vitrust.assess(estate, at=AT, vcenters=["vc99"])
    with pytest.raises(vitrust.ArgumentError, match="critical, high, medium, low or info"):
        vitrust.assess(estate, at=AT, severity="severe")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="list of names"):
        vitrust.assess(estate, at=AT, vcenters="vc01.lab.example")


def test_words_are_types() -> None:
    words = {
        vitrust.State: {"trusted", "untrusted", "unknown"},
        vitrust.Profile: {"strict", "openssl", "java", "go", "webpki"},
        vitrust.SeverityName: {"critical", "high", "medium", "low", "info"},
    }
    for alias, expected in words.items():
        assert set(get_args(alias)) == expected
    schema = json.loads(_native.schema("report"))["$defs"]
    for alias, name in ((vitrust.Part, "Part"), (vitrust.EdgeKind, "EdgeKind"), (vitrust.SeverityName, "Severity")):
        known = schema[name].get("enum") or [choice["const"] for choice in schema[name]["oneOf"]]
        assert set(get_args(alias)) == set(known)
    # The schema has the worst first.
    for kind in (vitrust.Severity, vitrust.ExpiryState):
        assert [choice["const"] for choice in schema[kind.__name__]["oneOf"]] == sorted(kind, reverse=True)
