"""Sessions from Python: calls by their names, at the simulated estate."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
import vitrust

import pki
import simulated
from servers import SIMULATED, Simulator

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
Simulate = Callable[..., Simulator]
USER = "administrator@vsphere.local"
#: Any call may hang for a minute: time to change one's mind.
HANGS = ("--fault", "latency=60000@ListCACertificates")


def connect(simulator: Simulator, **arguments: Any) -> vitrust.Session:
    given: dict[str, Any] = {"user": USER, "password": SIMULATED, **arguments}
    ca_file, to = simulator.fleet.parent / "ca.pem", simulator.connect_to()
    return vitrust.Session.connect("vc01.lab.example", ca_file=ca_file, connect_to=to, **given)


def test_reading_calls_answer_plain_data(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "2")
    with vitrust.Session.open(simulator.fleet, vcenter="vc01.lab.example") as session:
        assert simulator.sessions() == [1]
        hosts = session.read("hosts")
        assert [host["name"] for host in hosts] == ["esx01.vc01.lab.example", "esx02.vc01.lab.example"]
        castore = session.read("host_ca_certificates", manager=hosts[0]["certificate_manager"])
        assert {vitrust.Certificate.from_pem(one).is_ca for one in castore} <= {True, False}
        assert session.read("certificate_mode") == "vmca"
        assert session.read("about")["version"] == "8.0.3"
        assert not session.is_closed
    assert session.is_closed
    assert simulator.sessions() == [0]
    session.close()
    with pytest.raises(vitrust.ArgumentError, match="the session is closed"):
        session.read("hosts")


def test_changing_calls_take_certificates_and_secrets(simulate: Simulate, root: pki.Issued) -> None:
    simulator = simulate("--hosts", "1")
    with vitrust.Session.open(simulator.fleet) as session:
        made = session.change("create_trusted_root", chain=[vitrust.Certificate.from_pem(root.pem)], id=None)
        (found,) = [one for one in session.read("trusted_roots") if one["id"] == made]
        assert vitrust.Certificate.from_pem(found["pem"][0]).der == root.der
        assert session.change("delete_trusted_root", id=made) is None
        host = session.read("hosts")[0]["moref"]
        assert session.change("disconnect_host", host=host, wait_seconds=30) is None
        with pytest.raises(vitrust.VitrustError) as raised:
            session.change("reconnect_host", host=host, user="root", secret="hunter2")  # noqa: S106 - a wrong one
        assert (raised.value.name, "hunter2" in str(raised.value)) == ("fault", False)
        session.change("reconnect_host", host=host, user="root", secret=SIMULATED)
        assert session.read("hosts")[0]["connection_state"] == "connected"


def test_wrong_calls_are_argument_errors_and_repeat_no_value(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    with vitrust.Session.open(simulator.fleet) as session:
        wrong: list[tuple[Callable[[], Any], str]] = [
            (lambda: session.read("set_tls"), "there is no call `set_tls`"),
            (lambda: session.change("hosts"), "there is no call `hosts`"),
            (lambda: session.read("hosts", bogus="hunter2"), "hosts: `bogus`"),
            (lambda: session.read("host_certificate"), "host_certificate: `manager`"),
            (lambda: session.change("disconnect_host", host="hunter2"), "disconnect_host: `host`"),
            (lambda: session.change("renew_tls", secret="hunter2"), "renew_tls: it takes no secret"),  # noqa: S106
            (lambda: session.change("renew_tls", secret="hunter2\udcff"), "secret is not valid text"),  # noqa: S106
        ]
        for call, words in wrong:
            with pytest.raises(vitrust.ArgumentError, match=words) as raised:
                call()
            assert "hunter2" not in str(raised.value)
        with pytest.raises(TypeError, match="plain data or a Certificate, not bytes"):
            session.change("delete_trusted_root", id=b"hunter2")


def test_a_change_whose_answer_is_lost_is_said_to_be(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1", "--fault", "truncated@LogUserEvent")
    with vitrust.Session.open(simulator.fleet) as session, pytest.raises(vitrust.VitrustError) as raised:
        session.change("log_user_event", message="x")
    assert (raised.value.code, raised.value.name) == (608, "outcome-unknown")
    assert simulator.sessions() == [0]


def test_a_session_is_opened_with_a_password_or_one_that_is_asked_for(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return SIMULATED

    for password in (SIMULATED, ask):
        with connect(simulator, password=password) as session:
            assert len(session.read("hosts")) == 1
    assert asked == [f"Password of {USER} at vc01.lab.example"]
    with pytest.raises(vitrust.VitrustError) as raised:
        connect(simulator, password="hunter2")  # noqa: S106 - a wrong one
    assert (raised.value.name, "hunter2" in str(raised.value)) == ("unauthenticated", False)
    for wrong in ({"password": None}, {"user": None}, {"session": "x"}, {"password": lambda _: None}):
        with pytest.raises(TypeError, match="a user and a password, or a session"):
            connect(simulator, **wrong)
    with pytest.raises(vitrust.ArgumentError, match="password is not valid text"):
        connect(simulator, password="hunter2\udcff")  # noqa: S106 - no text at all
    assert simulator.sessions() == [0]


def test_whom_to_trust_is_said_as_in_the_inventory(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    to = simulator.connect_to()
    (presented,) = vitrust.probe("vc01.lab.example", connect_to=to)
    given: dict[str, Any] = {"user": USER, "password": SIMULATED, "connect_to": to}
    pin = "sha256:" + presented.chain[0].sha256.replace(":", "")
    for trust in ({"pins": [pin]}, {"insecure": True}, {"ca_file": simulator.fleet.parent / "ca.pem"}):
        with vitrust.Session.connect("https://vc01.lab.example", system_roots=False, **given, **trust) as session:
            assert session.read("about")["api_type"] == "VirtualCenter"
    with pytest.raises(vitrust.VitrustError) as raised:
        vitrust.Session.connect("vc01.lab.example", system_roots=False, **given)
    assert raised.value.name == "server-untrusted"
    assert simulator.sessions() == [0]


def test_a_session_of_somebody_else_is_used_and_left_open(tmp_path: Path) -> None:
    with simulated.running(tmp_path) as estate:
        context = ssl.create_default_context(cafile=str(estate.ca_file))
        body = (
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><Login xmlns="urn:vim25">'
            f'<_this type="SessionManager">SessionManager</_this><userName>{estate.user}</userName>'
            f"<password>{estate.password.replace('&', '&amp;').replace('<', '&lt;')}</password></Login></e:Body>"
            "</e:Envelope>"
        )
        url = f"https://{estate.host}:{estate.port}/sdk"
        asked = Request(url, body.encode(), {"SOAPAction": '"urn:vim25/8.0.3.0"', "Content-Type": "text/xml"})
        with urlopen(asked, context=context) as answer:  # noqa: S310 - https
            cookie = answer.headers["Set-Cookie"]
        key = cookie.split("vmware_soap_session=")[1].split(";")[0].strip('"')
        place = f"{estate.host}:{estate.port}"
        to = {place: f"127.0.0.1:{estate.port}"}
        for _ in range(2):
            with vitrust.Session.connect(place, session=key, ca_file=estate.ca_file, connect_to=to) as session:
                assert len(session.read("hosts")) == 1


def test_an_inventory_with_several_vcenters_wants_a_name(simulate: Simulate) -> None:
    simulator = simulate("--vcenters", "2", "--hosts", "1")
    for name, words in ((None, "several vCenters"), ("vc03", "no vCenter `vc03`")):
        with pytest.raises(vitrust.VitrustError, match=words) as raised:
            vitrust.Session.open(simulator.fleet, vcenter=name)
        assert raised.value.name == "inventory"
    with vitrust.Session.open(simulator.fleet, vcenter="vc02.lab.example") as session:
        assert session.read("hosts")[0]["name"] == "esx01.vc02.lab.example"
    assert simulator.sessions() == [0, 0]


def test_an_inventory_may_ask_for_the_password(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    text = simulator.fleet.read_text(encoding="utf-8")
    lines = ["password_prompt = true" if line.startswith("password_file") else line for line in text.splitlines()]
    simulator.fleet.write_text("\n".join(lines), encoding="utf-8")
    with vitrust.Session.open(simulator.fleet, prompt=lambda _: SIMULATED) as session:
        assert session.read("certificate_mode") == "vmca"
    with pytest.raises(vitrust.VitrustError, match="nobody can be asked"):
        vitrust.Session.open(simulator.fleet)


def stopped(simulator: Simulator, stop: Callable[[], object], cancel: vitrust.Cancel | None = None) -> None:
    """Make a call that hangs, and stop it when it has been on its way for a while."""
    with vitrust.Session.open(simulator.fleet, cancel=cancel) as session:
        manager = session.read("hosts")[0]["certificate_manager"]
        timer = threading.Timer(0.5, stop)
        timer.start()
        try:
            session.read("host_ca_certificates", manager=manager)
        finally:
            timer.join()


def test_cancelling_ends_the_call_and_the_session_is_closed(simulate: Simulate) -> None:
    simulator, cancel = simulate(*HANGS), vitrust.Cancel()
    begun = time.monotonic()
    with pytest.raises(vitrust.VitrustError) as raised:
        stopped(simulator, cancel.cancel, cancel)
    assert raised.value.name == "cancelled"
    assert time.monotonic() - begun < 30
    assert simulator.sessions() == [0]
    with pytest.raises(vitrust.VitrustError, match="cancelled"):
        vitrust.Session.open(simulator.fleet, cancel=cancel)


def test_a_change_that_is_cancelled_on_its_way_is_unknown(simulate: Simulate) -> None:
    simulator, cancel = simulate("--hosts", "1", "--fault", "latency=60000@LogUserEvent"), vitrust.Cancel()
    with vitrust.Session.open(simulator.fleet, cancel=cancel) as session:
        timer = threading.Timer(0.5, cancel.cancel)
        timer.start()
        with pytest.raises(vitrust.VitrustError) as raised:
            session.change("log_user_event", message="x")
        timer.join()
        assert (raised.value.name, "cancelled" in str(raised.value)) == ("outcome-unknown", True)
        # One that was not begun is simply not made.
        with pytest.raises(vitrust.VitrustError) as raised:
            session.change("log_user_event", message="x")
        assert raised.value.name == "cancelled"
    assert simulator.sessions() == [0]


@POSIX
def test_ctrl_c_ends_the_call_and_the_session_is_closed(simulate: Simulate) -> None:
    simulator = simulate(*HANGS)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        stopped(simulator, lambda: os.kill(os.getpid(), signal.SIGINT))
    assert time.monotonic() - begun < 30
    assert simulator.sessions() == [0]


@POSIX
def test_ctrl_c_while_it_opens_leaves_nothing_open(simulate: Simulate) -> None:
    # Before 8.0.3 the session of REST is opened after that of vim25.
    simulator = simulate("--version", "8.0.1", "--fault", "latency=60000@POST /api/session")

    def interrupt() -> None:
        simulator.wait_for_sessions([1])
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        vitrust.Session.open(simulator.fleet)
    thread.join()
    assert simulator.sessions() == [0]


def test_other_threads_go_on_while_a_call_waits(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "2", "--fault", "latency=1500@ListCACertificates")
    with vitrust.Session.open(simulator.fleet) as session:
        managers = [host["certificate_manager"] for host in session.read("hosts")]
        answers: list[list[str]] = []

        def ask(manager: str) -> None:
            answers.append(session.read("host_ca_certificates", manager=manager))

        threads = [threading.Thread(target=ask, args=(manager,)) for manager in managers * 2]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        assert session.read("certificate_mode") == "vmca"
        for thread in threads:
            thread.join()
    assert (len(answers), simulator.sessions()) == (4, [0])
    # One after the other they would take six seconds.
    assert time.monotonic() - begun < 5


def test_a_session_that_is_forgotten_costs_no_process_its_end(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    program = "import sys, vitrust\nprint(len(vitrust.Session.open(sys.argv[1]).read('hosts')))"
    line = [sys.executable, "-c", program, str(simulator.fleet)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr


def test_a_session_that_is_dropped_is_closed_with_a_warning(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    with pytest.warns(ResourceWarning, match="dropped unclosed"):
        vitrust.Session.open(simulator.fleet)
    assert simulator.sessions() == [0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with vitrust.Session.open(simulator.fleet) as session:
            session.close()
        del session


DAEMON = """
import sys, threading, time, vitrust
opened = threading.Event()

def work():
    session = vitrust.Session.open(sys.argv[1])
    manager = session.read("hosts")[0]["certificate_manager"]
    opened.set()
    session.read("host_ca_certificates", manager=manager)

threading.Thread(target=work, daemon=True).start()
opened.wait()
time.sleep(0.3)
"""
KEPT = "import sys, vitrust\nsession = vitrust.Session.open(sys.argv[1])"


@pytest.mark.parametrize("program", [KEPT, DAEMON])
def test_the_end_of_the_interpreter_closes_what_is_open(simulate: Simulate, program: str) -> None:
    simulator = simulate(*HANGS)
    line = [sys.executable, "-W", "always", "-c", program, str(simulator.fleet)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, "ResourceWarning" in done.stderr) == (0, True), done.stderr
    simulator.wait_for_sessions([0])


def test_a_logout_that_fails_is_told(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1", "--fault", "html@Logout")
    session = vitrust.Session.open(simulator.fleet)
    with pytest.warns(RuntimeWarning, match="the logout failed.*until the server times it out: ") as told:
        session.close()
    assert (session.is_closed, told[0].filename, SIMULATED in str(told[0].message)) == (True, __file__, False)
    with pytest.warns(RuntimeWarning, match="the logout failed") as told, vitrust.Session.open(simulator.fleet):
        pass
    assert told[0].filename == __file__
