"""What is passed as data and options: what is refused, and that nothing given is passed over in silence."""

from __future__ import annotations

import copy
import itertools
import os
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import vitrust

import pki
from pki import AT

POSIX = pytest.mark.skipif(os.name != "posix", reason="named pipes and devices are files on POSIX only")

#: What ``vecs-cli entry list --text`` prints: no bytes.
DUMP = b"""Alias :\t0123456789abcdef0123456789abcdef01234567
Entry type :\tTrusted Cert
Certificate:
    Data:
        Version: 3 (0x2)
        Serial Number: 17 (0x11)
    Signature Algorithm: sha256WithRSAEncryption
        Issuer: CN=CA, DC=vsphere, DC=local
        Validity
            Not Before: Jan  1 00:00:00 2025 GMT
            Not After : Jan  1 00:00:00 2035 GMT
        Subject: CN=CA, DC=vsphere, DC=local
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                Public-Key: (3072 bit)
    Signature Algorithm: sha256WithRSAEncryption
         0a:1b:2c:3d
"""


def test_what_holds_no_crl_is_no_crl(store: vitrust.TrustStore, root: pki.Issued, server: pki.Issued) -> None:
    inputs: list[Any] = [root.pem, vitrust.Certificate(root.der), [pki.crl(root), root.pem]]
    for crls in inputs:
        with pytest.raises(vitrust.UnreadableError, match="holds no CRL") as caught:
            store.explain(server.pem, at=AT, crls=crls)
        assert (caught.value.code, caught.value.name) == (101, "no-block")


def test_a_chain_with_more_than_certificates_is_refused(
    store: vitrust.TrustStore, root: pki.Issued, server: pki.Issued
) -> None:
    with pytest.raises(vitrust.UnreadableError, match="a CRL among certificates"):
        store.explain([server.pem, pki.crl(root)], at=AT)
    assert len(vitrust.TrustStore.load(DUMP).dumped) == 1
    with pytest.raises(vitrust.UnreadableError, match="a printed entry without"):
        store.explain([server.pem, DUMP], at=AT)


@POSIX
def test_only_plain_files_are_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(vitrust.FileError, match="not a plain file"):
            vitrust.TrustStore.load(path)


def test_files_are_read_within_bounds(tmp_path: Path) -> None:
    file = tmp_path / "sparse.pem"
    with file.open("wb") as out:
        out.truncate((256 << 20) + 1)
    with pytest.raises(vitrust.FileError, match="more than 268435456 bytes"):
        vitrust.TrustStore.load(file)


@POSIX
def test_a_pipe_that_the_shell_opened_is_read(root: pki.Issued) -> None:
    end, begin = os.pipe()
    os.write(begin, root.pem)
    os.close(begin)
    assert len(vitrust.TrustStore.load(Path(f"/dev/fd/{end}"))) == 1
    os.close(end)


def test_a_chain_is_counted_before_it_is_read(store: vitrust.TrustStore, server: pki.Issued) -> None:
    with pytest.raises(vitrust.ArgumentError, match="more than 10000 certificates") as caught:
        store.explain(itertools.repeat(server.pem), at=AT)
    assert (caught.value.code, caught.value.name) == (300, "chain")


def test_numbers_and_times_out_of_range_are_arguments(store: vitrust.TrustStore, server: pki.Issued) -> None:
    first = datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))
    last = datetime.max.replace(tzinfo=timezone(-timedelta(hours=12)))
    for at in (first, last, "\udcff"):
        with pytest.raises(vitrust.ArgumentError):
            store.trusts(server.pem, at=at)
    for depth in (-1, 1 << 32, 10**30):
        with pytest.raises(vitrust.ArgumentError, match="max_depth"):
            store.trusts(server.pem, at=AT, max_depth=depth)
    estate = vitrust.Estate.from_json('{"schema": "vitrust-estate/1"}')
    for days in (-1, 10**30):
        with pytest.raises(vitrust.ArgumentError, match="within"):
            vitrust.assess(estate, at=AT, within=days)


def test_revocation_may_be_required(store: vitrust.TrustStore, root: pki.Issued, server: pki.Issued) -> None:
    assert store.trusts(server.pem, at=AT)
    assert not store.trusts(server.pem, at=AT, revocation="required")
    codes = {rejection.code for rejection in store.explain(server.pem, at=AT, revocation="required").rejections}
    assert "revocation-unknown" in codes
    assert store.verify(server.pem, at=AT, revocation="required", crls=pki.crl(root))
    with pytest.raises(vitrust.ArgumentError, match="if-present or required"):
        store.explain(server.pem, at=AT, revocation="maybe")  # type: ignore[arg-type]


def test_crls_of_the_store_are_not_consulted(root: pki.Issued, server: pki.Issued) -> None:
    store = vitrust.TrustStore.load(root.pem + pki.crl_pem(root, server))
    assert len(store.crls) == 1
    assert store.trusts(server.pem, at=AT)
    assert not store.trusts(server.pem, at=AT, crls=pki.crl(root, server))
    assert vitrust.TrustStore.explain.__doc__
    assert "not consulted" in vitrust.TrustStore.explain.__doc__


def test_policies_are_asked_for(store: vitrust.TrustStore, server: pki.Issued) -> None:
    assert store.trusts(server.pem, at=AT, policies=["1.2.3"])
    verdict = store.explain(server.pem, at=AT, policies=["1.2.3"], explicit_policy=True)
    assert not verdict.trusted
    assert "policy" in verdict.rejections[0].code
    assert store.trusts(server.pem, at=AT, inhibit_policy_mapping=True, inhibit_any_policy=True)
    for bad in ("anyPolicy", "1", "1..2", "1.02", "1.2 "):
        with pytest.raises(vitrust.ArgumentError, match="object identifier"):
            store.explain(server.pem, at=AT, policies=[bad])
    with pytest.raises(TypeError):
        store.explain(server.pem, at=AT, policies="1.2.3")


def test_a_lone_surrogate_is_no_text(store: vitrust.TrustStore, server: pki.Issued) -> None:
    bad: Any = "\ud800"
    estate = vitrust.Estate.from_json('{"schema": "vitrust-estate/1"}')
    calls: list[Any] = [
        lambda: store.explain(server.pem, at=AT, name=bad),
        lambda: store.verify(server.pem, at=AT, profile=bad),
        lambda: store.trusts(server.pem, at=AT, purpose=bad),
        lambda: store.explain(server.pem, at=AT, revocation=bad),
        lambda: store.explain(server.pem, at=AT, policies=[bad]),
        lambda: vitrust.TrustStore.load(server.pem, source=bad),
        lambda: vitrust.TrustStore.from_vecs(server.pem, store=bad),
        lambda: vitrust.Certificate(bad),
        lambda: vitrust.assess(estate, at=AT, thresholds=bad),
    ]
    for call in calls:
        with pytest.raises(vitrust.ArgumentError, match="surrogate"):
            call()


def test_no_path_at_all_is_a_mistake() -> None:
    paths: Any
    for paths in ([], (), iter([])):
        with pytest.raises(vitrust.ArgumentError, match="paths is empty"):
            vitrust.Estate.load(paths)
    for paths in (None, 5, {}, {"a": 1}):
        with pytest.raises(
            TypeError,
            match=f"expected a path or an iterable of paths, not {type(paths).__name__}\nwhile processing 'paths'",
        ):
            vitrust.Estate.load(paths)


def test_what_is_no_certificate_is_in_no_store(store: vitrust.TrustStore, root: pki.Issued) -> None:
    assert b"junk" not in store
    assert root.pem[:200] not in store
    assert DUMP not in store
    with pytest.raises(vitrust.MissingFileError):
        assert Path("no/such/file") in store
    with pytest.raises(vitrust.ArgumentError):
        assert "castore.pem" in store


def test_a_store_pickles(root: pki.Issued, server: pki.Issued) -> None:
    entry = "[*] Store : {}\nAlias :\t{}\nEntry type :\tTrusted Cert\nCertificate :\t{}\n"
    listing = "".join(entry.format(store, "a", root.pem.decode()) for store in ("SMS", "TRUSTED_ROOTS"))
    broken = b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n"
    stores = [
        vitrust.TrustStore.load(root.pem + root.pem + pki.crl_pem(root, server) + broken, source="castore.pem"),
        vitrust.TrustStore.load(listing),
        vitrust.TrustStore.load(listing, store="SMS"),
        vitrust.TrustStore.load(DUMP),
    ]
    for before in stores:
        for after in (pickle.loads(pickle.dumps(before)), copy.deepcopy(before)):  # noqa: S301 - written in this line
            assert repr(after) == repr(before)
            for part in ("certificates", "set_aside", "crls", "dumped", "unreadable"):
                assert getattr(after, part) == getattr(before, part)
            assert [after.place(found) for found in after] == [before.place(found) for found in before]
            assert after.lint(at=AT) == before.lint(at=AT)
            assert after.trusts(server.pem, at=AT) == before.trusts(server.pem, at=AT)
