"""What most tests need: a root, a server certificate below it, and a store that holds the root."""

from __future__ import annotations

import pytest
import vitrust

import pki


@pytest.fixture(scope="session")
def root() -> pki.Issued:
    return pki.root()


@pytest.fixture(scope="session")
def server(root: pki.Issued) -> pki.Issued:
    return pki.server("vc01.example", root)


@pytest.fixture(scope="session")
def store(root: pki.Issued) -> vitrust.TrustStore:
    return vitrust.TrustStore.from_pem(root.pem, source="castore.pem")
