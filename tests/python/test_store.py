"""``vitrust.TrustStore``: what it holds, what it kept aside, and who it trusts."""

from __future__ import annotations

import json
import pickle
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import vitrust

import pki
from pki import AT
from test_inputs import DUMP

BROKEN = b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n"


def test_a_store_is_a_collection(root: pki.Issued, server: pki.Issued) -> None:
    other = pki.root("other")
    store = vitrust.TrustStore.from_certificates([root.certificate, other.pem, root.der])
    assert len(store) == 2
    assert list(store) == store.certificates == [vitrust.Certificate(root.der), vitrust.Certificate(other.der)]
    assert vitrust.Certificate(root.der) in store
    assert root.certificate in store
    assert server.pem not in store
    assert repr(store) == "<vitrust.TrustStore of 2>"


def test_what_cannot_be_read_is_kept_with_its_place(root: pki.Issued) -> None:
    store = vitrust.TrustStore.from_pem(root.pem + b"\n" + BROKEN, source="castore.pem")
    (block,) = store.unreadable
    line = (root.pem + b"\n").count(b"\n") + 1
    assert (block.place.source, block.place.line) == ("castore.pem", line)
    assert "base64" in block.reason
    assert str(block).startswith(f"castore.pem line {line}")
    assert repr(store) == "<vitrust.TrustStore of 1, 1 unreadable>"
    assert store.place(vitrust.Certificate(root.der)) == "castore.pem line 1"


def test_files_give_their_own_name(root: pki.Issued, tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(root.pem.replace(b"\n", b"\r\n"))
    store = vitrust.TrustStore.load(file)
    assert store.place(vitrust.Certificate(root.der)) == "roots.pem line 1"


def test_a_trusted_chain_gives_its_path(store: vitrust.TrustStore, root: pki.Issued, server: pki.Issued) -> None:
    verdict = store.explain(server.pem, at=AT, name="vc01.example")
    assert verdict.trusted
    assert verdict
    assert verdict.path == (vitrust.Certificate(server.der), vitrust.Certificate(root.der))
    assert verdict.rejections == ()
    assert verdict.at == AT
    assert (verdict.profile, verdict.purpose) == ("strict", "server")
    assert store.verify(server.certificate, at=AT) == verdict.path
    assert store.trusts(server.der, at=AT)


@pytest.mark.parametrize("profile", ["strict", "openssl", "java", "go", "webpki"])
def test_every_profile_answers(store: vitrust.TrustStore, server: pki.Issued, profile: str) -> None:
    verdict = store.explain(server.pem, at=AT, profile=profile)  # type: ignore[arg-type]
    assert verdict.trusted
    assert verdict.profile == profile


def test_intermediates_come_in_any_order_and_any_shape(tmp_path: Path) -> None:
    # A path of three: the factory makes roots, so the middle one is a root's name certified by another root.
    top = pki.root("top")
    lower = pki.server("lower", top)
    file = tmp_path / "chain.pem"
    file.write_bytes(lower.pem + top.pem)
    store = vitrust.TrustStore.load(top.der)
    chains: list[Any] = [[lower.pem, top.certificate], [lower.pem + top.pem], (file,), file]
    for chain in chains:
        assert store.explain(chain, at=AT, purpose="any").trusted


def test_explain_never_raises_for_an_untrusted_chain(store: vitrust.TrustStore) -> None:
    stranger = pki.server("esx01.example", pki.root("somebody else"))
    verdict = store.explain(stranger.pem, at=AT)
    assert not verdict
    assert verdict.path == ()
    first = verdict.rejections[0]
    assert first.code == "issuer-not-found"
    assert "somebody else" in first.message
    assert first.hint
    assert first.certificate is not None
    assert first.certificate.subject.startswith("CN=esx01.example")
    assert first.certificate.position == 0
    assert first.candidate is None
    assert first.to_dict()["code"] == first.code
    assert str(first) == first.message


def test_a_regenerated_root_is_named_as_such(server: pki.Issued) -> None:
    store = vitrust.TrustStore.from_pem(pki.root(key_name="second").pem, source="castore.pem")
    first = store.explain(server.pem, at=AT).rejections[0]
    assert first.code == "key-changed"
    assert first.candidate is not None
    assert first.candidate.place == vitrust.Place(source="castore.pem", line=1)
    assert first.details["wanted"] == vitrust.Certificate(server.der).authority_key_id


def test_an_expired_anchor_is_the_profiles_decision() -> None:
    old = pki.root("old", end=datetime(2026, 1, 1, tzinfo=timezone.utc))
    chain, store = pki.server("vc02.example", old).pem, vitrust.TrustStore.from_pem(old.pem)
    strict = store.explain(chain, at=AT)
    assert [rejection.code for rejection in strict.rejections] == ["expired"]
    assert strict.rejections[0].candidate is not None
    assert strict.rejections[0].candidate.not_after == old.certificate.not_valid_after_utc
    assert store.explain(chain, at=AT, profile="java").trusted


def test_verify_raises_with_every_rejection(store: vitrust.TrustStore, server: pki.Issued) -> None:
    with pytest.raises(vitrust.VerificationError) as caught:
        store.verify(server.pem, at=AT, name="other.example")
    error = caught.value
    assert (error.code, error.name) == (310, "untrusted")
    assert error.rejections[0].code == "name-mismatch"
    assert error.rejections[0].message in str(error)
    data = json.loads(json.dumps(error.to_dict()))
    assert data["verdict"]["trusted"] is False
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - written in this line
    assert (str(again), again.code, again.rejections) == (str(error), 310, error.rejections)


def test_a_verdict_is_a_value(store: vitrust.TrustStore, server: pki.Issued) -> None:
    verdict = store.explain(server.pem, at=AT)
    assert pickle.loads(pickle.dumps(verdict)) == verdict  # noqa: S301 - written in this line
    assert verdict == store.explain(server.certificate, at=AT)
    assert hash(verdict) == hash(store.explain(server.certificate, at=AT))
    assert json.loads(verdict.to_json()) == verdict.to_dict()
    assert [member["sha256"] for member in verdict.to_dict()["path"]] == [member.sha256 for member in verdict.path]


def test_crls_revoke(store: vitrust.TrustStore, root: pki.Issued, server: pki.Issued, tmp_path: Path) -> None:
    crl = pki.crl(root, server)
    file = tmp_path / "vmca.crl"
    file.write_bytes(pki.crl_pem(root, server))
    for crls in (crl, [crl], file, [pki.crl_pem(root, server).decode()]):
        verdict = store.explain(server.pem, at=AT, crls=crls)
        assert [rejection.code for rejection in verdict.rejections] == ["revoked"]
        assert "keyCompromise" in verdict.rejections[0].details["reason"]
    assert store.explain(server.pem, at=AT, crls=[pki.crl(root)]).trusted


def test_time_is_text_or_an_aware_datetime(store: vitrust.TrustStore, server: pki.Issued) -> None:
    berlin = timezone(timedelta(hours=2))
    same: list[datetime | str] = [
        AT,
        AT.astimezone(berlin),
        "2026-06-01",
        "2026-06-01T00:00:00Z",
        "2026-06-01T02:00:00+02:00",
    ]
    assert len({store.explain(server.pem, at=at).at for at in same}) == 1
    late = store.explain(server.pem, at="2031-01-01")
    assert late.rejections[0].code == "expired"
    with pytest.raises(vitrust.ArgumentError, match="no time zone"):
        store.explain(server.pem, at=AT.replace(tzinfo=None))
    with pytest.raises(vitrust.ArgumentError, match="not a time") as caught:
        store.explain(server.pem, at="next tuesday")
    assert caught.value.code == 10
    with pytest.raises(TypeError, match="aware datetime"):
        store.explain(server.pem, at=AT.date())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        store.explain(server.pem)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ({"profile": "lax"}, 11, "strict, openssl, java, go or webpki"),
        ({"purpose": "mail"}, 2, "server, client, ca or any"),
        ({"name": "a b"}, 301, "neither a DNS name nor an IP address"),
    ],
)
def test_unknown_options_are_refused(
    store: vitrust.TrustStore, server: pki.Issued, arguments: dict[str, str], code: int, words: str
) -> None:
    with pytest.raises(vitrust.ArgumentError, match=words) as caught:
        store.explain(server.pem, at=AT, **arguments)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_an_empty_chain_cannot_be_judged(store: vitrust.TrustStore) -> None:
    with pytest.raises(vitrust.ArgumentError, match="empty") as caught:
        store.explain([], at=AT)
    assert (caught.value.code, caught.value.name) == (300, "chain")


def test_a_chain_with_an_unreadable_beginning_is_not_judged(store: vitrust.TrustStore, server: pki.Issued) -> None:
    with pytest.raises(vitrust.UnreadableError, match=r"line \d+.*base64"):
        store.explain(BROKEN + server.pem, at=AT)
    verdict = store.explain(server.pem + BROKEN, at=AT)
    assert verdict.trusted
    assert "base64" in verdict.unread[0].reason


def test_threads_run_beside_each_other(store: vitrust.TrustStore, server: pki.Issued) -> None:
    # A big bundle keeps one thread busy for a while; with the lock released, this thread goes on meanwhile.
    bundle = pki.root().pem * 200_000
    worker = threading.Thread(target=vitrust.TrustStore.from_pem, args=(bundle,))
    gaps, before = [0.0], time.perf_counter()
    worker.start()
    while worker.is_alive():
        assert store.explain(server.pem, at=AT).trusted
        now = time.perf_counter()
        gaps.append(now - before)
        before = now
    worker.join()
    assert len(gaps) > 3, "the reader held the interpreter lock all the time"


def test_one_store_serves_many_threads(store: vitrust.TrustStore, root: pki.Issued) -> None:
    chains = [pki.server(f"host{number}.example", root).pem for number in range(8)]
    answers: list[bool] = []

    def ask() -> None:
        for _ in range(25):
            answers.extend(store.trusts(chain, at=AT) for chain in chains)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * (4 * 25 * 8)


def test_stores_that_hold_the_same_are_equal(root: pki.Issued, server: pki.Issued, tmp_path: Path) -> None:
    other = pki.root("other")
    revoked = pki.crl_pem(root, server)
    (tmp_path / "castore.pem").write_bytes(other.pem + revoked + BROKEN + root.pem)
    one = vitrust.TrustStore.load(tmp_path / "castore.pem")
    two = vitrust.TrustStore.from_pem(root.pem + other.pem + BROKEN + revoked)
    assert one == two
    assert hash(one) == hash(two)
    assert one == pickle.loads(pickle.dumps(one))  # noqa: S301 - written in this line
    lacking = [root.pem + other.pem + BROKEN, root.pem + other.pem + revoked, root.pem + BROKEN + revoked]
    assert all(vitrust.TrustStore.from_pem(content) != one for content in lacking)
    assert one != root.pem
    dump = vitrust.TrustStore.load(DUMP)
    assert dump == vitrust.TrustStore.load(DUMP, source="another")
    assert dump != vitrust.TrustStore.load(DUMP.replace(b"2035", b"2036"))
    assert len({one, two, dump}) == 2
