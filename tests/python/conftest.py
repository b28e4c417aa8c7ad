"""What most tests need: a root, a server certificate below it, and a store that holds the root."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import vitrust
from hypothesis.configuration import set_hypothesis_home_dir

import pki
import servers

# A width that somebody's terminal, or a worker of the tests, put there would be the width of every command.
for name in ("COLUMNS", "LINES"):
    os.environ.pop(name, None)

# A run in the background ignores Ctrl-C, and all that it starts would as well. Tests send it, and ask what comes of it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What tests leave behind belongs where the project keeps such things.
set_hypothesis_home_dir(Path(__file__).parents[2] / ".cache" / "hypothesis")


@pytest.fixture(scope="session")
def root() -> pki.Issued:
    return pki.root()


@pytest.fixture(scope="session")
def server(root: pki.Issued) -> pki.Issued:
    return pki.server("vc01.example", root)


@pytest.fixture(scope="session")
def store(root: pki.Issued) -> vitrust.TrustStore:
    return vitrust.TrustStore.from_pem(root.pem, source="castore.pem")


@pytest.fixture(scope="session")
def vcsim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Vcsim]:
    with servers.running_vcsim(tmp_path_factory.mktemp("vcsim")) as running:
        yield running


@pytest.fixture(scope="session")
def simulator_program() -> str:
    return servers.simulator_program()


@pytest.fixture
def simulate(simulator_program: str, tmp_path: Path) -> Iterator[Callable[..., servers.Simulator]]:
    """Start a simulated estate with these options; it ends with the test."""
    with ExitStack() as running:

        def start(*options: str) -> servers.Simulator:
            folder = tmp_path / "simulator"
            simulator = servers.Simulator(simulator_program, folder, *options)
            running.callback(simulator.stop)
            return simulator

        yield start
