"""One estate and one report in every language: C#, C by ctypes and Python give the same bytes."""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import vitrust

import servers

ROOT = servers.ROOT
ESTATE = ROOT / "examples" / "estate"
AT = "2026-06-01"
HOST = ESTATE / "vc04" / "hosts" / "esx31.lab.example"


@pytest.fixture(scope="module")
def library() -> Path:
    return servers.library_path()


class Handles:
    """The C ABI by ctypes: as little as a caller needs."""

    def __init__(self, path: Path) -> None:
        self._library = ctypes.CDLL(str(path))
        self._library.vitrust_report_data.restype = ctypes.c_char_p

    @contextmanager
    def call(self, name: str, kind: str, *inputs: ctypes.c_void_p | bytes) -> Iterator[ctypes.c_void_p]:
        """Make a call whose inputs are handles and bytes; its one output, which is freed again."""
        out, error = ctypes.c_void_p(), ctypes.c_void_p()
        arguments: list[object] = []
        for value in inputs:
            arguments += [value, ctypes.c_size_t(len(value))] if isinstance(value, bytes) else [value]
        status = getattr(self._library, name)(*arguments, ctypes.byref(out), ctypes.byref(error))
        assert status == 0, f"{name} returned {status}"
        try:
            yield out
        finally:
            getattr(self._library, f"vitrust_{kind}_free")(out)

    def text(self, report: ctypes.c_void_p) -> bytes:
        """Return the whole report."""
        data: bytes = self._library.vitrust_report_data(report)
        return data


def by_ctypes(library: Path, estate: Path) -> bytes:
    handles = Handles(library)
    paths, options = json.dumps([str(estate)]).encode(), json.dumps({"at": AT}).encode()
    with (
        handles.call("vitrust_estate_load", "estate", paths) as loaded,
        handles.call("vitrust_estate_assess", "report", loaded, options) as report,
    ):
        return handles.text(report)


@pytest.fixture(scope="module")
def program(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The C# test program."""
    mcs = shutil.which("mcs")
    if mcs is None or shutil.which("mono") is None:
        pytest.skip("there is no mcs or no mono")
    folder = tmp_path_factory.mktemp("csharp")
    # The assembly looks for the library in its own folder.
    shutil.copy(library, folder / f"libvitrust{library.suffix}")
    interop = ROOT / "bindings-c" / "powershell" / "Interop"
    parts = [interop / "Generated", interop, ROOT / "tests" / "csharp"]
    sources = [str(path) for part in parts for path in sorted(part.glob("*.cs"))]
    assemblies = "-r:System.Runtime.Serialization,System.Xml,System.Core"
    built = folder / "program.exe"
    subprocess.run([mcs, "-langversion:5", assemblies, f"-out:{built}", *sources], check=True)
    return built


def by_csharp(program: Path, mode: str, *arguments: str | Path) -> bytes:
    out = program.parent / f"{mode}.out"
    line = [shutil.which("mono") or "mono", str(program), mode, AT, str(out), *map(str, arguments)]
    subprocess.run(line, check=True)
    return out.read_bytes()


def test_the_report_of_an_estate_is_the_same_from_c(library: Path) -> None:
    assert by_ctypes(library, ESTATE).decode() == vitrust.assess(vitrust.Estate.load(ESTATE), at=AT).to_json()


def test_the_report_of_an_estate_is_the_same_from_csharp(program: Path) -> None:
    report = vitrust.assess(vitrust.Estate.load(ESTATE), at=AT).to_json()
    assert by_csharp(program, "report", ESTATE).decode() == report


def test_a_verdict_is_the_same_from_csharp(program: Path) -> None:
    store, chain = HOST / "castore.pem", HOST / "9080.pem"
    verdict = vitrust.TrustStore.load(store).explain(chain, at=AT)
    assert not verdict.trusted
    assert by_csharp(program, "verdict", store, chain).decode() == verdict.to_json()


def test_the_matrix_is_the_picture_that_the_command_draws(program: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    shutil.copytree(ESTATE / "vc05", alone / "vc05")
    (alone / "vc06").mkdir()
    (alone / "vc06" / "vcenter.json").write_text("{}", encoding="utf-8")
    for estate in (ESTATE, ESTATE / "vc03", alone):
        shown = servers.command("matrix", estate, "--at", AT)
        lines = [line.rstrip() for line in shown.stdout.splitlines()]
        drawn = by_csharp(program, "draw", estate).decode().splitlines()
        assert [line for line in lines if line] == [line for line in drawn if line]
