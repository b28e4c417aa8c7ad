"""The vSphere SDK of VCF, a client that nobody here wrote, at the simulated estate."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from cryptography import x509

import pki
import simulated

pytest.importorskip("com.vmware.vcenter.certificate_management", reason="vmware-vcenter is not installed")

import requests
from com.vmware.cis_client import Session
from com.vmware.vapi.std.errors_client import (
    AlreadyExists,
    Error,
    InvalidArgument,
    NotFound,
    OperationNotFound,
    Unauthenticated,
    Unauthorized,
)
from com.vmware.vcenter.certificate_management.vcenter_client import (
    SigningCertificate,
    Tls,
    TlsCsr,
    TrustedRootChains,
    VmcaRoot,
)
from com.vmware.vcenter.certificate_management_client import X509CertChain
from vmware.vapi.lib.connect import get_requests_connector
from vmware.vapi.security.session import create_session_security_context
from vmware.vapi.security.user_password import create_user_password_security_context
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory


@pytest.fixture(scope="module", params=["7.0", "8.0.3", "9.0"])
def estate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[simulated.Estate]:
    with simulated.running(tmp_path_factory.mktemp("vcf"), request.param) as running:
        yield running


@contextmanager
def login(estate: simulated.Estate, user: str | None = None, password: str | None = None) -> Iterator[Any]:
    """Open a session and close it; a stub configuration for the services."""
    with requests.Session() as http:
        http.verify = str(estate.ca_file)
        # The environment's CA bundle would take the place of ours.
        http.trust_env = False
        connector = get_requests_connector(session=http, url=f"https://{estate.host}:{estate.port}/api")
        credentials = create_user_password_security_context(user or estate.user, password or estate.password)
        connector.set_security_context(credentials)
        configuration = StubConfigurationFactory.new_std_configuration(connector)
        sessions = Session(configuration)
        connector.set_security_context(create_session_security_context(sessions.create()))
        yield configuration
        sessions.delete()


def chain(*certificates: bytes) -> Any:
    texts = [certificate.decode() for certificate in certificates]
    return TrustedRootChains.CreateSpec(cert_chain=X509CertChain(cert_chain=texts))


def test_a_session_knows_its_user_and_a_wrong_password_opens_none(estate: simulated.Estate) -> None:
    with login(estate) as configuration:
        assert Session(configuration).get().user == estate.user
    with pytest.raises(Unauthenticated), login(estate, password=estate.password + "x"):
        pass


def test_trusted_roots_are_listed_created_and_deleted(estate: simulated.Estate) -> None:
    root = pki.root()
    with login(estate) as configuration:
        roots = TrustedRootChains(configuration)
        (before,) = roots.list()
        (text,) = roots.get(before.chain).cert_chain.cert_chain
        own = x509.load_pem_x509_certificate(text.encode())
        key_id = own.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        assert before.chain == key_id.hex().upper()
        assert "BEGIN X509 CRL" in text
        made = roots.create(chain(root.pem))
        assert {summary.chain for summary in roots.list()} == {before.chain, made}
        with pytest.raises(AlreadyExists):
            roots.create(chain(root.pem))
        roots.delete(made)
        with pytest.raises(NotFound):
            roots.get(made)
        with pytest.raises(Error, match="not a valid CA certificate"):
            roots.create(chain(pki.server("vc02.example", root).pem))
        with pytest.raises(InvalidArgument):
            roots.create(chain(b"nothing"))


def test_who_may_only_read_is_told_so(estate: simulated.Estate) -> None:
    with login(estate, user="readonly@vsphere.local") as configuration:
        roots = TrustedRootChains(configuration)
        assert len(roots.list()) == 1
        with pytest.raises(Unauthorized):
            roots.delete(roots.list()[0].chain)


def test_the_machine_certificate_is_read_and_asked_for(estate: simulated.Estate) -> None:
    with login(estate) as configuration:
        info = Tls(configuration).get()
        certificate = x509.load_pem_x509_certificate(info.cert.encode())
        assert info.subject_dn.split(",")[-1] == f"CN={estate.host}"
        assert info.issuer_dn == certificate.issuer.rfc4514_string().replace("2.5.4.11", "OU")
        assert certificate.not_valid_after_utc == info.valid_to.replace(tzinfo=timezone.utc)
        wanted = TlsCsr.Spec(
            organization="Example, Inc.",
            organization_unit="Trust",
            locality="Bonn",
            state_or_province="NRW",
            country="DE",
            email_address="pki@example.com",
        )
        request = x509.load_pem_x509_csr(TlsCsr(configuration).create(wanted).csr.encode())
        assert request.is_signature_valid
        names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.DNSName) == [estate.host]
        with pytest.raises(NotFound):
            Tls(configuration).set(Tls.Spec(cert=pki.server(estate.host, pki.root()).pem.decode()))


def test_the_signing_certificate_is_refreshed(estate: simulated.Estate) -> None:
    with login(estate) as configuration:
        signing = SigningCertificate(configuration)
        if estate.version == "7.0":
            with pytest.raises(OperationNotFound):
                signing.get()
            return
        before = signing.get()
        made = signing.refresh(force=True)
        after = signing.get()
        assert after.active_cert_chain.cert_chain == made.cert_chain != before.active_cert_chain.cert_chain
        assert len(after.signing_cert_chains) == len(before.signing_cert_chains) + 1


def test_a_new_root_of_vmca_ends_the_session(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("vmca")
    with simulated.running(folder) as estate:
        with pytest.raises(requests.exceptions.RequestException), login(estate) as configuration:
            VmcaRoot(configuration).create(VmcaRoot.CreateSpec())
        # Whoever knows the former root alone does not trust what the services present now.
        with pytest.raises(requests.exceptions.SSLError), login(estate):
            pass


def test_a_certificate_lasts_as_long_as_was_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    with simulated.running(tmp_path_factory.mktemp("renew")) as estate:
        with pytest.raises(requests.exceptions.RequestException), login(estate) as configuration:
            Tls(configuration).renew(duration=100)
        time.sleep(0.5)  # the services start again
        with login(estate) as configuration:
            ends = Tls(configuration).get().valid_to.replace(tzinfo=timezone.utc)
            assert ends - datetime.now(timezone.utc) < timedelta(days=100)
