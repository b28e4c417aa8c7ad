"""govc, a client that nobody here wrote, at the simulated estate."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

import servers
import simulated

CLUSTER = "/Datacenter/host/Cluster"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    go = shutil.which("go")
    if go is None:
        servers.lacking("there is no Go")
    built = tmp_path_factory.mktemp("govc") / "govc"
    source = servers.ROOT / "tests" / "interop" / "govc"
    done = subprocess.run([go, "build", "-o", built, "."], cwd=source, capture_output=True, text=True, check=False)
    if done.returncode:
        servers.lacking(f"govc cannot be built: {done.stderr[-300:]}")
    return built


@pytest.fixture(scope="module", params=["6.7", "8.0.3", "9.0"])
def estate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[simulated.Estate]:
    with simulated.running(tmp_path_factory.mktemp("estate"), request.param, hosts=2) as running:
        yield running


class Govc:
    """Commands against one estate."""

    def __init__(self, program: Path, estate: simulated.Estate, **variables: str) -> None:
        """Take what a user would export."""
        self.program = program
        self.variables = {
            "GOVC_URL": f"https://{estate.host}:{estate.port}/sdk",
            "GOVC_USERNAME": estate.user,
            "GOVC_PASSWORD": estate.password,
            "GOVC_TLS_CA_CERTS": str(estate.ca_file),
            "GOVC_PERSIST_SESSION": "false",
            **variables,
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command."""
        environment = {**os.environ, **self.variables}
        return subprocess.run(
            [self.program, *words], env=environment, capture_output=True, encoding="utf-8", check=False, timeout=60
        )

    def __call__(self, *words: str) -> str:
        """Run one command that must finish; what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def govc(program: Path, estate: simulated.Estate) -> Govc:
    return Govc(program, estate)


def test_about_is_told_and_the_certificate_verified(govc: Govc, program: Path, estate: simulated.Estate) -> None:
    about = json.loads(govc("about", "-json"))["about"]
    assert about["apiType"] == "VirtualCenter"
    assert about["version"].startswith(estate.version)
    certificate = govc("about.cert", "-show")
    served = x509.load_pem_x509_certificate(certificate.encode())
    assert f"CN={estate.host}" in served.subject.rfc4514_string()
    told = json.loads(govc("about.cert", "-json"))
    assert told["status"] == "good"
    assert told["thumbprintSHA1"].replace(":", "").lower() == served.fingerprint(hashes.SHA1()).hex()  # noqa: S303 - the thumbprint is SHA-1
    stranger = Govc(program, estate, GOVC_TLS_CA_CERTS="").run("about")
    assert stranger.returncode != 0
    assert "x509" in stranger.stderr
    told_by_option = Govc(program, estate, GOVC_TLS_CA_CERTS="")("about", f"-tls-ca-certs={estate.ca_file}")
    assert "VMware vCenter Server" in told_by_option
    refused = Govc(program, estate, GOVC_PASSWORD=estate.password + "x").run("ls")
    assert "incorrect user name or password" in refused.stderr


def test_the_inventory_is_walked(govc: Govc) -> None:
    assert govc("ls").split() == [f"/Datacenter/{name}" for name in ("vm", "host", "datastore", "network")]
    hosts = [f"{CLUSTER}/esx0{number}.vc01.lab.example" for number in (1, 2)]
    assert govc("ls", "host/Cluster").split()[:2] == hosts
    assert govc("find", "/", "-type", "h").split() == hosts
    assert "connected" in govc("host.info", "-host", hosts[0])
    by_name = json.loads(govc("host.info", "-host.dns", "esx02.vc01.lab.example", "-json"))
    assert by_name["hostSystems"][0]["name"] == "esx02.vc01.lab.example"


def test_the_certificate_of_a_host_is_told(govc: Govc) -> None:
    host = f"{CLUSTER}/esx01.vc01.lab.example"
    shown = x509.load_pem_x509_certificate(govc("host.cert.info", "-show", "-host", host).encode())
    told = json.loads(govc("host.cert.info", "-json", "-host", host))
    assert told["status"] == "good"
    assert told["thumbprintSHA1"].replace(":", "").lower() == shown.fingerprint(hashes.SHA1()).hex()  # noqa: S303 - the thumbprint is SHA-1
    for people in ("VMware Engineering", "esx01.vc01.lab.example", "vc01.lab.example"):
        assert people in govc("host.cert.info", "-host", host)
    pinned = govc("collect", "-s", "HostSystem:host-10", "summary.config.sslThumbprint").strip()
    assert pinned == told["thumbprintSHA1"]


def test_a_host_goes_and_comes_back_and_both_are_events(govc: Govc) -> None:
    host = f"{CLUSTER}/esx02.vc01.lab.example"
    assert "OK" in govc("host.disconnect", host)
    again = govc.run("host.disconnect", host)
    assert again.returncode != 0
    assert "OK" in govc("host.reconnect", host)
    events = govc("events", "-n", "5", host)
    assert "Disconnected from esx02" in events
    assert "Connected to esx02" in events
    kinds = govc("events", "-type", "HostDisconnectedEvent")
    assert "Disconnected from esx02" in kinds
    assert "Connected to esx02" not in kinds.replace("Disconnected", "")


def test_settings_are_read_and_set(govc: Govc) -> None:
    assert "vmca" in govc("option.ls", "vpxd.certmgmt.mode")
    govc("option.set", "vpxd.certmgmt.certs.daysValid", "800")
    assert "800" in govc("option.ls", "vpxd.certmgmt.certs.daysValid")
