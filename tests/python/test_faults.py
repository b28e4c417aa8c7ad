"""Collections from Python and the command while the simulated estate misbehaves: the right codes, nothing shown."""

from __future__ import annotations

import base64
import html
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
import vitrust

from servers import SIMULATED, Simulator, command

Simulate = Callable[..., Simulator]
USER = "administrator@vsphere.local"


def secrets() -> set[str]:
    """Every form of the password that a text may give it."""
    # Its first word has a character that every format escapes, and no quotes, which nesting escapes again.
    word = SIMULATED.split(" ")[0]
    pair = f"{USER}:{SIMULATED}".encode()
    coded = {base64.b64encode(text).decode() for text in (SIMULATED.encode(), pair)}
    return {word, html.escape(word), urllib.parse.quote(word), word.replace("&", "\\u0026")} | coded


def assert_not_shown(*texts: str) -> None:
    for text in texts:
        assert not [secret for secret in secrets() if secret in text]


def test_a_secret_is_found_in_each_form() -> None:
    for text in (repr(SIMULATED), html.escape(SIMULATED), urllib.parse.quote(SIMULATED), f"a={SIMULATED}"):
        with pytest.raises(AssertionError):
            assert_not_shown(text)


CASES = [
    ("unavailable@Login:0:1", None, None),
    ("unauthorized@ListCACertificates:0:1", None, None),
    ("session-expired@CreateContainerView:0:1", None, None),
    ("reset@QueryProvider:0:1", None, None),
    ("wrong-content-type@", None, None),
    ("unavailable@Login", "unavailable", "session"),
    ("unauthorized@Login", "unauthenticated", "session"),
    ("html@trusted-root-chains", "response", "trusted"),
    ("garbage@QueryOptions", "response", "certificate mode"),
    ("truncated@CreateContainerView", "connect", "hosts|datastores"),
    ("oversized=80000000@QueryStorageManager", "too-large", "storage providers"),
    ("latency=600000@ListCACertificates", "timeout", "castore"),
    ("slow-drip=600000@RetrievePropertiesEx", "timeout", "hosts|datastores"),
]


@pytest.mark.parametrize(("fault", "name", "place"), CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_cured_or_told_and_no_secret_is_shown(
    simulate: Simulate, fault: str, name: str | None, place: str | None
) -> None:
    simulator = simulate("--vcenters", "2", "--hosts", "2", "--fault", fault)
    seconds = 5 if name == "timeout" else 60
    simulator.change("[defaults]", f"[defaults]\ntimeout_seconds = {seconds}")
    progress: list[tuple[int, int, str]] = []
    collected = vitrust.collect(simulator.fleet, on_progress=lambda *step: progress.append(step))
    assert {failure.name for failure in collected.failures} == ({name} if name else set())
    places = place.split("|") if place else []
    assert all(any(part in failure.object for part in places) for failure in collected.failures)
    simulator.wait_for_sessions([0, 0])
    parts: list[object] = [collected, *collected.failures]
    values = [getattr(part, name) for part in parts for name in dir(part) if not name.startswith("_")]
    assert_not_shown(repr(collected), repr(progress), repr(values), collected.estate.to_json())


@pytest.mark.parametrize("fault", ["unauthorized@Login", "garbage@", "truncated@RetrieveServiceContent", "html@Login"])
def test_the_command_writes_no_secret_anywhere(simulate: Simulate, tmp_path: Path, fault: str) -> None:
    simulator = simulate("--fault", fault)
    out = tmp_path / "out"
    out.mkdir()
    quoted = urllib.parse.quote(SIMULATED, safe="")
    # With the password in the URL too, as people write it, and a server that is not there.
    url = f"https://{urllib.parse.quote(USER)}:{quoted}@127.0.0.1:1/sdk"
    govc = {"GOVC_URL": url, "GOVC_USERNAME": USER, "GOVC_PASSWORD": SIMULATED, "GOVC_INSECURE": "1"}
    done = [
        command("collect", "-c", simulator.fleet, "-o", out / "estate.json", RUST_BACKTRACE="full"),
        command("audit", "-c", simulator.fleet),
        command("collect", "-c", "-", **govc),
    ]
    for one in done:
        assert one.returncode in (1, 2, 3), one.stderr
        assert "Traceback" not in one.stderr
        assert "panicked" not in one.stderr
        assert_not_shown(one.stdout, one.stderr)
    assert_not_shown(*(path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()))
    simulator.wait_for_sessions([0])
