"""The package as a whole: its types, its documentation, and what junk does to it."""

from __future__ import annotations

import doctest
import importlib.metadata
import subprocess
import sys
from pathlib import Path
from typing import Literal, get_origin

import pytest
import vitrust
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import pki

PACKAGE = Path(vitrust.__file__).parent


@pytest.mark.parametrize("command", [["mypy", "--strict", str(PACKAGE)], ["mypy.stubtest", "vitrust._native"]])
def test_types_hold(command: list[str]) -> None:
    project = PACKAGE.parents[1]
    done = subprocess.run([sys.executable, "-m", *command], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_examples_of_the_documentation_run() -> None:
    assert doctest.testmod(vitrust) == doctest.TestResults(failed=0, attempted=3)


def test_everything_public_is_documented() -> None:
    for name in vitrust.__all__:
        thing = getattr(vitrust, name)
        if get_origin(thing) is Literal:
            continue  # the words of an argument; what they are for stands above them in `words`
        assert name == "__version__" or thing.__doc__, name
        members = [] if name == "__version__" else [member for member in vars(thing) if not member.startswith("_")]
        for member in members:
            value = getattr(thing, member)
            assert not callable(value) or value.__doc__, f"{name}.{member}"


def test_the_version_is_the_wheels() -> None:
    assert vitrust.__version__ == importlib.metadata.version("vitrust")


def test_importing_needs_nothing_else() -> None:
    code = "import sys, vitrust; assert not {'rich', 'typer', 'cryptography'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PEM = pki.root().pem
MARKERS = [
    b"-----BEGIN CERTIFICATE-----\n",
    b"-----END CERTIFICATE-----\n",
    b"Alias :\t",
    b"\x30\x82",
    b'{"',
    b"PK\x03\x04",
]
junk = st.lists(st.one_of(st.binary(max_size=60), st.sampled_from([*MARKERS, PEM, pki.root().der])), max_size=8)


@settings(max_examples=300, deadline=None)
@given(junk)
def test_junk_is_an_answer_or_an_exception_of_ours(parts: list[bytes]) -> None:
    data = b"".join(parts)
    readers = [
        vitrust.Certificate,
        vitrust.Certificate.load_all,
        vitrust.TrustStore.load,
        vitrust.TrustStore.from_pem,
        vitrust.TrustStore.from_vecs,
        vitrust.TrustStore.from_zip,
        vitrust.Estate.from_json,
    ]
    for reader in readers:
        try:
            reader(data)
        except vitrust.InternalError:
            raise
        except vitrust.VitrustError as error:
            assert str(error)  # noqa: PT017 - either is right, and an error has words


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=len(pki.root().der) - 1), st.integers(min_value=1, max_value=255))
def test_one_wrong_byte_never_makes_a_certificate_trusted(position: int, change: int) -> None:
    server = pki.server("vc01.example", pki.root())
    der = bytearray(server.der)
    position %= len(der)
    # No signature covers how many bits of itself are unused, and validators differ in what they make of it.
    assume(position != len(der) - len(server.certificate.signature) - 1)
    der[position] ^= change
    store = vitrust.TrustStore.from_pem(PEM)
    try:
        certificate = vitrust.Certificate.from_der(der)
    except vitrust.UnreadableError:
        return
    assert not store.trusts(certificate, at=pki.AT, purpose="any")
