"""Keep what the project answers, and compare it after a change that is to change no answer.

    outputs.py write FOLDER        every output of the example estate, of the simulator's stories and of the test PKIs
    outputs.py compare OLD NEW     names each file that differs, but for the intended differences

Run it with the environment that `make develop` made. An intended difference is a line of `outputs.intended.tsv`: a
pattern of file names, a regular expression, what stands for each match before the files are compared, and why it may
differ.
"""

from __future__ import annotations

import difflib
import fnmatch
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INTENDED = Path(__file__).with_name("outputs.intended.tsv")
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
ESTATE = Path("examples/estate")
AT = "2026-06-01T00:00:00Z"

PROFILES = ("strict", "openssl", "java", "go", "webpki")
STORIES = ("all-good", "expired-root", "regenerated-vmca", "stale-provider", "all")

#: The most lines of a difference that are shown.
SHOWN = 20


def vitrust(*words: str | Path) -> str:
    """Run the command; what it printed, and how it ended."""
    line = [sys.executable, "-m", "vitrust", *map(str, words)]
    clean = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(line, cwd=ROOT, env=clean, capture_output=True, encoding="utf-8", check=False)
    return f"{done.stdout}\n--- stderr\n{done.stderr}\n--- exit code {done.returncode}\n"


def example(folder: Path) -> None:
    """Write what the commands say of the example estate."""
    at = (ROOT / "examples" / "estate.at").read_text(encoding="utf-8").strip()
    for profile in PROFILES:
        for form, options in {"txt": (), "json": ("--json",)}.items():
            for command in ("audit", "matrix"):
                text = vitrust(command, ESTATE, "--at", at, "--profile", profile, *options)
                (folder / f"example-{command}-{profile}.{form}").write_text(text, encoding="utf-8")
    for form, options in {"txt": (), "json": ("--json",)}.items():
        (folder / f"example-expiry.{form}").write_text(
            vitrust("expiry", ESTATE, "--at", at, *options), encoding="utf-8"
        )
    files = sorted(path.relative_to(ROOT) for path in (ROOT / ESTATE).rglob("*.pem"))
    (folder / "example-inspect.json").write_text(vitrust("inspect", *files, "--json"), encoding="utf-8")
    (folder / "example-inspect.txt").write_text(vitrust("inspect", *files), encoding="utf-8")


def story(name: str, folder: Path) -> None:
    """Write what is collected of a simulated estate, and what is said of it. Its ports differ from run to run."""
    with tempfile.TemporaryDirectory() as place:
        told(name, Path(place), folder)


def told(name: str, place: Path, folder: Path) -> None:
    """The same, with what the simulator writes in a place of its own."""
    options = ["--vcenters", "3", "--hosts", "2", "--story", name, "--at", AT, "--out", str(place)]
    with subprocess.Popen(
        [TARGET / "vitrust-simulator", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as simulator:
        assert simulator.stdin is not None
        assert simulator.stdout is not None
        for line in simulator.stdout:
            if line.startswith("fleet "):
                break
        vitrust("collect", "-c", place / "fleet.toml", "-o", place / "estate.json")
        simulator.stdin.close()
    for command in ("audit", "matrix", "expiry"):
        for form, options in {"txt": [], "json": ["--json"]}.items():
            text = vitrust(command, place / "estate.json", "--at", AT, *options)
            (folder / f"story-{name}-{command}.{form}").write_text(portless(text, place), encoding="utf-8")
    estate = (place / "estate.json").read_text(encoding="utf-8")
    (folder / f"story-{name}-estate.json").write_text(portless(estate, place), encoding="utf-8")


def portless(text: str, folder: Path) -> str:
    """Take out what differs from run to run."""
    return re.sub(r":\d{4,5}\b(?=[^:]|$)", ":PORT", text.replace(str(folder), "FOLDER"))


def write(folder: Path) -> None:
    """Write every output."""
    folder.mkdir(parents=True)
    example(folder)
    for name in STORIES:
        story(name, folder)
    build = ["cargo", "build", "--locked", "--quiet", "--workspace", "--example", "differential"]
    subprocess.run(build, cwd=ROOT, check=True)
    line = [TARGET / "examples" / "differential", "verdicts", folder / "verdicts.tsv"]
    subprocess.run(line, cwd=ROOT / "tests", check=True)
    print(f"{len(list(folder.iterdir()))} files in {folder}")


def intended() -> list[tuple[str, re.Pattern[str], str]]:
    """Read the differences that are meant."""
    rows = [line.split("\t") for line in INTENDED.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    return [(name, re.compile(pattern), instead) for name, pattern, instead, _ in rows]


def compare(old: Path, new: Path) -> None:
    """Say which outputs differ."""
    known, differ = intended(), 0
    for name in sorted({file.name for folder in (old, new) for file in folder.iterdir()}):
        texts = []
        for folder in (old, new):
            file = folder / name
            text = file.read_text(encoding="utf-8") if file.is_file() else "(there is no such output)\n"
            for pattern, expression, instead in known:
                if fnmatch.fnmatch(name, pattern):
                    text = expression.sub(instead, text)
            texts.append(text)
        if texts[0] == texts[1]:
            continue
        differ += 1
        print(f"=== {name}")
        lines = difflib.unified_diff(*(text.splitlines() for text in texts), "old", "new", n=0, lineterm="")
        for _, line in zip(range(SHOWN), lines):
            print(line if len(line) <= 400 else f"{line[:400]}…")
    print(f"{differ} outputs differ")
    sys.exit(differ > 0)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == "write":
        write(Path(arguments[1]).resolve())
    elif len(arguments) == 3 and arguments[0] == "compare":
        compare(Path(arguments[1]), Path(arguments[2]))
    else:
        sys.exit(__doc__)
