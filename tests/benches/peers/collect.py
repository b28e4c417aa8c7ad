"""The loop people write today: pyVmomi, one vCenter and one host after the other.

    python collect.py FLEET.toml HOW_MANY_VCENTERS

Asks for what a collection asks for: the roots, the certificate mode, each host's facts, its trust store, what it
presents on 443 and 9080, the storage providers. Prints the seconds it took, and how many hosts and certificates it saw.
"""

import base64
import json
import socket
import ssl
import sys
import time
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import tomllib
from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import SoapStubAdapter, VmomiSupport, sms, vim


def port_of(connect, host, port):
    """The address behind a name, as the inventory's table says."""
    target = connect.get(f"{host}:{port}") or connect[f"*.lab.example:{port}"]
    address, _, number = target.rpartition(":")
    return address, int(number)


def presented(connect, host, port):
    """What a port of a host presents; nothing is judged."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    plain = socket.create_connection(port_of(connect, host, port))
    with plain, context.wrap_socket(plain, server_hostname=host) as secured:
        return secured.getpeercert(binary_form=True)


class Named(HTTPSConnection):
    """Connects to an address and asks for, and verifies, a name."""

    def __init__(self, address, name, context):
        super().__init__(*address, context=context)
        self._name, self._own = name, context

    def connect(self):
        self.sock = self._own.wrap_socket(socket.create_connection((self.host, self.port)), server_hostname=self._name)


def roots(address, name, context, user, password):
    """The trusted root chains over REST."""
    seen = 0
    basic = base64.b64encode(f"{user}:{password}".encode()).decode()
    connection = Named(address, name, context)

    def ask(method, path, headers):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status}")
        return json.loads(body) if body else None

    session = {"vmware-api-session-id": ask("POST", "/api/session", {"Authorization": f"Basic {basic}"})}
    path = "/api/vcenter/certificate-management/vcenter/trusted-root-chains"
    for chain in ask("GET", path, session):
        seen += len(ask("GET", f"{path}/{chain['chain']}", session)["cert_chain"]["cert_chain"])
    ask("DELETE", "/api/session", session)
    connection.close()
    return seen


def vcenter(entry, connect, context, user, password):
    """Everything about one vCenter and its hosts."""
    name = urlsplit(entry["url"]).hostname
    address = port_of(connect, name, 443)
    presented(connect, name, 443)
    certificates = roots(address, name, context, user, password)
    # The name is what is verified; the address is where it listens here.
    known = socket.getaddrinfo
    socket.getaddrinfo = lambda host, port, *rest, **options: known(
        *(address if host == name else (host, port)), *rest, **options
    )
    try:
        service = SmartConnect(host=name, user=user, pwd=password, sslContext=context)
        try:
            content = service.RetrieveContent()
            content.setting.QueryOptions("vpxd.certmgmt.mode")
            view = content.viewManager.CreateContainerView(content.rootFolder, [vim.HostSystem], True)
            hosts = 0
            for host in view.view:
                hosts += 1
                facts = host.name, host.runtime.connectionState, host.config.product.version, host.config.certificate
                assert all(facts)
                manager = host.configManager.certificateManager
                certificates += len(manager.ListCACertificates()) + len(manager.ListCACertificateRevocationLists())
                certificates += bool(presented(connect, host.name, 443)) + bool(presented(connect, host.name, 9080))
            # SMS takes the session from a header.
            VmomiSupport.GetRequestContext()["vcSessionCookie"] = service._stub.cookie.split('"')[1]
            stub = SoapStubAdapter(host=name, path="/sms/sdk", version="sms.version.version14", sslContext=context)
            for provider in sms.ServiceInstance("ServiceInstance", stub).QueryStorageManager().QueryProvider():
                provider.QueryProviderInfo()
        finally:
            Disconnect(service)
    finally:
        socket.getaddrinfo = known
    return hosts, certificates


def main():
    fleet = Path(sys.argv[1])
    inventory = tomllib.loads(fleet.read_text(encoding="utf-8"))
    defaults, connect = inventory["defaults"], inventory["connect"]
    context = ssl.create_default_context(cafile=fleet.parent / defaults["ca_file"])
    password = (fleet.parent / defaults["password_file"]).read_text(encoding="utf-8").strip()
    started, hosts, certificates = time.monotonic(), 0, 0
    for entry in inventory["vcenter"][: int(sys.argv[2])]:
        more = vcenter(entry, connect, context, defaults["user"], password)
        hosts, certificates = hosts + more[0], certificates + more[1]
    print(time.monotonic() - started, hosts, certificates)


if __name__ == "__main__":
    main()
