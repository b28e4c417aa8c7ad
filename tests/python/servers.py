"""Servers that tests ask: Python's own ssl, govmomi's vcsim, and the project's simulated estate."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import pki

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery-staple"  # noqa: S105 - nobody's
#: The one of every simulated vCenter.
SIMULATED = 'Simul&ted <1> "%41"'
COMMAND = [sys.executable, "-m", "vitrust"]


def command(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, without a terminal."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    line = [*COMMAND, *map(str, arguments)]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=env, check=False)
    assert not any(secret in done.stdout + done.stderr for secret in (PASSWORD, SIMULATED))
    return done


def lacking(what: str) -> NoReturn:
    """Skip a test for want of a tool, with a notice; in CI the tools are there."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def write_key_pair(folder: Path, issued: pki.Issued, chain: bytes = b"") -> ssl.SSLContext:
    (folder / "cert.pem").write_bytes(issued.pem + chain)
    key = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@contextmanager
def serving(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Call ``serve`` with each connection to a port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def accept() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
                with connection:
                    serve(connection)
            except OSError:
                continue

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        listener.close()


@contextmanager
def tls_server(folder: Path, issued: pki.Issued, chain: bytes = b"") -> Iterator[int]:
    """Serve TLS handshakes with Python's own ssl."""
    context = write_key_pair(folder, issued, chain)

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as stream:
            stream.recv(1)

    with serving(serve) as port:
        yield port


@contextmanager
def hangs_up_early(folder: Path, issued: pki.Issued) -> Iterator[int]:
    """Serve the first flight of TLS 1.3 and close: what the client then sends meets a reset."""
    context = write_key_pair(folder, issued)

    def serve(connection: socket.socket) -> None:
        arrived, leaving = ssl.MemoryBIO(), ssl.MemoryBIO()
        stream = context.wrap_bio(arrived, leaving, server_side=True)
        arrived.write(connection.recv(8192))
        try:
            stream.do_handshake()
        except ssl.SSLWantReadError:
            connection.sendall(leaving.read())

    with serving(serve) as port:
        yield port


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


@contextmanager
def running_vcsim(folder: Path) -> Iterator[Vcsim]:
    go = shutil.which("go")
    if go is None:
        lacking("there is no Go")
    program = folder / "vcsim"
    source = ROOT / "tests" / "interop" / "vcsim"
    built = subprocess.run([go, "build", "-o", program, "."], cwd=source, capture_output=True, text=True, check=False)
    if built.returncode:
        lacking(f"vcsim cannot be built: {built.stderr[-300:]}")
    with subprocess.Popen([program, "-hosts", "3"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address, pin = server.stdout.readline().split()
        yield Vcsim(address, pin)
        server.kill()


class Simulator:
    """A running ``vitrust-simulator``."""

    def __init__(self, program: str, folder: Path, *options: str) -> None:
        self.fleet = folder / "fleet.toml"
        line = [program, "--out", str(folder), *options]
        self._process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._address: dict[str, str] = {}
        while (words := self._line().split())[:1] != ["fleet"]:
            self._address[words[0]] = words[1]

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the simulator ended with {self._process.wait()}"
        return line

    def sessions(self) -> list[int]:
        """How many sessions are open at each vCenter."""
        assert self._process.stdin is not None
        self._process.stdin.write("sessions\n")
        self._process.stdin.flush()
        return [int(number) for number in self._line().split()[1:]]

    def wait_for_sessions(self, wanted: list[int], seconds: float = 20) -> None:
        """Return when so many are open; fail when that does not come."""
        end = time.monotonic() + seconds
        while (open_now := self.sessions()) != wanted:
            assert time.monotonic() < end, f"sessions {open_now}, not {wanted}"
            time.sleep(0.02)

    def change(self, before: str, after: str) -> None:
        """Change the text of the inventory it wrote."""
        text = self.fleet.read_text(encoding="utf-8")
        assert before in text
        self.fleet.write_text(text.replace(before, after), encoding="utf-8")

    def connect_to(self) -> dict[str, str]:
        """Where each name listens, as its inventory says."""
        text = self.fleet.read_text(encoding="utf-8").split("[connect]", 1)[1]
        rules = (line.split(" = ") for line in text.splitlines() if " = " in line)
        return {name.strip('"'): address.strip('"') for name, address in rules}

    def port(self, vcenter: str = "vc01.lab.example") -> int:
        """Where a vCenter listens."""
        return int(self._address[vcenter].rsplit(":", 1)[1])

    def stop(self) -> None:
        """End it as its users do: by the end of its input."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        assert self._process.wait(timeout=20) == 0
        self._process.stdout.close()


def simulator_program() -> str:
    """Build ``vitrust-simulator``; its path."""
    (program,) = [message["executable"] for message in _built("vitrust-simulator") if message.get("executable")]
    return str(program)


def library_path() -> Path:
    """Build the C library; its path."""
    files = [Path(name) for message in _built("vitrust-c") for name in message.get("filenames", [])]
    (path,) = [file for file in files if "vitrust_c" in file.name and file.suffix in (".so", ".dylib", ".dll")]
    return path


def _built(package: str) -> list[dict[str, Any]]:
    """Build the workspace, as the other tests do, so that it is built once; what cargo says of a package's parts."""
    cargo = shutil.which("cargo")
    if cargo is None:
        lacking(f"there is no cargo to build {package}")
    line = [cargo, "build", "--locked", "--quiet", "--workspace", "--message-format", "json-render-diagnostics"]
    built = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    return [message for message in messages if f"#{package}@" in message.get("package_id", "")]
