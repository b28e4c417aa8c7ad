"""Output files of the command: private, whole or not at all, and never through somebody else's link."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vitrust.cli import write

from servers import COMMAND, Simulator, command

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, modes and devices are those of POSIX")
AS_ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root makes links of others")
Simulate = Callable[..., Simulator]
#: Nobody's number.
SOMEBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def collect_after(setting: str, fleet: Path, output: Path) -> subprocess.CompletedProcess[str]:
    """The command in a shell that has set something first."""
    line = ["/bin/sh", "-c", f'{setting}; exec "$@"', "sh", *COMMAND, "collect", "-c", str(fleet), "-o", str(output)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """Change the umask until the test ends."""
    before = os.umask(0o022)
    os.umask(before)
    yield os.umask
    os.umask(before)


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("before", [None, 0o600, 0o644, 0o666])
def test_a_file_is_its_owners_alone(tmp_path: Path, umask: Callable[[int], int], mask: int, before: int | None) -> None:
    umask(mask)
    output = tmp_path / "estate.json"
    if before is not None:
        output.write_bytes(b"before")
        output.chmod(before)
    write.write(output, b"{}")
    assert (output.read_bytes(), mode(output), names(tmp_path)) == (b"{}", 0o600, ["estate.json"])


@POSIX
def test_who_has_the_old_file_open_does_not_see_the_new_one(tmp_path: Path) -> None:
    output = tmp_path / "estate.json"
    output.write_bytes(b"before")
    with output.open("rb") as spy:
        write.write(output, b"secret")
        assert spy.read() == b"before"


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_replaced_and_not_followed(tmp_path: Path, there: bool) -> None:
    output, behind = tmp_path / "estate.json", tmp_path / "behind"
    if there:
        behind.write_bytes(b"before")
    output.symlink_to(behind)
    write.write(output, b"{}")
    assert (output.is_symlink(), output.read_bytes(), mode(output)) == (False, b"{}", 0o600)
    assert behind.read_bytes() == b"before" if there else not behind.exists()


@POSIX
def test_the_other_names_of_a_file_keep_what_they_had(tmp_path: Path) -> None:
    output, other = tmp_path / "estate.json", tmp_path / "other"
    other.write_bytes(b"before")
    output.hardlink_to(other)
    write.write(output, b"{}")
    assert (output.read_bytes(), other.read_bytes()) == (b"{}", b"before")


@AS_ROOT
def test_a_link_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    output, behind = folder / "estate.json", tmp_path / "behind"
    behind.write_bytes(b"before")
    output.symlink_to(behind)
    os.lchown(output, SOMEBODY, SOMEBODY)
    for attempt in (write.check, lambda path: write.write(path, b"{}")):
        with pytest.raises(PermissionError, match="a link that another user made"):
            attempt(output)
    done = command("collect", "-c", tmp_path / "none.toml", "-o", output)
    assert (done.returncode, "a link that another user made" in done.stderr) == (3, True)
    assert (output.is_symlink(), behind.read_bytes(), names(folder)) == (True, b"before", ["estate.json"])


@AS_ROOT
def test_a_file_of_somebody_else_is_replaced_and_not_written_to(tmp_path: Path) -> None:
    output = tmp_path / "estate.json"
    output.write_bytes(b"before")
    os.chown(output, SOMEBODY, SOMEBODY)
    output.chmod(0o666)
    write.write(output, b"{}")
    assert (output.stat().st_uid, mode(output)) == (0, 0o600)


@POSIX
def test_pipes_folders_and_missing_folders_are_refused_before_anybody_is_asked(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(tmp_path)
    wrong = {
        pipe: "not a regular file",
        tmp_path: "directory",
        loop: "directory",
        tmp_path / "none" / "estate.json": "No such file",
        pipe / "estate.json": "No such file",
    }
    for output, words in wrong.items():
        # Who reads the inventory would say that it is not there.
        done = command("collect", "-c", tmp_path / "none.toml", "-o", output)
        assert (done.returncode, words in done.stderr, "none.toml" in done.stderr) == (3, True, False), done.stderr
        with pytest.raises(OSError, match=words):
            write.write(output, b"{}")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["loop", "pipe"]


@POSIX
def test_open_files_and_devices_are_written_to(tmp_path: Path) -> None:
    end, begin = os.pipe()
    seen: list[bytes] = []
    with os.fdopen(end, "rb") as reading:
        reader = threading.Thread(target=lambda: seen.append(reading.read()))
        reader.start()
        write.write(Path(f"/dev/fd/{begin}"), b"{}")
        os.close(begin)
        reader.join()
    assert seen == [b"{}"]
    write.write(Path("/dev/null"), b"{}")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    # The file is where it is: what stands there stays.
    with (tmp_path / "log").open("wb") as log:
        log.write(b"before ")
        log.flush()
        write.write(Path(f"/dev/fd/{log.fileno()}"), b"{}")
    assert (tmp_path / "log").read_bytes() == b"before {}"


def test_standard_output_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("-", "/dev/stdout") if os.name == "posix" else ("-",):
        shown = io.TextIOWrapper(io.BytesIO())
        monkeypatch.setattr(sys, "stdout", shown)
        write.check(Path(name))
        write.write(Path(name), b"{}")
        monkeypatch.undo()
        assert (shown.buffer.getvalue(), write.is_stream(Path(name))) == (b"{}", True)


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_device_is_an_error() -> None:
    with pytest.raises(OSError, match="No space left"):
        write.write(Path("/dev/full"), b"{}")


@POSIX
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    output = tmp_path / "estate.json"
    output.write_bytes(b"before")

    def refuse(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os if step == "fsync" else Path, step, refuse)
    with pytest.raises(OSError, match="no"):
        write.write(output, b"{}")
    assert (output.read_bytes(), names(tmp_path)) == (b"before", ["estate.json"])


@POSIX
def test_a_full_disk_leaves_the_old_file_and_nothing_else(simulate: Simulate, tmp_path: Path) -> None:
    simulator, folder = simulate("--hosts", "1"), tmp_path / "results"
    folder.mkdir()
    output = folder / "estate.json"
    output.write_bytes(b"before")
    # No file may be longer than half a kilobyte or one; the estate is.
    done = collect_after("ulimit -f 1", simulator.fleet, output)
    assert (done.returncode, "File too large" in done.stderr) == (3, True), done.stderr
    assert (output.read_bytes(), names(folder)) == (b"before", ["estate.json"])
    assert simulator.sessions() == [0]


@POSIX
def test_the_command_makes_private_files(simulate: Simulate, tmp_path: Path) -> None:
    simulator, output = simulate("--hosts", "1"), tmp_path / "estate.json"
    assert collect_after("umask 0", simulator.fleet, output).returncode == 0
    assert mode(output) == 0o600


def test_nothing_else_of_the_package_writes_files() -> None:
    package = Path(write.__file__).parents[1]
    words = ("write_text(", "write_bytes(", "mkstemp(", "NamedTemporaryFile(", '.open("w', ".open('w", "os.open(")
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    }
    # The other sends standard output to nowhere when nobody reads it.
    assert found == {"cli/write.py", "cli/app.py"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder that takes no file of root either")
def test_a_folder_that_takes_no_file_is_refused_before_anybody_is_asked(tmp_path: Path) -> None:
    done = command("collect", "-c", tmp_path / "none.toml", "-o", "/proc/self/estate.json")
    assert (done.returncode, "none.toml" in done.stderr, "/proc/self" in done.stderr) == (3, False, True), done.stderr


@POSIX
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_all_of_it(unbuffered: str) -> None:
    whole = command("schema", "report").stdout
    assert len(whole) > 65536, "it is more than a pipe holds"
    end, begin = os.pipe()
    os.set_blocking(begin, False)
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    running = subprocess.Popen([*COMMAND, "schema", "report"], stdout=begin, stderr=subprocess.PIPE, env=env)
    os.close(begin)
    with os.fdopen(end, "rb") as reading:
        # It is full by now.
        time.sleep(0.5)
        assert reading.read().decode() == whole
    _, complaints = running.communicate(timeout=60)
    assert (running.returncode, complaints) == (0, b"")


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("options", [["schema", "report"], ["--version"], ["probe", "127.0.0.1:1"], ["--help"]])
def test_a_full_standard_output_ends_with_3_and_a_message(unbuffered: str, options: list[str]) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *options], stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert (done.returncode, b"No space left on device" in done.stderr) == (3, True), done.stderr
    assert (done.stderr.count(b"\n"), done.stderr.startswith(b"vitrust: ")) == (1, True), done.stderr


@POSIX
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_file_that_may_not_grow_is_an_error(tmp_path: Path, unbuffered: str) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    line = ["/bin/sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *COMMAND, "schema", "report"]
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(line, stdout=out, stderr=subprocess.PIPE, env=env, check=False)
    assert (done.returncode, b"standard output" in done.stderr) == (3, True), done.stderr
