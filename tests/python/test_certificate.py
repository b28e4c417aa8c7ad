"""``vitrust.Certificate``: the same fields as ``cryptography`` reads, and the manners of a value."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import vitrust
from cryptography.hazmat.primitives import hashes

import pki


def test_fields_agree_with_cryptography(server: pki.Issued) -> None:
    own, theirs = vitrust.Certificate.from_der(server.der), server.certificate
    assert own.serial_number == theirs.serial_number
    assert own.not_before == theirs.not_valid_before_utc
    assert own.not_after == theirs.not_valid_after_utc
    assert own.not_after.tzinfo is timezone.utc
    assert own.sha1 == theirs.fingerprint(hashes.SHA1()).hex()  # noqa: S303 - vSphere's thumbprint is SHA-1
    assert own.sha256 == theirs.fingerprint(hashes.SHA256()).hex()
    assert own.version == 3
    assert (own.key_algorithm, own.key_bits) == ("EC P-256", 256)
    assert own.signature_algorithm == "ecdsa-with-SHA256"
    assert own.subject == "CN=vc01.example, DC=vsphere, DC=local"
    assert own.issuer == "CN=CA, DC=vsphere, DC=local"
    assert own.subject_alternative_names == ["DNS:vc01.example"]
    assert (own.is_ca, own.is_self_issued, own.path_length) == (False, False, None)
    assert (own.key_usage, own.extended_key_usage) == (None, None)
    assert own.der == server.der


def test_key_identifiers_link_server_and_root(root: pki.Issued, server: pki.Issued) -> None:
    issuer, subject = vitrust.Certificate(root.pem), vitrust.Certificate(server.pem)
    assert subject.authority_key_id == issuer.subject_key_id
    assert subject.authority_key_id is not None
    assert issuer.authority_key_id is None
    assert issuer.is_ca
    assert issuer.is_self_issued


def test_every_input_gives_the_same_certificate(server: pki.Issued, tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("vc01.pem", "vc01.der")}
    files["vc01.pem"].write_bytes(server.pem)
    files["vc01.der"].write_bytes(server.der)
    inputs: list[Any] = [
        server.der,
        server.pem,
        server.pem.decode(),
        bytearray(server.der),
        memoryview(server.der),
        server.certificate,
        vitrust.Certificate(server.der),
        *files.values(),
    ]
    certificates = [vitrust.Certificate(data) for data in inputs]
    assert len(set(certificates)) == 1
    assert vitrust.Certificate.from_pem(server.pem) == certificates[0] == vitrust.Certificate.from_der(server.der)
    assert (
        vitrust.Certificate.load_all([root_and_server := server.pem + server.pem, server.der]) == [certificates[0]] * 3
    )
    assert vitrust.Certificate(root_and_server) == certificates[0]


def test_is_a_value(root: pki.Issued, server: pki.Issued) -> None:
    one, other = vitrust.Certificate(server.pem), vitrust.Certificate(root.pem)
    assert one != other
    assert one == vitrust.Certificate(server.der)
    assert hash(one) == hash(vitrust.Certificate(server.der))
    assert one != server.der
    assert {one: 1}[vitrust.Certificate(server.der)] == 1
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(one, protocol)) == one  # noqa: S301 - written one line above
    assert copy.copy(one) == one == copy.deepcopy(one)
    assert "CN=vc01.example" in repr(one)
    with pytest.raises(AttributeError):
        one.subject = "CN=other"  # type: ignore[misc]


def test_pem_and_dictionary_read_back(server: pki.Issued) -> None:
    own = vitrust.Certificate(server.pem)
    assert own.to_pem() == server.pem.decode()
    data = json.loads(json.dumps(own.to_dict()))
    assert data["sha256"] == own.sha256
    assert data["not_after"] == "2030-01-01T00:00:00Z"
    assert int(data["serial_number"], 16) == own.serial_number


def test_the_last_second_of_the_calendar_reads(root: pki.Issued) -> None:
    # RFC 5280 section 4.1.2.5: 99991231235959Z stands for "no end".
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    own = vitrust.Certificate(pki.server("forever.example", root, end=last).der)
    assert own.not_after == last
    assert own.to_dict()["not_after"] == "9999-12-31T23:59:59Z"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", 101, "no CERTIFICATE block"),
        (b"\x30\x03\x02\x01\x00", 110, "not a readable certificate"),
        ("-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n", 100, "line 1"),
        ("\n\n-----BEGIN CERTIFICATE-----\nAAAA\n", 100, "line 3"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 110, "not a readable certificate"),
    ],
)
def test_bad_input_names_what_and_where(data: bytes | str, code: int, words: str) -> None:
    with pytest.raises(vitrust.UnreadableError, match=words) as caught:
        vitrust.Certificate(data)
    assert caught.value.code == code
    assert isinstance(caught.value, ValueError)


def test_a_bad_file_is_named(tmp_path: Path, server: pki.Issued) -> None:
    file = tmp_path / "cut.der"
    file.write_bytes(server.der[:-1])
    with pytest.raises(vitrust.UnreadableError, match=r"cut\.der"):
        vitrust.Certificate(file)


def test_wrong_types_say_what_is_accepted() -> None:
    for wrong in (None, 3, object()):
        with pytest.raises(TypeError, match="expected bytes, PEM text"):
            vitrust.Certificate(wrong)  # type: ignore[arg-type]


def test_the_common_name_is_the_most_specific(root: pki.Issued) -> None:
    assert vitrust.Certificate(root.der).common_name == "CA"
    assert vitrust.Certificate(pki.server("a, b", root).der).common_name == "a, b"
