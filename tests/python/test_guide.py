"""What the guides show is what happens: the blocks for Python run, and transcripts are what the command prints.

``BLESS=1`` writes the transcripts anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
import vitrust

import pki

ROOT = Path(__file__).resolve().parents[2]
ESTATE = ROOT / "examples" / "estate"
GUIDE = ROOT / "docs" / "guide"
POSIX = pytest.mark.skipif(os.name != "posix", reason="a terminal of a width of our own is one of POSIX")
#: How many vCenters the transcripts are of, and how many of them have a CA that the others do not know.
MANY, ALONE = 30, 3


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (GUIDE / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ESTATE, tmp_path / "exports")
    for name in ("castore.pem", "9080.pem"):
        shutil.copy(ESTATE / "vc04" / "hosts" / "esx31.lab.example" / name, tmp_path)
    return tmp_path


def test_the_guide_for_python_runs(folder: Path) -> None:
    program = "\n".join(blocks("python.md"))
    assert program.count("import vitrust") == 1
    script = folder / "guide.py"
    # `match` is of Python 3.10, and the package runs on 3.9 as well.
    script.write_text(program, encoding="utf-8")
    if sys.version_info < (3, 10):
        pytest.skip("the guide is written for Python 3.10")
    done = subprocess.run(
        [sys.executable, script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "VT202" in done.stdout
    assert "800 file no-such-file.pem" in done.stdout


@cache
def large() -> str:
    """Write the estate of the transcripts: every vCenter has a VMCA of its own and knows those of most others."""
    reader = []
    roots = [pki.root(f"VMCA {number:02}") for number in range(1, MANY + 1)]
    for number, own in enumerate(roots, 1):
        name = f"vc{number:02}.lab.example"
        known = [root for other, root in enumerate(roots, 1) if other == number or other > ALONE]
        store = vitrust.TrustStore.from_certificates([root.der for root in known])
        chain = vitrust.Certificate(pki.server(name, own).der)
        held = [certificate.sha256 for certificate in store]
        presented = {"certificates": [chain.sha256, vitrust.Certificate(own.der).sha256]}
        entry: dict[str, object] = {"name": name, "machine_ssl": presented, "trusted_roots": {"certificates": held}}
        reader.append((entry, [chain, *store]))
    return _json(reader)


def _json(entries: list[tuple[dict[str, object], list[vitrust.Certificate]]]) -> str:
    import base64  # noqa: PLC0415
    import json  # noqa: PLC0415

    certificates = {
        certificate.sha256: base64.b64encode(certificate.der).decode() for _, held in entries for certificate in held
    }
    vcenters = [entry for entry, _ in entries]
    return json.dumps({"schema": "vitrust-estate/1", "certificates": certificates, "vcenters": vcenters})


def on_terminal(arguments: list[str], columns: int, folder: Path) -> str:
    """Run the command on a terminal of this width, and return what it shows."""
    import fcntl  # noqa: PLC0415 - only where there are terminals of POSIX
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "vitrust", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=theirs, stdin=theirs, stderr=theirs, env=environment) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end of a terminal is gone when the command is
                break
            if not part:
                break
            shown += part
        running.wait(timeout=60)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


TRANSCRIPT = re.compile(r"<!-- (vitrust .*?), (\d+) columns -->\n```console\n(.*?)```", re.DOTALL)


def transcripts() -> list[re.Match[str]]:
    return list(TRANSCRIPT.finditer((GUIDE / "cli.md").read_text(encoding="utf-8")))


def shown(line: str, columns: int, folder: Path) -> str:
    """Give the transcript of a command: its first part, since the rest has nothing of width in it."""
    (folder / "estate.json").write_text(large(), encoding="utf-8")
    output = on_terminal(shlex.split(line)[1:], columns, folder)
    # Progress is taken back on a terminal, and leaves its blanks.
    page = output.split("\r")[-1].split("\nWHY NOT")[0].split("\nFINDINGS")[0].strip("\n")
    lines = [text.rstrip() for text in page.split("\n")]
    return f"$ {line}\n" + "\n".join(lines) + "\n...\n"


@POSIX
@pytest.mark.parametrize("number", range(3))
def test_the_transcripts_are_the_output(number: int, tmp_path: Path) -> None:
    match = transcripts()[number]
    expected = shown(match[1], int(match[2]), tmp_path)
    if os.environ.get("BLESS"):
        page = GUIDE / "cli.md"
        text = page.read_text(encoding="utf-8")
        begin, end = match.span(3)
        page.write_text(text[:begin] + expected + text[end:], encoding="utf-8")
        return
    assert match[3] == expected


@POSIX
@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_no_column_of_thirty_is_lost(columns: int, tmp_path: Path) -> None:
    page = shown("vitrust matrix estate.json --at 2026-06-01", columns, tmp_path)
    refused = ALONE * (MANY - 1)
    assert f"{refused} of {MANY * MANY} links untrusted" in " ".join(page.split())
    # The head and the legend have one more of each sign.
    assert page.count("✗") == refused + 2
    assert page.count("✓") == MANY * MANY - refused + 1


def crontab() -> str:
    (line,) = re.findall(r"^    0 6 \* \* \* (.*)$", (GUIDE / "cli.md").read_text(encoding="utf-8"), re.MULTILINE)
    # A crontab takes % for the end of a line.
    assert "%" not in line
    return str(line)


@POSIX
@pytest.mark.parametrize(
    ("content", "mails"),
    [
        (pki.root().pem, False),
        (pki.root(end=pki.BEGIN).pem, True),
        (b"permission denied\n", True),
        (pki.root().pem + b"-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----\n", True),
        (None, True),
    ],
    ids=["good", "ended", "not understood", "damaged", "missing"],
)
def test_the_line_for_cron_mails_when_something_is_wrong_or_unknown(
    content: bytes | None, mails: bool, tmp_path: Path
) -> None:
    exports, programs, mailed = tmp_path / "exports", tmp_path / "bin", tmp_path / "mailed"
    programs.mkdir()
    if content is not None:
        (exports / "vc01.example").mkdir(parents=True)
        (exports / "vc01.example" / "trusted-roots.pem").write_bytes(content)
    (programs / "mail").write_text(f"#!/bin/sh\ncat > {shlex.quote(str(mailed))}\n", encoding="utf-8")
    vitrust_program = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m vitrust "$@" --at 2026-06-01\n'
    (programs / "vitrust").write_text(vitrust_program, encoding="utf-8")
    for program in programs.iterdir():
        program.chmod(0o755)
    line = crontab().replace("/srv/exports", shlex.quote(str(exports)))
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, encoding="utf-8", env=environment, check=False)
    assert (done.stdout, done.stderr) == ("", "")
    assert mailed.exists() == mails
    assert not mails or mailed.read_text(encoding="utf-8").strip()


@POSIX
@pytest.mark.parametrize(
    ("end", "machine", "mailed"),
    [
        (timedelta(days=900), True, ""),
        (timedelta(days=75), True, "CA"),
        (timedelta(days=-1), True, "expired"),
        (timedelta(days=900), False, "could not be read"),
    ],
)
def test_the_line_for_cron_mails(tmp_path: Path, end: timedelta, machine: bool, mailed: str) -> None:
    """The line itself, with a mail that keeps what it is given: nothing where all is well, and no tick otherwise."""
    (line,) = re.findall(r"^    0 6 \* \* \* (.*)$", (GUIDE / "cli.md").read_text(encoding="utf-8"), re.MULTILINE)
    exports = tmp_path / "exports" / "vc01"
    exports.mkdir(parents=True)
    now = datetime.now(timezone.utc)
    root = pki.root(end=now + end)
    (exports / "trusted-roots.pem").write_bytes(root.pem)
    server = pki.server("vc01.example", root, end=now + timedelta(days=800)).pem
    (exports / "machine-ssl.pem").write_bytes(server if machine else b"vecs-cli failed. Error 5: permission denied\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"vitrust": f'exec {sys.executable} -m vitrust "$@"', "mail": f"cat > {tmp_path}/mail"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"}
    shell = line.replace("/srv/exports", str(tmp_path / "exports"))
    subprocess.run(["/bin/sh", "-c", shell], env=environment, check=False, capture_output=True)
    mail = tmp_path / "mail"
    assert mail.exists() == bool(mailed)
    if mailed:
        text = mail.read_text(encoding="utf-8")
        assert mailed in text
        assert "✓" not in text.strip().splitlines()[0]
