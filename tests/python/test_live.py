"""Probes and collections from Python and the command, against servers of others: Python's ssl, govmomi's vcsim."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import vitrust
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import pki

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery-staple"  # noqa: S105 - nobody's


@contextmanager
def tls_server(folder: Path, issued: pki.Issued, chain: bytes = b"") -> Iterator[int]:
    """Serve TLS handshakes on a port of this machine with Python's own ssl."""
    (folder / "cert.pem").write_bytes(issued.pem + chain)
    key = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
                with connection, context.wrap_socket(connection, server_side=True) as stream:
                    stream.recv(1)
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        listener.close()


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    line = [sys.executable, "-m", "vitrust", *arguments]
    return subprocess.run(line, capture_output=True, encoding="utf-8", env=env, check=False)


def test_a_probe_brings_the_chain_as_sent(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    seen: list[vitrust.Probe] = []
    with tls_server(tmp_path, server, root.pem) as port:
        to = {"*.example:443": f"127.0.0.1:{port}"}
        (found,) = vitrust.probe("vc01.example", connect_to=to, on_each=seen.append)
    assert [certificate.der for certificate in found.chain] == [server.der, root.der]
    assert (found.protocol, found.possession, found.failure) == ("TLSv1.3", True, None)
    assert (found.endpoint, found.server_name) == ("vc01.example:443", "vc01.example")
    assert seen == [found]
    assert json.loads(found.to_json())["chain"][0]["subject"] == found.chain[0].subject
    store = vitrust.TrustStore.from_pem(root.pem)
    assert store.explain(found.chain, at=pki.AT, name="vc01.example").trusted


def test_a_server_that_is_not_there_is_a_result() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    (found,) = vitrust.probe(f"127.0.0.1:{port}")
    assert found.failure is not None
    assert (found.failure.name, found.chain) == ("connect", ())


def test_arguments_that_mean_nothing_are_refused() -> None:
    for endpoints in ("", "a b", ["vc01", "http://vc01"]):
        with pytest.raises(vitrust.ArgumentError):
            vitrust.probe(endpoints)
    for timeout in (0, -1, float("nan"), float("inf")):
        with pytest.raises(vitrust.ArgumentError, match="timeout"):
            vitrust.probe("127.0.0.1:1", timeout=timeout)
    with pytest.raises(vitrust.ArgumentError):
        vitrust.probe("vc01", connect_to={"vc01": ""})


def test_cancelling_ends_a_probe_that_hangs() -> None:
    cancel = vitrust.Cancel()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Timer(0.3, cancel.cancel).start()
        with pytest.raises(vitrust.VitrustError) as raised:
            vitrust.probe(f"127.0.0.1:{silent.getsockname()[1]}", timeout=60, cancel=cancel)
    assert raised.value.name == "cancelled"
    assert cancel.is_cancelled


def test_an_exception_of_the_callback_ends_the_work() -> None:
    def refuse(_: vitrust.Probe) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        vitrust.probe(["127.0.0.1:1"] * 50, in_flight=2, on_each=refuse)


def test_the_command_shows_a_chain(tmp_path: Path, server: pki.Issued) -> None:
    with tls_server(tmp_path, server) as port:
        rule = f"vc01.example:443=127.0.0.1:{port}"
        shown = command("probe", "vc01.example", "--connect-to", rule)
        as_json = command("probe", "vc01.example", "--connect-to", rule, "--json")
        as_pem = command("probe", "vc01.example", "--connect-to", rule, "--pem")
    assert shown.returncode == 0, shown.stderr
    assert "TLSv1.3" in shown.stdout
    assert json.loads(as_json.stdout)[0]["possession"] is True
    assert as_pem.stdout.encode() == server.pem
    missing = command("probe", "127.0.0.1:1")
    assert (missing.returncode, "refused" in missing.stdout) == (1, True)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("", "inventory", "names no [[vcenter]]"),
        ("x = 1", "inventory", "line 1"),
        ('[[vcenter]]\nurl = "vc01"\nbogus = 1', "inventory", "line 3"),
        ('[[vcenter]]\nurl = "a b"', "inventory", "not an endpoint"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword = "hunter2"', "inventory", "has no place in this file"),
        ('[[vcenter]]\nurl = "vc01"', "credentials", "no `user`"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"', "credentials", "password_env"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_env = "VITRUST_UNSET"', "credentials", "VITRUST_UNSET"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_file = "none"', "credentials", "none"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_file = "pw"\npins = ["x"]', "inventory", "not a pin"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_file = "pw"\nca_file = "pw"', "inventory", "ca_file"),
    ],
)
def test_an_inventory_that_does_not_say_enough_says_what_is_missing(
    tmp_path: Path, text: str, name: str, words: str
) -> None:
    (tmp_path / "pw").write_text("secret\n", encoding="utf-8")
    inventory = tmp_path / "fleet.toml"
    inventory.write_text(text, encoding="utf-8")
    with pytest.raises(vitrust.VitrustError) as raised:
        vitrust.collect(inventory)
    assert raised.value.name == name
    assert words in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_the_prompt_is_asked_and_its_exception_raised(tmp_path: Path) -> None:
    inventory = tmp_path / "fleet.toml"
    inventory.write_text('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_prompt = true', encoding="utf-8")

    def prompt(question: str) -> str:
        raise EOFError(question)

    with pytest.raises(EOFError, match="Password of u at vc01:443"):
        vitrust.collect(inventory, prompt=prompt)
    with pytest.raises(vitrust.VitrustError, match="nobody can be asked"):
        vitrust.collect(inventory)


@dataclass(frozen=True)
class Vcsim:
    """A running vcsim."""

    address: str
    pin: str

    def inventory(self, folder: Path) -> Path:
        """Write an inventory that names it."""
        path = folder / "fleet.toml"
        lines = [
            "[defaults]",
            'user = "audit@vsphere.local"',
            'password_env = "VITRUST_TEST_PASSWORD"',
            "probe_hosts = false",
            f'pins = ["{self.pin}"]',
            "[[vcenter]]",
            'name = "vc01"',
            f'url = "https://{self.address}"',
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path


@pytest.fixture(scope="module")
def vcsim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vcsim]:
    go = shutil.which("go")
    if go is None:
        pytest.skip("there is no Go")
    program = tmp_path_factory.mktemp("vcsim") / "vcsim"
    source = ROOT / "tests" / "interop" / "vcsim"
    built = subprocess.run([go, "build", "-o", program, "."], cwd=source, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.skip(f"vcsim cannot be built: {built.stderr[-300:]}")
    with subprocess.Popen([program, "-hosts", "3"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address, pin = server.stdout.readline().split()
        yield Vcsim(address, pin)
        server.kill()


def test_an_estate_is_collected(vcsim: Vcsim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRUST_TEST_PASSWORD", PASSWORD)
    progress: list[tuple[int, int, str]] = []
    inventory = vcsim.inventory(tmp_path)
    collected = vitrust.collect(inventory, on_progress=lambda *step: progress.append(step))
    assert collected.estate.hosts == {"vc01": ["DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2"]}
    assert [step[:2] for step in progress] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    # The simulated server has no trust stores; each is named with why, in the failures and in the estate.
    assert {failure.name for failure in collected.failures} <= {"unsupported", "remote-not-found"}
    assert {failure.object for failure in collected.failures} >= {"trusted roots", "host DC0_C0_H0: castore"}
    assert len(collected.estate.unreadable) >= len(collected.failures)
    assert collected.insecure == ()
    again = asyncio.run(vitrust.collect_async(inventory))
    assert again.estate == collected.estate
    assert PASSWORD not in collected.estate.to_json() + repr(collected)


def test_the_command_collects_and_audits(vcsim: Vcsim, tmp_path: Path) -> None:
    inventory = str(vcsim.inventory(tmp_path))
    estate = tmp_path / "estate.json"
    collected = command("collect", "-c", inventory, "-o", str(estate), VITRUST_TEST_PASSWORD=PASSWORD)
    assert collected.returncode == 1, collected.stderr  # the trust stores could not be had
    assert vitrust.Estate.load(estate).hosts["vc01"] == ["DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2"]
    audited = command("audit", "-c", inventory, VITRUST_TEST_PASSWORD=PASSWORD)
    assert "1 vCenter, 3 hosts" in audited.stdout
    for done in (collected, audited):
        assert PASSWORD not in done.stdout + done.stderr


def test_an_unknown_certificate_is_shown_with_what_would_trust_it(vcsim: Vcsim, tmp_path: Path) -> None:
    inventory = vcsim.inventory(tmp_path)
    text = inventory.read_text(encoding="utf-8").replace(f'pins = ["{vcsim.pin}"]', "system_roots = false")
    inventory.write_text(text, encoding="utf-8")
    done = command("collect", "-c", str(inventory), VITRUST_TEST_PASSWORD=PASSWORD)
    assert done.returncode == 1
    assert f'pins = ["{vcsim.pin}"]' in done.stderr
    insecure = text.replace("system_roots = false", "insecure = true")
    inventory.write_text(insecure, encoding="utf-8")
    loud = command("collect", "-c", str(inventory), VITRUST_TEST_PASSWORD=PASSWORD)
    assert "vc01: INSECURE" in loud.stderr


def test_the_variables_of_govc_are_enough(vcsim: Vcsim) -> None:
    variables = {"GOVC_URL": vcsim.address, "GOVC_USERNAME": "user", "GOVC_PASSWORD": PASSWORD, "GOVC_INSECURE": "1"}
    done = command("collect", "-c", "-", **variables)
    assert "INSECURE" in done.stderr
    assert '"DC0_C0_H0"' in done.stdout
    assert PASSWORD not in done.stdout + done.stderr
