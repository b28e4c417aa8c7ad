"""A small certificate factory on the package ``cryptography``: fixed names, fixed dates, one key per name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

AT = datetime(2026, 6, 1, tzinfo=timezone.utc)
BEGIN = datetime(2025, 1, 1, tzinfo=timezone.utc)
END = datetime(2030, 1, 1, tzinfo=timezone.utc)


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key of this name: derived from it, so that every run makes the same."""
    number = int.from_bytes(name.encode().ljust(24, b"."), "big")
    return ec.derive_private_key(number, ec.SECP256R1())


def dn(common_name: str) -> x509.Name:
    """Return a subject with this common name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.DOMAIN_COMPONENT, "vsphere"),
            x509.NameAttribute(NameOID.DOMAIN_COMPONENT, "local"),
        ]
    )


@dataclass(frozen=True)
class Issued:
    """A certificate and the key it certifies."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(Encoding.DER)


def root(name: str = "CA", *, key_name: str | None = None, begin: datetime = BEGIN, end: datetime = END) -> Issued:
    """Make a self-signed CA. The same name with another key name is a regenerated root."""
    own = key(key_name or name)
    subject = dn(name)
    builder = _builder(subject, subject, own, begin, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    return Issued(builder.sign(own, hashes.SHA256()), own)


def server(host: str, issuer: Issued, *, begin: datetime = BEGIN, end: datetime = END) -> Issued:
    """Make the certificate of a server."""
    own = key(host)
    builder = _builder(dn(host), issuer.certificate.subject, own, begin, end)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(identifier, critical=False)
    return Issued(builder.sign(issuer.key, hashes.SHA256()), own)


def crl(issuer: Issued, *revoked: Issued) -> x509.CertificateRevocationList:
    """Make a CRL that lists these certificates as revoked for key compromise."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(AT - timedelta(days=1)).next_update(AT + timedelta(days=7))
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(identifier, critical=False).add_extension(x509.CRLNumber(1), critical=False)
    for entry in revoked:
        record = x509.RevokedCertificateBuilder().serial_number(entry.certificate.serial_number)
        record = record.revocation_date(AT - timedelta(days=2))
        record = record.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        builder = builder.add_revoked_certificate(record.build())
    return builder.sign(issuer.key, hashes.SHA256())


def crl_pem(issuer: Issued, *revoked: Issued) -> bytes:
    """Make the same CRL as PEM."""
    return crl(issuer, *revoked).public_bytes(Encoding.PEM)


def _builder(
    subject: x509.Name, issuer: x509.Name, own: ec.EllipticCurvePrivateKey, begin: datetime, end: datetime
) -> x509.CertificateBuilder:
    serial = int.from_bytes(subject.public_bytes()[-8:], "big") + 1
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(own.public_key())
    return builder.serial_number(serial).not_valid_before(begin).not_valid_after(end)
