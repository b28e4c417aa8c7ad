"""Asks Python ``cryptography`` (x509.verification) about each case of a file and prints its answers as JSON lines.

Usage: verify.py CASES.jsonl

The protocol is described in ../README.md. A server verifier must have a name: without one in the case it is asked for
the first DNS name or address of the certificate itself. The purpose ``any`` is accepted when the server verifier
or the client verifier accepts.

The policy is the default one, which follows the CA/B Forum's Baseline Requirements. A release without custom
extension policies (before 45) has another set of rules and is not asked.
"""

import base64
import datetime
import ipaddress
import json
import sys

import cryptography
from cryptography import x509

try:
    from cryptography.x509 import verification
except ImportError:  # Before 42 there is no verifier at all.
    verification = None


def subject(name):
    """``name`` as the type the verifier wants."""
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def own_name(certificate):
    """The first DNS name or address of the certificate; an error when there is none."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    for name in names:
        if isinstance(name, (x509.DNSName, x509.IPAddress)):
            return name
    raise ValueError("the certificate has no name to ask for")


def verify(case, purpose):
    """Raises unless ``case`` is accepted for ``purpose``."""
    target, *others = (x509.load_der_x509_certificate(base64.b64decode(one)) for one in case["chain"])
    anchors = [x509.load_der_x509_certificate(base64.b64decode(one)) for one in case["anchors"]]
    at = datetime.datetime.fromtimestamp(case["at"], datetime.timezone.utc).replace(tzinfo=None)
    builder = verification.PolicyBuilder().store(verification.Store(anchors)).time(at)
    if purpose == "server":
        name = subject(case["name"]) if case["name"] is not None else own_name(target)
        builder.build_server_verifier(name).verify(target, others)
    else:
        builder.build_client_verifier().verify(target, others)


def ask(case):
    """One answer for one case."""
    purposes = ["server", "client"] if case["purpose"] == "any" else [case["purpose"]]
    if case["name"] is not None and case["purpose"] == "any":
        purposes = ["server"]
    messages = []
    for purpose in purposes:
        try:
            verify(case, purpose)
        except Exception as error:  # Every kind of refusal is an answer here.
            messages.append(f"{type(error).__name__}: {error}".split("\n")[0])
        else:
            return {"case": case["case"], "accepted": True, "message": ""}
    return {"case": case["case"], "accepted": False, "message": " | ".join(messages)}


def main():
    """Answers all cases of the file given, in their order."""
    if not hasattr(verification, "ExtensionPolicy"):
        sys.exit(f"cryptography {cryptography.__version__} is too old: custom extension policies came with 45.0.0")
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            print(json.dumps(ask(json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    main()
