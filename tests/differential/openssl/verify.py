"""Asks the ``openssl verify`` command about each case of a file and prints its answers as JSON lines.

Usage: verify.py CASES.jsonl

The protocol is described in ../README.md. Anchors go to -CAfile, the rest of the presented chain to -untrusted, the
first certificate is the target. There is no -partial_chain and no -x509_strict: it is what an application gets
that sets nothing but a time, a purpose and a name.
"""

import base64
import concurrent.futures
import ipaddress
import json
import pathlib
import subprocess
import sys
import tempfile

PURPOSES = {"server": "sslserver", "client": "sslclient", "any": "any"}


def pem(label, text):
    """The PEM block of base64 ``text``."""
    body = base64.encodebytes(base64.b64decode(text)).decode()
    return f"-----BEGIN {label}-----\n{body}-----END {label}-----\n"


def name_arguments(name):
    """The arguments that ask for a host name or an address."""
    if name is None:
        return []
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return ["-verify_hostname", name]
    return ["-verify_ip", name]


def ask(case, folder):
    """One answer for one case; ``folder`` takes the files."""
    arguments = ["openssl", "verify", "-attime", str(case["at"]), "-no-CApath", "-no-CAstore"]
    arguments += ["-purpose", PURPOSES[case["purpose"]], *name_arguments(case["name"])]
    anchors = "".join(pem("CERTIFICATE", one) for one in case["anchors"])
    if anchors:
        arguments += ["-CAfile", write(folder / "anchors.pem", anchors)]
    else:
        arguments += ["-no-CAfile"]
    others = "".join(pem("CERTIFICATE", one) for one in case["chain"][1:])
    if others:
        arguments += ["-untrusted", write(folder / "untrusted.pem", others)]
    if case["crls"]:
        crls = "".join(pem("X509 CRL", one) for one in case["crls"])
        arguments += ["-crl_check_all", "-CRLfile", write(folder / "crls.pem", crls)]
    arguments.append(write(folder / "target.pem", pem("CERTIFICATE", case["chain"][0])))
    done = subprocess.run(arguments, capture_output=True, text=True, errors="replace", check=False)
    return {"case": case["case"], "accepted": done.returncode == 0, "message": message(done.stderr)}


def message(text):
    """The lines of ``text`` that say why, in one line and without file names."""
    lines = [line for line in text.splitlines() if line.startswith("error ") and "lookup:" in line]
    reasons = [line.split(" depth lookup: ")[1] + ", depth " + line.split(" at ")[1].split(" ")[0] for line in lines]
    return "; ".join(reasons) or " ".join(text.split("\n")[:2]).strip()


def write(path, text):
    """Writes ``text`` and gives back the path as text."""
    path.write_text(text)
    return str(path)


def ask_in_own_folder(case):
    """As ``ask``, with a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return ask(case, pathlib.Path(folder))


def main():
    """Answers all cases of the file given, in their order."""
    with open(sys.argv[1], encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for answer in pool.map(ask_in_own_folder, cases):
            print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
