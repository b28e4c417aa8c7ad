"""A simulated vSphere estate for clients of others, and how names below lab.example lead to it."""

from __future__ import annotations

import functools
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import servers

program = functools.cache(servers.simulator_program)


@dataclass(frozen=True)
class Estate:
    """A running estate, of which the first vCenter is asked."""

    folder: Path
    port: int
    version: str
    host = "vc01.lab.example"
    user = "administrator@vsphere.local"
    password = servers.SIMULATED

    @property
    def ca_file(self) -> Path:
        """Every root of every vCenter."""
        return self.folder / "ca.pem"

    def context(self) -> ssl.SSLContext:
        """Verify by the CA file and the name."""
        return ssl.create_default_context(cafile=str(self.ca_file))


@contextmanager
def running(
    folder: Path, version: str = "8.0.3", hosts: int = 1, story: str = "all-good", array: str | None = None
) -> Iterator[Estate]:
    """Run an estate; names below lab.example lead to this machine meanwhile."""
    options = ["--hosts", str(hosts), "--version", version, "--story", story]
    options += ["--array", array] if array else []
    simulator = servers.Simulator(program(), folder, *options)
    try:
        with resolved():
            yield Estate(folder, simulator.port(), version)
    finally:
        simulator.stop()


@contextmanager
def resolved() -> Iterator[None]:
    """Resolve names below lab.example to this machine, for clients inside this process."""
    real = socket.getaddrinfo

    def lookup(host: Any, *arguments: Any, **named: Any) -> Any:
        ours = isinstance(host, str) and host.endswith(".lab.example")
        return real("127.0.0.1" if ours else host, *arguments, **named)

    with mock.patch.object(socket, "getaddrinfo", lookup):
        yield
