"""What most tests need: a root, a server certificate below it, and a store that holds the root."""

from __future__ import annotations

from pathlib import Path

import pytest
import vitrust
from hypothesis.configuration import set_hypothesis_home_dir

import pki

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
