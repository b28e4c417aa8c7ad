"""Words that are better or worse than one another compare by that."""

from __future__ import annotations

import json
import pickle

import pytest
import vitrust
from vitrust import ExpiryState, Severity

from test_cli import AT, ESTATE


def test_severities_are_ordered_and_are_their_words() -> None:
    assert Severity.CRITICAL > Severity.HIGH > "medium" > Severity.LOW > Severity.INFO
    assert Severity.HIGH >= "high"
    assert Severity.HIGH <= "critical"
    assert not Severity.HIGH < "low"
    assert max(Severity) == "critical"
    assert sorted(Severity)[0] == "info"
    assert Severity("high") == "high"
    assert {"high": 1}[Severity.HIGH] == 1
    assert f"{Severity.HIGH:>6}" == "  high"
    assert json.dumps({"severity": Severity.HIGH}) == '{"severity": "high"}'
    assert pickle.loads(pickle.dumps(Severity.HIGH)) is Severity.HIGH  # noqa: S301 - written in this line
    assert ExpiryState.EXPIRED > ExpiryState.NOT_YET_VALID > "hard" > ExpiryState.SOFT > "good"
    with pytest.raises(ValueError, match="'severe' is no Severity: info, low, medium, high, critical"):
        assert Severity.HIGH > "severe"


def test_rows_of_a_report_are_filtered_by_how_bad_they_are() -> None:
    report = vitrust.assess(vitrust.Estate.load(ESTATE), at=AT)
    bad = [finding for finding in report.findings if finding.severity >= "high"]
    assert bad == list(vitrust.assess(vitrust.Estate.load(ESTATE), at=AT, severity="high").findings)
    assert bad == list(vitrust.assess(vitrust.Estate.load(ESTATE), at=AT, severity=Severity.HIGH).findings)
    assert report.worst is Severity.CRITICAL
    assert {row.state for row in report.expiry if row.state >= "hard"} <= {"hard", "not-yet-valid", "expired"}
    assert vitrust.findings()[0].severity in set(Severity)


def test_a_verdict_names_the_certificate_that_was_asked_about() -> None:
    chain = ESTATE / "vc05" / "machine-ssl.pem"
    for store in ("vc01/trusted-roots.txt", "vc04/trusted-roots.txt"):
        verdict = vitrust.TrustStore.load(ESTATE / store).explain(chain, at=AT)
        assert verdict.certificate.subject.startswith("CN=vc05")
        assert verdict.to_dict()["certificate"]["sha256"] == verdict.certificate.sha256
