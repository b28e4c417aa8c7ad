"""What we build from: locked crates, packages with hashes, pinned tools, advisories, and a bill of materials."""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import servers
from servers import ROOT, library_path

TOOLS = ROOT / "tests" / "tools"
PINS = ROOT / "bindings-python"
BILLS = ("vitrust-python", "vitrust-c")
POSIX = pytest.mark.skipif(os.name != "posix", reason="the tools are scripts of a POSIX shell")
#: What the standard library brings, compiled before anything of ours.
STANDARD = {"addr2line", "adler2", "gimli", "miniz_oxide", "object", "rustc_demangle"}


# --- everything is locked -----------------------------------------------------------------------------------------

#: A command of cargo or maturin that would choose versions, as shells and Python write it.
CHOOSES = re.compile(
    r"""(?:\bcargo|\$\(CARGO\)|"\$cargo"|maturin|\bcargo-deny)["']?,?\s(?:["'+\w]*nightly\s)?"""
    r"""["']?(?:build|test|check|clippy|doc|bench|run|rustc|install|fetch|tree|develop|metadata|--all-features)\b"""
)


def unlocked(text: str) -> list[str]:
    """Commands that are free to choose other versions than those of the lock."""
    joined = text.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if CHOOSES.search(line) and not line.lstrip().startswith(("#", "//"))]
    # An array of the script, which has it.
    kept = ("--locked", '"${build[@]}"')
    return [line.strip() for line in lines if not any(word in line for word in kept)]


def scripts() -> Iterator[Path]:
    yield from (ROOT / "Makefile", ROOT / ".ci" / "run")
    yield from sorted(path for path in TOOLS.iterdir() if path.suffix in (".sh", ".py"))
    yield from sorted(path for path in (ROOT / "tests" / "python").glob("*.py") if path != Path(__file__))


def test_cargo_is_always_held_to_the_lock() -> None:
    found = {path.relative_to(ROOT).as_posix(): unlocked(path.read_text(encoding="utf-8")) for path in scripts()}
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert 'build=(--locked "' in (TOOLS / "cross.sh").read_text(encoding="utf-8")
    # cargo-fuzz has no such option; the fetch before it fails where the lock is out of date.
    fuzz = (TOOLS / "fuzz.sh").read_text(encoding="utf-8")
    assert 0 < fuzz.index("cargo +nightly fetch --locked") < fuzz.index("cargo +nightly fuzz")


def test_every_way_to_leave_the_lock_is_found() -> None:
    free = [
        "\t$(CARGO) test --workspace",
        '"$cargo" build --release',
        'line = [cargo, "build", "--quiet"]',
        "$(BIN)/maturin develop --manifest-path x",
        "cargo +nightly build",
        "timeout 9 cargo install \\\n  cargo-deny",
        "cargo-deny --all-features check",
    ]
    assert [len(unlocked(line)) for line in free] == [1] * len(free)
    assert unlocked("cargo test --locked\n# cargo test\ncargo fmt --check\ncargo install \\\n --locked x") == []


# --- packages and tools -------------------------------------------------------------------------------------------


def pins(name: str) -> dict[str, list[tuple[str, int]]]:
    """The packages of a requirements file: their versions, each with the number of its hashes."""
    found: dict[str, list[tuple[str, int]]] = {}
    for block in re.split(r"\n(?=[a-z])", (PINS / name).read_text(encoding="utf-8")):
        head = re.match(r"([a-z0-9-]+)==([^\s;]+)", block)
        if head:
            found.setdefault(head[1], []).append((head[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", block))))
    return found


@pytest.mark.parametrize("name", ["requirements-build", "requirements-dev"])
def test_every_package_has_its_hashes(name: str) -> None:
    found = pins(f"{name}.txt")
    text = (PINS / f"{name}.txt").read_text(encoding="utf-8")
    assert len(found) > 10
    assert [package for package, versions in found.items() if not all(count for _, count in versions)] == []
    assert not re.search(r"^\s*(-i|--(extra-)?index\S*|--find-links|-e)\b|https?://", text, re.MULTILINE)
    for line in (PINS / f"{name}.in").read_text(encoding="utf-8").splitlines():
        asked = re.match(r"(\w[\w-]*)(?:\[[\w-]+\])?(?:==([^\s;]+))?", line)
        if asked:
            assert any(asked[2] in (None, version) for version, _ in found[asked[1].lower()]), line


def test_the_pins_serve_every_system() -> None:
    # One wheel for each system: with the hashes of one alone, others could not install it.
    for package in ("cryptography", "maturin", "ruff", "tree-sitter"):
        assert all(count > 5 for _, count in pins("requirements-dev.txt")[package]), package


def test_packages_are_only_installed_with_their_hashes() -> None:
    tools = [path for path in scripts() if path.parent.name != "python"]
    lines = [line for path in tools for line in path.read_text(encoding="utf-8").splitlines()]
    installing = [line for line in lines if "pip install" in line]
    assert len(installing) >= 3
    # A wheel that was just built here is installed alone.
    assert [line for line in installing if "--require-hashes" not in line and "--no-deps" not in line] == []


def run_with(
    programs: dict[str, str], folder: Path, script: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run one of our scripts with these programs in front of those of the system."""
    folder.mkdir()
    for name, text in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    for name in ("bash", "cat", "dirname", "env", "git", "grep", "mkdir", "rm"):
        there = shutil.which(name)
        if there and name not in programs:
            (folder / name).symlink_to(there)
    env = {**os.environ, "PATH": str(folder), **environment}
    return subprocess.run([TOOLS / script], env=env, capture_output=True, text=True, check=False)


@POSIX
@pytest.mark.parametrize("script", ["deny.sh", "audit.sh"])
def test_a_check_without_its_tool_fails(tmp_path: Path, script: str) -> None:
    absent = run_with({}, tmp_path / "absent", script)
    assert (absent.returncode, "there is no cargo-deny" in absent.stderr) == (1, True), absent.stderr
    other = run_with({"cargo-deny": "echo cargo-deny 0.0.1"}, tmp_path / "other", script)
    assert (other.returncode, "cargo-deny 0.0.1 here" in other.stderr) == (1, True), other.stderr


@POSIX
def test_tools_are_built_in_their_version(tmp_path: Path) -> None:
    versions = dict(line.split() for line in (TOOLS / "versions.txt").read_text(encoding="utf-8").splitlines())
    assert versions.keys() == {"cargo-deny", "cargo-fuzz"}
    text = (TOOLS / "deps.sh").read_text(encoding="utf-8")
    (function,) = re.findall(r"^cargo_tool\(\) \{\n.*?^\}\n", text, re.MULTILINE | re.DOTALL)
    programs = {"cargo": 'echo "$@"', "cargo-deny": "echo cargo-deny 0.0.1", "timeout": 'shift; "$@"'}
    script = tmp_path / "script.sh"
    script.write_text(f'#!/usr/bin/env bash\ncd "{ROOT}"\n{function}\ncargo_tool cargo-deny\n', encoding="utf-8")
    script.chmod(0o755)
    done = run_with(programs, tmp_path / "bin", str(script))
    assert f"cargo-deny@{versions['cargo-deny']}" in done.stdout
    assert "install --locked" in done.stdout
    fine = run_with(
        {**programs, "cargo-deny": f"echo cargo-deny {versions['cargo-deny']}"}, tmp_path / "fine", str(script)
    )
    assert fine.stdout == ""


def advisory_database(folder: Path, package: str) -> dict[str, str]:
    """Make a database with one advisory; the environment in which Git takes it for the real one."""
    (folder / "crates" / package).mkdir(parents=True)
    (folder / "crates" / package / "RUSTSEC-2026-9999.md").write_text(
        f'```toml\n[advisory]\nid = "RUSTSEC-2026-9999"\npackage = "{package}"\ndate = "2026-01-01"\n\n'
        '[versions]\npatched = [">= 99.0.0"]\n```\n\n# A made-up fault\n\nNothing.\n',
        encoding="utf-8",
    )
    git = shutil.which("git") or servers.lacking("there is no git to make a database with")
    dated = {"GIT_AUTHOR_DATE": "2026-03-04T05:06:07Z", "GIT_COMMITTER_DATE": "2026-03-04T05:06:07Z"}
    who = ["-c", "user.name=x", "-c", "user.email=x@lab.example"]
    for line in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run([git, *line], cwd=folder, env={**os.environ, **dated}, check=True)
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{folder.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/RustSec/advisory-db",
    }


@POSIX
def test_advisories_are_looked_up_and_their_date_is_said(tmp_path: Path) -> None:
    tools = f"{ROOT / '.cache' / 'tools' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if shutil.which("cargo-deny", path=tools) is None:
        servers.lacking("there is no cargo-deny to look advisories up")
    for package, code, words in (("rayon", 1, "RUSTSEC-2026-9999"), ("no-such-crate", 0, "advisories ok")):
        environment = {**os.environ, "PATH": tools, **advisory_database(tmp_path / package, package)}
        done = subprocess.run([TOOLS / "audit.sh"], env=environment, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert (done.returncode, words in said, "as of 2026-03-04T05:06:07" in said) == (code, True, True), said


# --- the bill of materials ----------------------------------------------------------------------------------------


@functools.cache
def bill(package: str) -> str:
    """The bill of one package, as our tool writes it."""
    if shutil.which("cargo") is None:
        servers.lacking("there is no cargo to ask for the crates")
    target = ROOT / "target" / "tmp" / f"{package}.cdx.json"
    subprocess.run([sys.executable, TOOLS / "sbom.py", package, target], check=True)
    return target.read_text(encoding="utf-8")


def check_bill(text: str, package: str) -> None:
    """Hold a bill against the schema of CycloneDX, and against the lock."""
    fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    assert fault is None, fault
    data: dict[str, Any] = json.loads(text)
    assert data["metadata"]["component"]["name"] == package
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    for part in data["components"]:
        locked = re.search(rf'name = "{part["name"]}"\nversion = "{re.escape(part["version"])}"\n(.*\n)?(.*\n)?', lock)
        assert locked, part
        digests = [digest["content"] for digest in part.get("hashes", [])]
        assert digests == re.findall(r'checksum = "(\w+)"', locked[0]), part
        # Only our own crates come from no registry.
        assert bool(digests) != part["name"].startswith("vitrust"), part
    for word in (str(ROOT), str(Path.home()), "file:", "path+"):
        assert word not in text


@pytest.mark.parametrize("package", BILLS)
def test_a_bill_is_valid_and_follows_the_lock(package: str) -> None:
    check_bill(bill(package), package)


@pytest.mark.parametrize("package", BILLS)
def test_a_bill_is_the_same_each_time(package: str, tmp_path: Path) -> None:
    again = tmp_path / "again.cdx.json"
    subprocess.run([sys.executable, TOOLS / "sbom.py", package, again], cwd=tmp_path, check=True)
    assert again.read_text(encoding="utf-8") == bill(package)


@pytest.mark.skipif(sys.platform != "linux", reason="the symbols are read as Linux writes them")
def test_a_bill_has_every_crate_whose_code_is_in_the_library() -> None:
    nm = shutil.which("nm") or servers.lacking("there is no nm to read the library's symbols")
    done = subprocess.run([nm, library_path()], capture_output=True, text=True, check=True)
    symbols = re.findall(r" (?:_ZN|_R\w*?Cs\w+?_)(\d+)([A-Za-z]\w*)", done.stdout)
    linked = {name[: int(length)] for length, name in symbols} - STANDARD
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    locked = {name.replace("-", "_") for name in re.findall(r'^name = "([^"]+)"', lock, re.MULTILINE)}
    data = json.loads(bill("vitrust-c"))
    listed = {part["name"].replace("-", "_") for part in [data["metadata"]["component"], *data["components"]]}
    assert len(linked & locked) > 50
    assert linked & locked - listed == set()
    # What only builds is not linked.
    assert listed & {"cbindgen", "serde_derive", "syn", "vitrust_simulator"} == set()


#: Only what is packed is looked at: the core, which is built anew for it, need not be fast.
WHEEL_OPTIONS = "WHEEL_OPTIONS=--config profile.dev.package.vitrust.opt-level=0"


@POSIX
def test_the_wheel_has_its_bill(tmp_path: Path) -> None:
    if shutil.which("make") is None or shutil.which("cargo") is None:
        servers.lacking("there is no make or no cargo to build the wheel")
    line = ["make", "wheel", f"TARGET={tmp_path}", "WHEEL_PROFILE=dev", WHEEL_OPTIONS, f"PYTHON={sys.executable}"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "wheels").iterdir()
    with zipfile.ZipFile(wheel) as packed:
        (name,) = [name for name in packed.namelist() if "/sboms/" in name]
        assert re.fullmatch(r"vitrust-[^/]+\.dist-info/sboms/vitrust\.cdx\.json", name)
        text = packed.read(name).decode()
        (record,) = [packed.read(entry).decode() for entry in packed.namelist() if entry.endswith("/RECORD")]
    assert name in {row[0] for row in csv.reader(io.StringIO(record))}
    assert text == bill("vitrust-python")


def test_the_powershell_package_has_its_bill() -> None:
    script = (TOOLS / "powershell.sh").read_text(encoding="utf-8")
    made = script.index('tests/tools/sbom.py vitrust-c "$module/VITrust.cdx.json"')
    assert script.index('cp -R bindings-c/powershell/VITrust "$module"') < made < script.index("zip_module.py")
    # Where `make powershell` has made it, that is the one to look at.
    for archive in (ROOT / "target" / "powershell").glob("VITrust-*.zip"):
        with zipfile.ZipFile(archive) as packed:
            check_bill(packed.read("VITrust/VITrust.cdx.json").decode(), "vitrust-c")
