"""Probes and collections from Python, against Python's ssl, govmomi's vcsim and the simulated estate."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import vitrust
from vitrust.live import collect_telling

import pki
from servers import PASSWORD, Simulator, Vcsim, hangs_up_early, tls_server

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
Simulate = Callable[..., Simulator]


def test_a_probe_brings_the_chain_as_sent(tmp_path: Path, root: pki.Issued, server: pki.Issued) -> None:
    seen: list[vitrust.Probe] = []
    with tls_server(tmp_path, server, root.pem) as port:
        to = {"*.example:443": f"127.0.0.1:{port}"}
        (found,) = vitrust.probe("vc01.example", connect_to=to, on_each=seen.append)
    assert [certificate.der for certificate in found.chain] == [server.der, root.der]
    assert (found.protocol, found.possession, found.failure) == ("TLSv1.3", True, None)
    assert (found.endpoint, found.server_name) == ("vc01.example:443", "vc01.example")
    assert seen == [found]
    assert json.loads(found.to_json())["chain"][0]["subject"] == found.chain[0].subject
    store = vitrust.TrustStore.from_pem(root.pem)
    assert store.explain(found.chain, at=pki.AT, name="vc01.example").trusted


def test_a_server_that_is_not_there_is_a_result() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    (found,) = vitrust.probe(f"127.0.0.1:{port}")
    assert found.failure is not None
    assert (found.failure.name, found.chain) == ("connect", ())


def test_arguments_that_mean_nothing_are_refused() -> None:
    for endpoints in ("", "a b", ["vc01", "http://vc01"]):
        with pytest.raises(vitrust.ArgumentError):
            vitrust.probe(endpoints)
    for timeout in (0, -1, float("nan"), float("inf")):
        with pytest.raises(vitrust.ArgumentError, match="timeout"):
            vitrust.probe("127.0.0.1:1", timeout=timeout)
    with pytest.raises(vitrust.ArgumentError):
        vitrust.probe("vc01", connect_to={"vc01": ""})


def test_cancelling_ends_a_probe_that_hangs() -> None:
    cancel = vitrust.Cancel()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Timer(0.3, cancel.cancel).start()
        with pytest.raises(vitrust.VitrustError) as raised:
            vitrust.probe(f"127.0.0.1:{silent.getsockname()[1]}", timeout=60, cancel=cancel)
    assert raised.value.name == "cancelled"
    assert cancel.is_cancelled


def test_an_exception_of_the_callback_ends_the_work() -> None:
    def refuse(_: vitrust.Probe) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        vitrust.probe(["127.0.0.1:1"] * 50, in_flight=2, on_each=refuse)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("", "inventory", "names no [[vcenter]]"),
        ("x = 1", "inventory", "line 1"),
        ('[[vcenter]]\nurl = "vc01"\nbogus = 1', "inventory", "line 3"),
        ('[[vcenter]]\nurl = "a b"', "inventory", "not an endpoint"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword = "hunter2"', "inventory", "does not belong in this file"),
        ('[[vcenter]]\nurl = "vc01"', "credentials", "no `user`"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"', "credentials", "password_env"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_env = "VITRUST_UNSET"', "credentials", "password_env"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_file = "none"', "credentials", "`password_file`: "),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_file = "pw"\npins = ["x"]', "inventory", "`pins[0]`"),
        ('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_file = "pw"\nca_file = "pw"', "inventory", "ca_file"),
    ],
)
def test_an_inventory_that_does_not_say_enough_says_what_is_missing(
    tmp_path: Path, text: str, name: str, words: str
) -> None:
    (tmp_path / "pw").write_text("secret\n", encoding="utf-8")
    inventory = tmp_path / "fleet.toml"
    inventory.write_text(text, encoding="utf-8")
    with pytest.raises(vitrust.VitrustError) as raised:
        vitrust.collect(inventory)
    assert raised.value.name == name
    assert words in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_the_prompt_is_asked_and_its_exception_raised(tmp_path: Path) -> None:
    inventory = tmp_path / "fleet.toml"
    inventory.write_text('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_prompt = true', encoding="utf-8")

    def prompt(question: str) -> str:
        raise EOFError(question)

    with pytest.raises(EOFError, match="Password of u at vc01:443"):
        vitrust.collect(inventory, prompt=prompt)
    with pytest.raises(vitrust.VitrustError, match="nobody can be asked"):
        vitrust.collect(inventory)


def test_an_estate_is_collected(vcsim: Vcsim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRUST_TEST_PASSWORD", PASSWORD)
    progress: list[tuple[int, int, str]] = []
    inventory = vcsim.inventory(tmp_path)
    collected = vitrust.collect(inventory, on_progress=lambda *step: progress.append(step))
    assert collected.estate.hosts == {"vc01": ["DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2"]}
    assert [step[:2] for step in progress] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    # The simulated server has no trust stores; each is named with why, in the failures and in the estate.
    names = {failure.object: failure.name for failure in collected.failures}
    castores = {f"host DC0_C0_H{number}: castore" for number in range(3)}
    assert {"trusted roots", *castores} <= set(names)
    assert set(names.values()) <= {"unsupported", "remote-not-found"}
    told = [block.reason for block in collected.estate.unreadable]
    assert [failure.message for failure in collected.failures if failure.message not in told] == []
    assert collected.insecure == ()
    again = asyncio.run(vitrust.collect_async(inventory))
    assert again.estate == collected.estate
    assert PASSWORD not in collected.estate.to_json() + repr(collected)


def test_what_a_vcenter_holds_and_hosts_present_is_collected(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "2")
    progress: list[tuple[int, int, str]] = []
    collected = vitrust.collect(simulator.fleet, on_progress=lambda *step: progress.append(step))
    assert (collected.failures, collected.insecure, collected.unreached, collected.is_empty) == ((), (), (), False)
    assert [step[:2] for step in progress] == [(1, 3), (2, 3), (3, 3)]
    (vcenter,) = collected.estate.to_dict()["vcenters"]
    (signer,) = vcenter["trusted_roots"]["certificates"]
    (sms,) = vcenter["sms"]["sms_self_signed"]["certificates"]
    (signer_pem,) = vitrust.Certificate.load_all(simulator.fleet.parent / "ca.pem")
    assert plain(signer_pem.sha256) == signer
    told = [vcenter[name] for name in ("version", "certificate_mode", "sso_domain")]
    assert told == ["8.0.3", "vmca", "vsphere.local"]
    assert [host["name"] for host in vcenter["hosts"]] == ["esx01.vc01.lab.example", "esx02.vc01.lab.example"]
    assert [provider["status"] for provider in vcenter["storage_providers"]] == ["online", "online"]
    for host in vcenter["hosts"]:
        asked = [f"{host['name']}:{port}" for port in (443, 9080)]
        presented = vitrust.probe(asked, connect_to=simulator.connect_to())
        seen = [[plain(certificate.sha256) for certificate in one.chain] for one in presented]
        assert [host["https"]["certificates"], host["iofilter"]["certificates"]] == seen
        assert seen[0]
        assert set(host["castore"]["certificates"]) == {signer, sms}
        assert plain(presented[0].chain[0].sha1) == host["pinned_thumbprint"]
    assert simulator.sessions() == [0]
    assert asyncio.run(vitrust.collect_async(simulator.fleet)).estate == collected.estate
    assert simulator.sessions() == [0]


def plain(fingerprint: str) -> str:
    return fingerprint.replace(":", "").lower()


@pytest.mark.parametrize(
    ("story", "findings"),
    [
        ("all-good", set()),
        ("expired-root", {"VT202", "VT401", "VT404", "VT604"}),
        ("regenerated-vmca", {"VT401", "VT402", "VT403", "VT503", "VT604", "VT701"}),
        ("stale-provider", {"VT404", "VT604", "VT703"}),
    ],
)
def test_the_story_of_an_estate_is_told(simulate: Simulate, story: str, findings: set[str]) -> None:
    collected = vitrust.collect(simulate("--hosts", "2", "--story", story).fleet)
    assert collected.failures == ()
    report = vitrust.assess(collected.estate, at=datetime.now(timezone.utc))
    assert {found.id for found in report.findings if found.severity in ("critical", "high")} == findings


#: A host that answers for its trust store in a minute: time to change one's mind.
HANGS = ("--fault", "latency=60000@ListCACertificates")


def soon(simulator: Simulator, then: Callable[[], object]) -> threading.Thread:
    """Do something when the collection has logged in and waits."""

    def wait() -> None:
        simulator.wait_for_sessions([1])
        time.sleep(0.5)
        then()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_cancelling_a_collection_closes_its_session(simulate: Simulate) -> None:
    simulator, cancel = simulate(*HANGS), vitrust.Cancel()
    thread = soon(simulator, cancel.cancel)
    collected = vitrust.collect(simulator.fleet, cancel=cancel)
    thread.join()
    assert "cancelled" in {failure.name for failure in collected.failures}
    assert simulator.sessions() == [0]


def test_cancelling_a_task_closes_its_session(simulate: Simulate) -> None:
    simulator, shared = simulate(*HANGS), vitrust.Cancel()

    async def leave() -> None:
        task = asyncio.create_task(vitrust.collect_async(simulator.fleet, cancel=shared))
        await asyncio.to_thread(simulator.wait_for_sessions, [1])
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    assert simulator.sessions() == [0]
    # Other work may have been given the same.
    assert not shared.is_cancelled


def test_a_task_heeds_the_callers_cancel(simulate: Simulate) -> None:
    simulator, cancel = simulate(*HANGS), vitrust.Cancel()
    thread = soon(simulator, cancel.cancel)
    collected = asyncio.run(vitrust.collect_async(simulator.fleet, cancel=cancel))
    thread.join()
    assert "cancelled" in {failure.name for failure in collected.failures}
    assert simulator.sessions() == [0]


def test_an_exception_of_the_progress_closes_the_sessions(simulate: Simulate) -> None:
    simulator, shared = simulate("--vcenters", "2", "--hosts", "8"), vitrust.Cancel()

    def refuse(*_: object) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        vitrust.collect(simulator.fleet, cancel=shared, on_progress=refuse)
    assert simulator.sessions() == [0, 0]
    assert not shared.is_cancelled


@POSIX
def test_ctrl_c_closes_the_sessions(simulate: Simulate) -> None:
    simulator = simulate(*HANGS)
    thread = soon(simulator, interrupt)
    with pytest.raises(KeyboardInterrupt):
        vitrust.collect(simulator.fleet)
    thread.join()
    assert simulator.sessions() == [0]


@POSIX
def test_a_second_ctrl_c_does_not_wait(simulate: Simulate) -> None:
    simulator = simulate(*HANGS, "--fault", "latency=60000@Logout")
    again: list[float] = []

    def twice() -> None:
        interrupt()
        time.sleep(0.5)
        again.append(time.monotonic())
        interrupt()

    thread = soon(simulator, twice)
    with pytest.raises(KeyboardInterrupt):
        vitrust.collect(simulator.fleet)
    ended = time.monotonic()
    thread.join()
    # Without it the farewell would take five seconds from the first.
    assert 0 < ended - again[0] < 3


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_a_prompt_may_have_no_answer(tmp_path: Path) -> None:
    inventory = tmp_path / "fleet.toml"
    inventory.write_text('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_prompt = true', encoding="utf-8")
    with pytest.raises(vitrust.VitrustError, match="nobody can be asked"):
        vitrust.collect(inventory, prompt=lambda _: None)
    wrong: Any = lambda _: b"hunter2"  # noqa: E731 - a prompt as somebody may write it
    with pytest.raises(TypeError, match="prompt returns str or None, not bytes"):
        vitrust.collect(inventory, prompt=wrong)
    with pytest.raises(vitrust.ArgumentError, match="not valid text") as raised:
        vitrust.collect(inventory, prompt=lambda _: "hunter2\udcff")
    assert "hunter2" not in str(raised.value)


def test_the_number_in_flight_has_bounds() -> None:
    for number in (-1, 0, 513, 2**70):
        with pytest.raises(vitrust.ArgumentError, match="in_flight must be a number from 1 to 512"):
            vitrust.probe("127.0.0.1:1", in_flight=number)
    assert len(vitrust.probe("127.0.0.1:1", in_flight=512)) == 1


def test_a_probe_may_be_awaited_and_left(tmp_path: Path, server: pki.Issued) -> None:
    async def ask() -> None:
        with tls_server(tmp_path, server) as port:
            (found,) = await vitrust.probe_async(f"127.0.0.1:{port}")
        assert [certificate.der for certificate in found.chain] == [server.der]
        with socket.create_server(("127.0.0.1", 0)) as silent:
            asked = f"127.0.0.1:{silent.getsockname()[1]}"
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(vitrust.probe_async(asked, timeout=60), 0.3)

    begun = time.monotonic()
    asyncio.run(ask())
    assert time.monotonic() - begun < 10


@POSIX
def test_a_server_that_hangs_up_costs_no_process_that_has_the_default_sigpipe(
    tmp_path: Path, server: pki.Issued
) -> None:
    program = (
        "import signal, sys, vitrust\n"
        "signal.signal(signal.SIGPIPE, signal.SIG_DFL)\n"
        "print([failure.object for failure in vitrust.collect(sys.argv[1]).failures])\n"
    )
    with hangs_up_early(tmp_path, server) as port:
        inventory = tmp_path / "fleet.toml"
        text = f'[[vcenter]]\nurl = "127.0.0.1:{port}"\nuser = "u"\npassword_file = "word.txt"\ninsecure = true'
        (tmp_path / "word.txt").write_text("word", encoding="utf-8")
        inventory.write_text(text, encoding="utf-8")
        for _ in range(3):
            line = [sys.executable, "-c", program, str(inventory)]
            done = subprocess.run(line, capture_output=True, text=True, check=False)
            assert (done.returncode, "session" in done.stdout) == (0, True), done.stderr


def test_who_is_waited_for_is_told_before_anybody_is_done(simulate: Simulate) -> None:
    simulator, cancel = simulate("--vcenters", "3", "--hosts", "4", "--latency", "50ms"), vitrust.Cancel()
    steps: list[tuple[int, int, str, str | None]] = []
    collect_telling(simulator.fleet, None, (cancel,), lambda *step: steps.append(step))
    assert steps[0][:3] == (0, 3, "")
    assert [step[0] for step in steps] == list(range(16))
    known = [step[1] for step in steps]
    assert (known == sorted(known), known[-1]) == (True, 15)
    done = [step[2] for step in steps[1:]]
    assert len(set(done)) == 15
    # Nobody is waited for who is done already, and nobody at the end.
    for number, step in enumerate(steps):
        assert step[3] not in done[:number]
        assert (step[3] is None) == (number == 15)
