"""Collections from Python and the command while a simulated estate misbehaves: the right codes, and nothing shown."""

from __future__ import annotations

import asyncio
import base64
import html
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import vitrust

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Estate:
    """A running simulator and the files that lead to it."""

    fleet: Path
    password: str
    user: str

    def secrets(self) -> set[str]:
        """Every form of the password that a text may give it."""
        # Its first word has a character that every format escapes, and no quotes, which nesting escapes again.
        word = self.password.split(" ")[0]
        pair = f"{self.user}:{self.password}".encode()
        return {
            word,
            html.escape(word),
            urllib.parse.quote(word),
            word.replace("&", "\\u0026"),
            base64.b64encode(self.password.encode()).decode(),
            base64.b64encode(pair).decode(),
        }

    def assert_not_shown(self, *texts: str) -> None:
        for text in texts:
            assert not [secret for secret in self.secrets() if secret in text]


@pytest.fixture(scope="module")
def simulator() -> Path:
    """Build the simulator, or take what is built."""
    cargo = shutil.which("cargo")
    if cargo is None:
        pytest.skip("there is no cargo")
    line = [cargo, "build", "--package", "vitrust-simulator", "--message-format", "json"]
    built = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-2000:]
    made = [json.loads(line).get("executable") for line in built.stdout.splitlines()]
    return Path(next(path for path in reversed(made) if path))


@contextmanager
def simulated(program: Path, folder: Path, *faults: str) -> Iterator[Estate]:
    """Run an estate of two vCenters with two hosts each in which these faults are in force."""
    line = [program, "--vcenters", "2", "--hosts", "2", "--out", folder]
    for fault in faults:
        line += ["--fault", fault]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        user = ""
        for row in process.stdout:
            word, _, rest = row.rstrip("\n").partition(" ")
            if word == "user":
                user = rest
            if word == "fleet":
                break
        fleet = folder / "fleet.toml"
        try:
            yield Estate(fleet, (folder / "password.txt").read_text(encoding="utf-8"), user)
        finally:
            process.stdin.close()
            process.wait(timeout=60)


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    line = [sys.executable, "-m", "vitrust", *arguments]
    return subprocess.run(line, capture_output=True, encoding="utf-8", env=env, check=False)


CASES = [
    ("unavailable@Login:0:1", None, None),
    ("unauthorized@ListCACertificates:0:1", None, None),
    ("session-expired@CreateContainerView:0:1", None, None),
    ("reset@QueryProvider:0:1", None, None),
    ("wrong-content-type@", None, None),
    ("unavailable@Login", "unavailable", "session"),
    ("unauthorized@Login", "unauthenticated", "session"),
    ("html@trusted-root-chains", "response", "trusted roots"),
    ("garbage@QueryOptions", "response", "certificate mode"),
    ("truncated@CreateContainerView", "connect", "hosts"),
    ("oversized=80000000@QueryStorageManager", "too-large", "storage providers"),
    ("latency=600000@ListCACertificates", "timeout", "castore"),
    ("slow-drip=600000@RetrievePropertiesEx", "timeout", "hosts"),
]


@pytest.mark.parametrize(("fault", "name", "place"), CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_cured_or_told_and_no_secret_is_shown(
    simulator: Path, tmp_path: Path, fault: str, name: str | None, place: str | None
) -> None:
    with simulated(simulator, tmp_path / "fleet", fault) as estate:
        shorten(estate.fleet, 5 if name == "timeout" else 60)
        progress: list[tuple[int, int, str]] = []
        collected = vitrust.collect(estate.fleet, on_progress=lambda *step: progress.append(step))
    assert {failure.name for failure in collected.failures} == ({name} if name else set())
    assert all(place in failure.object for failure in collected.failures if place)
    assert set(collected.estate.hosts) == {"vc01.lab.example", "vc02.lab.example"}
    estate.assert_not_shown(repr(collected), repr(progress), collected.estate.to_json(), str(vars_of(collected)))


def vars_of(collected: vitrust.Collected) -> list[object]:
    """Give every attribute of the result and of its failures."""
    parts: list[object] = [collected, *collected.failures]
    return [getattr(part, name) for part in parts for name in dir(part) if not name.startswith("_")]


def shorten(fleet: Path, seconds: int) -> None:
    text = fleet.read_text(encoding="utf-8")
    fleet.write_text(text.replace("[defaults]", f"[defaults]\ntimeout_seconds = {seconds}"), encoding="utf-8")


@pytest.mark.parametrize("fault", ["unauthorized@Login", "garbage@", "truncated@RetrieveServiceContent", "html@Login"])
def test_the_command_writes_no_secret_anywhere(simulator: Path, tmp_path: Path, fault: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with simulated(simulator, tmp_path / "fleet", fault) as estate:
        fleet = str(estate.fleet)
        done = [
            command("collect", "-c", fleet, "-o", str(out / "estate.json"), RUST_BACKTRACE="full"),
            command("audit", "-c", fleet),
            command("collect", "-c", "-", **govc(estate)),
        ]
    assert done[0].returncode == 1, done[0].stderr
    for one in done:
        assert "Traceback" not in one.stderr
        assert "panicked" not in one.stderr
        estate.assert_not_shown(one.stdout, one.stderr)
    written = [path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()]
    assert len(written) == 1
    estate.assert_not_shown(*written)


def govc(estate: Estate) -> dict[str, str]:
    """Give the variables of govc with the password in the URL too, as people write it, and a server that is not there."""
    quoted = urllib.parse.quote(estate.password, safe="")
    url = f"https://{urllib.parse.quote(estate.user)}:{quoted}@127.0.0.1:1/sdk"
    return {"GOVC_URL": url, "GOVC_USERNAME": estate.user, "GOVC_PASSWORD": estate.password, "GOVC_INSECURE": "1"}


def test_stopping_ends_a_collection_that_hangs(simulator: Path, tmp_path: Path) -> None:
    with simulated(simulator, tmp_path / "fleet", "latency=600000@CreateContainerView") as estate:
        cancel = vitrust.Cancel()
        began = time.monotonic()
        threading.Timer(2, cancel.cancel).start()
        collected = vitrust.collect(estate.fleet, cancel=cancel)
        assert time.monotonic() - began < 60
        assert {failure.name for failure in collected.failures} == {"cancelled"}

        async def stopped() -> None:
            await asyncio.wait_for(vitrust.collect_async(estate.fleet), timeout=2)

        began = time.monotonic()
        with pytest.raises(asyncio.TimeoutError):
            asyncio.run(stopped())
        assert time.monotonic() - began < 60
