"""The commands that ask servers: what they print, how they end, and that Ctrl-C leaves no session behind."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import vitrust
from jsonschema import Draft202012Validator
from vitrust import _native
from vitrust.cli.paint import Progress

import pki
from servers import COMMAND, PASSWORD, SIMULATED, Simulator, Vcsim, command, hangs_up_early, tls_server

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals, terminals and named pipes are those of POSIX")
Simulate = Callable[..., Simulator]


def test_the_command_shows_a_chain(tmp_path: Path, server: pki.Issued) -> None:
    with tls_server(tmp_path, server) as port:
        rule = f"vc01.example:443=127.0.0.1:{port}"
        shown = command("probe", "vc01.example", "--connect-to", rule)
        as_json = command("probe", "vc01.example", "--connect-to", rule, "--json")
        as_pem = command("probe", "vc01.example", "--connect-to", rule, "--pem")
    assert shown.returncode == 0, shown.stderr
    assert "TLSv1.3" in shown.stdout
    assert json.loads(as_json.stdout)[0]["possession"] is True
    assert as_pem.stdout.encode() == server.pem
    missing = command("probe", "127.0.0.1:1")
    assert (missing.returncode, "refused" in missing.stdout) == (1, True)


def test_the_command_collects_and_audits(vcsim: Vcsim, tmp_path: Path) -> None:
    inventory = str(vcsim.inventory(tmp_path))
    estate = tmp_path / "estate.json"
    collected = command("collect", "-c", inventory, "-o", str(estate), VITRUST_TEST_PASSWORD=PASSWORD)
    assert collected.returncode == 1, collected.stderr  # the trust stores could not be collected
    assert vitrust.Estate.load(estate).hosts["vc01"] == ["DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2"]
    audited = command("audit", "-c", inventory, VITRUST_TEST_PASSWORD=PASSWORD)
    assert "1 vCenter, 3 hosts" in audited.stdout
    for done in (collected, audited):
        assert PASSWORD not in done.stdout + done.stderr


def test_an_unknown_certificate_is_shown_with_what_would_trust_it(vcsim: Vcsim, tmp_path: Path) -> None:
    inventory = vcsim.inventory(tmp_path)
    text = inventory.read_text(encoding="utf-8").replace(f'pins = ["{vcsim.pin}"]', "system_roots = false")
    inventory.write_text(text, encoding="utf-8")
    done = command("collect", "-c", str(inventory), VITRUST_TEST_PASSWORD=PASSWORD)
    assert done.returncode == 3  # there is but one vCenter, and it was not trusted
    assert f'pins = ["{vcsim.pin}"]' in done.stderr
    insecure = text.replace("system_roots = false", "insecure = true")
    inventory.write_text(insecure, encoding="utf-8")
    loud = command("collect", "-c", str(inventory), VITRUST_TEST_PASSWORD=PASSWORD)
    assert "vc01: INSECURE" in loud.stderr


def test_the_variables_of_govc_are_enough(vcsim: Vcsim) -> None:
    variables = {"GOVC_URL": vcsim.address, "GOVC_USERNAME": "user", "GOVC_PASSWORD": PASSWORD, "GOVC_INSECURE": "1"}
    done = command("collect", "-c", "-", **variables)
    assert "INSECURE" in done.stderr
    assert '"DC0_C0_H0"' in done.stdout
    assert PASSWORD not in done.stdout + done.stderr


def test_a_probe_follows_its_schema(tmp_path: Path, server: pki.Issued) -> None:
    schema = json.loads(command("schema", "probe").stdout)
    assert schema == json.loads(_native.schema("probe"))
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    with tls_server(tmp_path, server) as port:
        done = command("probe", f"127.0.0.1:{port}", "127.0.0.1:1", "--json")
    shown, missing = json.loads(done.stdout)
    assert [[error.message for error in judge.iter_errors(one)] for one in (shown, missing)] == [[], []]
    assert list(judge.iter_errors({**shown, "chain": 1}))


def test_an_estate_without_trouble_is_collected_and_judged(simulate: Simulate, tmp_path: Path) -> None:
    simulator, estate = simulate("--vcenters", "2"), tmp_path / "estate.json"
    collected = command("collect", "-c", simulator.fleet, "-o", estate)
    assert (collected.returncode, collected.stdout) == (0, "")
    assert collected.stderr == f"vitrust: {estate}: 2 vCenters, 8 hosts\n"
    printed = command("collect", "-c", simulator.fleet, "-o", "-")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert json.loads(printed.stdout) == json.loads(estate.read_text(encoding="utf-8"))
    assert not Path("-").exists()
    assert simulator.sessions() == [0, 0]


def test_the_story_is_told_by_the_command(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "2", "--story", "stale-provider")
    done = command("audit", "-c", simulator.fleet)
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 vCenter, 2 hosts" in done.stdout
    assert "VT404" in done.stdout
    assert command("audit", "-c", simulator.fleet, "--fail-on", "never").returncode == 0
    assert simulator.sessions() == [0]


@pytest.mark.parametrize("options", [["audit"], ["audit", "--json"], ["collect"]])
def test_what_could_not_be_collected_ends_with_1_unless_nobody_asks_for_it(
    simulate: Simulate, options: list[str]
) -> None:
    simulator = simulate("--hosts", "2", "--fault", "garbage@ListCACertificates")
    for words, code in (((), 1), (("--fail-on", "unknown"), 1), (("--fail-on", "never"), 0)):
        done = command(*options, *words, "-c", simulator.fleet)
        assert done.returncode == code
        assert "castore: " in done.stderr
    assert simulator.sessions() == [0]


@pytest.mark.parametrize("options", [["audit"], ["audit", "--fail-on", "never"], ["audit", "--json"], ["collect"]])
def test_nothing_that_could_be_had_ends_with_3(simulate: Simulate, options: list[str]) -> None:
    simulator = simulate("--hosts", "1")
    (simulator.fleet.parent / "password.txt").write_text("wrong", encoding="utf-8")
    refused = command(*options, "-c", simulator.fleet)
    simulator.change(f"127.0.0.1:{simulator.port()}", "127.0.0.1:1")
    gone = command(*options, "-c", simulator.fleet)
    for done in (refused, gone):
        assert done.returncode == 3
        assert done.stderr.endswith("vitrust: no vCenter could be queried\n")
        assert "vc01.lab.example: session: " in done.stderr


def test_one_of_two_that_could_be_asked_ends_with_1(simulate: Simulate) -> None:
    simulator = simulate("--vcenters", "2", "--hosts", "1")
    simulator.change(f"127.0.0.1:{simulator.port('vc02.lab.example')}", "127.0.0.1:1")
    for options in (["audit", "--fail-on", "unknown"], ["collect"]):
        assert command(*options, "-c", simulator.fleet).returncode == 1
    for word in ("critical", "never"):
        assert command("collect", "--fail-on", word, "-c", simulator.fleet).returncode == 0


def test_exports_and_an_inventory_are_one_too_many(tmp_path: Path) -> None:
    done = command("audit", "-c", tmp_path / "none.toml", tmp_path)
    assert done.returncode == 2
    assert "not both" in done.stderr


def test_insecure_is_said_where_somebody_answered(simulate: Simulate) -> None:
    simulator = simulate("--vcenters", "2", "--hosts", "1")
    simulator.change('ca_file = "ca.pem"', "insecure = true")
    simulator.change(f"127.0.0.1:{simulator.port('vc02.lab.example')}", "127.0.0.1:1")
    done = command("collect", "-c", simulator.fleet)
    (line,) = [line for line in done.stderr.splitlines() if "INSECURE" in line]
    assert "vc01.lab.example: INSECURE" in line
    assert "whoever answered has the password now" in line


def test_nobody_is_asked_without_a_terminal(tmp_path: Path) -> None:
    inventory = tmp_path / "fleet.toml"
    inventory.write_text('[[vcenter]]\nurl = "vc01"\nuser = "u"\npassword_prompt = true', encoding="utf-8")
    done = command("collect", "-c", inventory)
    assert done.returncode == 3
    assert "nobody can be asked" in done.stderr


@POSIX
@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (b"hunter2\n", 3, b"no vCenter could be queried"),
        (b"hunter2\xff\n", 2, b"not valid text"),
        (b"\x04", 3, b"nobody can be asked"),
    ],
)
def test_a_password_is_asked_for_on_a_terminal(tmp_path: Path, typed: bytes, code: int, words: bytes) -> None:
    inventory = tmp_path / "fleet.toml"
    inventory.write_text('[[vcenter]]\nurl = "127.0.0.1:1"\nuser = "u"\npassword_prompt = true', encoding="utf-8")
    master, terminal = os.openpty()
    line = [*COMMAND, "collect", "-c", str(inventory)]
    with subprocess.Popen(
        line, stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal, start_new_session=True
    ) as running:
        os.close(terminal)
        shown = b""
        while b"Password of u" not in shown:
            shown += os.read(master, 65536)
        # The echo is off before the question is asked.
        os.write(master, typed)
        while True:
            try:
                shown += os.read(master, 65536)
            except OSError:
                break
    os.close(master)
    assert (running.returncode, words in shown, b"hunter2" in shown) == (code, True, False), shown


@pytest.mark.parametrize("option", [("--at", "whenever"), ("--thresholds", "odd")])
def test_an_option_that_means_nothing_is_refused_before_anybody_is_asked(
    tmp_path: Path, option: tuple[str, str]
) -> None:
    # Who reads it says that it is not there.
    done = command("audit", "-c", tmp_path / "none.toml", *option)
    assert (done.returncode, option[1] in done.stderr, "none.toml" in done.stderr) == (2, True, False)


def test_too_many_in_flight_is_wrong_usage() -> None:
    for number in ("0", "513"):
        assert command("probe", "127.0.0.1:1", "--in-flight", number).returncode == 2


@POSIX
def test_a_server_that_hangs_up_costs_nothing_of_the_others(
    simulate: Simulate, tmp_path: Path, server: pki.Issued
) -> None:
    simulator = simulate("--hosts", "1")
    with hangs_up_early(tmp_path, server) as port:
        text = simulator.fleet.read_text(encoding="utf-8")
        rude = f'\n[[vcenter]]\nname = "rude"\nurl = "127.0.0.1:{port}"\ninsecure = true\n\n[connect]'
        simulator.fleet.write_text(text.replace("\n[connect]", rude).replace("ca_file", "# ca_file"), encoding="utf-8")
        simulator.change("sso_domain", 'ca_file = "ca.pem"\nsso_domain')
        for _ in range(3):
            done = command("collect", "-c", simulator.fleet)
            assert done.returncode == 1, done.stderr
            assert "rude: session: " in done.stderr
            assert '"esx01.vc01.lab.example"' in done.stdout
    assert simulator.sessions() == [0]


@POSIX
@pytest.mark.parametrize("options", [["audit"], ["audit", "--json"], ["collect"]])
def test_a_pipe_nobody_reads_ends_live_commands_quietly(simulate: Simulate, options: list[str]) -> None:
    simulator = simulate("--hosts", "1")
    end, begin = os.pipe()
    os.close(end)
    line = [*COMMAND, *options, "-c", str(simulator.fleet)]
    done = subprocess.run(line, stdout=begin, stderr=subprocess.PIPE, check=False)
    os.close(begin)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")
    assert simulator.sessions() == [0]


def hanging(simulator: Simulator, *options: str) -> subprocess.Popen[str]:
    """Start a live command, and return when it has logged in."""
    line = [*COMMAND, *options, "-c", str(simulator.fleet)]
    running = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    simulator.wait_for_sessions([1])
    return running


@POSIX
@pytest.mark.parametrize("command", ["audit", "collect"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_sessions_and_ends_the_command(
    simulate: Simulate, command: str, number: signal.Signals
) -> None:
    simulator = simulate("--fault", "latency=60000@ListCACertificates")
    with hanging(simulator, command) as running:
        running.send_signal(number)
        assert running.communicate(timeout=60) == ("", "")
    assert running.returncode == -number
    assert simulator.sessions() == [0]


@POSIX
def test_a_second_ctrl_c_ends_the_command_at_once(simulate: Simulate) -> None:
    simulator = simulate("--fault", "latency=60000@ListCACertificates", "--fault", "latency=60000@Logout")
    with hanging(simulator, "collect") as running:
        running.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=0.7)
        running.send_signal(signal.SIGINT)
        # Without it the farewell would take five seconds from the first.
        assert running.wait(timeout=3) == -signal.SIGINT


@POSIX
def test_an_ignored_signal_stays_ignored(simulate: Simulate) -> None:
    simulator = simulate("--fault", "latency=1500@ListCACertificates")
    line = ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", *COMMAND, "collect", "-c", str(simulator.fleet)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        simulator.wait_for_sessions([1])
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)
    assert running.returncode == 0


@POSIX
def test_nothing_a_server_says_moves_the_cursor(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    simulator.change('name = "vc01.lab.example"', 'name = "evil\\u001b[31m\\u009b31m"')
    simulator.change(f"127.0.0.1:{simulator.port()}", "127.0.0.1:1")
    master, terminal = os.openpty()
    done = subprocess.run(
        [*COMMAND, "collect", "-c", str(simulator.fleet)], stdout=subprocess.DEVNULL, stderr=terminal, check=False
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            shown += os.read(master, 65536)
        except OSError:
            break
    os.close(master)
    assert done.returncode == 3
    assert b"1 of 1 servers, evil" in shown
    assert b"\x9b" not in shown
    assert [part for part in shown.split(b"\x1b")[1:] if not part.startswith(b"[K")] == []


class Terminal(io.StringIO):
    """What a terminal is sent."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def test_progress_is_cut_by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "21")
    progress = Progress()
    progress.show("日本" * 20)
    progress.show("short")
    progress.end()
    assert terminal.getvalue() == f"\r\033[K{'日本' * 5}\r\033[Kshort\r\033[K"


def test_a_failed_collection_leaves_the_file_that_is_there(simulate: Simulate, tmp_path: Path) -> None:
    simulator, estate = simulate("--vcenters", "2", "--hosts", "1"), tmp_path / "estate.json"
    password = simulator.fleet.parent / "password.txt"
    right = password.read_text(encoding="utf-8")
    password.write_text("wrong", encoding="utf-8")
    refused = command("collect", "-c", simulator.fleet, "-o", estate)
    assert (refused.returncode, estate.exists()) == (3, False)
    assert f"vitrust: {estate}: not written, since nothing was collected\n" in refused.stderr
    assert refused.stderr.count("was not tried here") == 1
    password.write_text(right, encoding="utf-8")
    assert command("collect", "-c", simulator.fleet, "-o", estate).returncode == 0
    good = estate.read_bytes()
    password.write_text("wrong", encoding="utf-8")
    again = command("collect", "-c", simulator.fleet, "-o", estate)
    assert (again.returncode, estate.read_bytes()) == (3, good)
    assert f"vitrust: {estate}: kept as it was, since nothing was collected\n" in again.stderr


def test_a_collection_in_part_is_written_and_says_so(simulate: Simulate, tmp_path: Path) -> None:
    simulator, estate = simulate("--vcenters", "2", "--hosts", "1"), tmp_path / "estate.json"
    simulator.change(f"127.0.0.1:{simulator.port('vc02.lab.example')}", "127.0.0.1:1")
    done = command("collect", "-c", simulator.fleet, "-o", estate)
    words = f"vitrust: {estate}: 2 vCenters, 1 host; incomplete: nothing was collected from vc02.lab.example\n"
    assert (done.returncode, words in done.stderr) == (1, True), done.stderr
    assert vitrust.Estate.load(estate).hosts["vc01.lab.example"] == ["esx01.vc01.lab.example"]


def test_a_fact_that_is_missing_is_counted(simulate: Simulate, tmp_path: Path) -> None:
    simulator, estate = simulate("--hosts", "1", "--fault", "html@QueryOptions"), tmp_path / "estate.json"
    done = command("collect", "-c", simulator.fleet, "-o", estate)
    assert f"{estate}: 1 vCenter, 1 host; incomplete: 1 fact could not be collected\n" in done.stderr


def test_variables_may_pin_and_insecure_is_as_loud_in_any_of_them(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    port = simulator.port()
    (presented,) = vitrust.probe(f"127.0.0.1:{port}")
    given = {
        "VMWARE_HOST": "127.0.0.1",
        "VMWARE_PORT": str(port),
        "VMWARE_USER": "administrator@vsphere.local",
        "VMWARE_PASSWORD": SIMULATED,
    }
    pinned = command("collect", "-c", "-", VITRUST_PINS=presented.chain[0].sha256, **given)
    assert ("INSECURE" in pinned.stderr, '"esx01.vc01.lab.example"' in pinned.stdout) == (False, True), pinned.stderr
    loud = command("collect", "-c", "-", VMWARE_VALIDATE_CERTS="false", **given)
    assert "127.0.0.1: INSECURE: its certificate was not checked" in loud.stderr
    assert json.loads(loud.stdout)["vcenters"][0]["insecure"] is True
    other = command("collect", "-c", "-", **given)
    assert (other.returncode, "pins = [" in other.stderr) == (3, True)


def test_a_proxy_is_refused_by_name_or_said_not_to_be_used(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    proxy = {"HTTPS_PROXY": f"http://root:{PASSWORD}@proxy.lab.example:3128"}
    govc = {"GOVC_URL": "vc01.lab.example", "GOVC_USERNAME": "user", "GOVC_PASSWORD": PASSWORD}
    refused = command("collect", "-c", "-", **govc, **proxy)
    assert refused.returncode == 3
    assert "add vc01.lab.example to NO_PROXY, or unset HTTPS_PROXY" in refused.stderr
    simulator.change(f"127.0.0.1:{simulator.port()}", "127.0.0.1:1")
    gone = command("collect", "-c", simulator.fleet, **proxy)
    assert "HTTPS_PROXY is set but was not used" in gone.stderr
    assert "HTTPS_PROXY" not in command("collect", "-c", simulator.fleet).stderr


@POSIX
def test_tests_of_ctrl_c_hold_where_it_is_ignored() -> None:
    names = ["test_cli_faults.py::test_ctrl_c_ends_native_work", "test_live.py::test_ctrl_c_closes_the_sessions"]
    pytest_of = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *names]
    line = ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", *pytest_of]
    folder = Path(__file__).parent
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, "2 passed" in done.stdout) == (0, True), done.stdout
