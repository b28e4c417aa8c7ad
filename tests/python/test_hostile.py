"""Names and words of hostile servers: no escape sequence, turned text or markup of theirs reaches a terminal."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import vitrust
from vitrust import exceptions

import pki
from servers import command, tls_server

#: ESC, the C1 form of it, text that runs backwards, and markup of rich: red, a link, and a tag that is never opened.
EVIL = "evil\x1b]0;x\x07\x9b2J\u202eexe\u2066[bold red]x[/][link=x]y[/][/no]"
#: The same as people may see it.
SHOWN = r"evil\x1b]0;x\x07\x9b2J\u202eexe\u2066[bold red]x[/][link=x]y[/][/no]"
#: As a terminal would do colours, so that markup would show.
COLOURS = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "400", "TTY_COMPATIBLE": "1"}
EXAMPLE = Path(__file__).parents[2] / "examples" / "estate"


def odd(text: str) -> set[str]:
    """Characters that are no plain text; lines may end."""
    return {char for char in text if not char.isprintable() and char != "\n"}


def strange(text: str) -> set[str]:
    """The same for coloured output, less the colours, which are ours."""
    return odd(re.sub(r"\x1b\[[\d;]*m", "", text))


@pytest.fixture(scope="module")
def evil() -> pki.Issued:
    return pki.root(EVIL, key_name="evil")


def test_a_probe_shows_no_words_as_commands(tmp_path: Path, evil: pki.Issued) -> None:
    with tls_server(tmp_path, evil) as port:
        plain = command("probe", f"127.0.0.1:{port}", COLUMNS="400")
        coloured = command("probe", f"127.0.0.1:{port}", **COLOURS)
        as_json = command("probe", f"127.0.0.1:{port}", "--json")
    assert odd(plain.stdout) == set()
    assert SHOWN in plain.stdout
    assert strange(coloured.stdout) == set()
    assert "[bold red]x[/]" in coloured.stdout
    assert odd(as_json.stdout) == set()
    # It is the same text to who reads it, with what divides names escaped.
    subject = str(json.loads(as_json.stdout)[0]["chain"][0]["subject"])
    assert EVIL.replace(";", r"\;") in subject or SHOWN.replace(";", r"\;") in subject


def test_an_exception_has_no_words_as_commands(tmp_path: Path, evil: pki.Issued, root: pki.Issued) -> None:
    with tls_server(tmp_path, evil) as port, pytest.raises(vitrust.VitrustError) as refused:
        vitrust.Session.connect(f"127.0.0.1:{port}", user="u", password="p", system_roots=False)  # noqa: S106 - nobody's
    assert refused.value.name == "server-untrusted"
    with pytest.raises(vitrust.VerificationError) as untrusted:
        vitrust.TrustStore.from_pem(root.pem).verify(pki.server("x", evil).der, at=pki.AT)
    for error in (refused.value, untrusted.value):
        for text in (str(error), error.to_dict()["message"]):
            assert "evil" in text or error is untrusted.value
            assert odd(text) == set(), text


def test_messages_keep_every_printable_character() -> None:
    error = exceptions.VitrustError("Zürich 東京 `x` \\x1b\x1b\x85\u202e\n")
    assert str(error) == r"Zürich 東京 `x` \x1b\x1b\x85\u202e\n"
    assert str(exceptions.VitrustError(str(error))) == str(error)
    assert str(exceptions.from_native(800, "file", "a\x1b: no", "a\x1b", 2)) == r"a\x1b: no"


def hostile_estate(folder: Path) -> Path:
    """The example with a host and vCenters of hostile names."""
    data: dict[str, Any] = json.loads(vitrust.Estate.load(EXAMPLE).to_json())
    text = json.dumps(data)
    for name in ("esx01.lab.example", *(vcenter["name"] for vcenter in data["vcenters"])):
        text = text.replace(name, json.dumps(f"{EVIL} {name}")[1:-1])
    path = folder / "estate.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["audit", "matrix", "expiry"])
def test_an_estate_shows_no_words_as_commands(tmp_path: Path, name: str) -> None:
    estate = hostile_estate(tmp_path)
    plain = command(name, estate, "--at", "2026-06-01", COLUMNS="400")
    coloured = command(name, estate, "--at", "2026-06-01", **COLOURS)
    as_json = command(name, estate, "--at", "2026-06-01", "--json")
    assert plain.returncode in (0, 1), plain.stderr
    assert "evil" in plain.stdout
    assert odd(plain.stdout + plain.stderr + as_json.stdout + as_json.stderr) == set()
    assert strange(coloured.stdout) == set()
    # Only rich makes links, and we have none.
    assert "\x1b]8" not in coloured.stdout


def test_a_file_shows_no_words_as_commands(tmp_path: Path, evil: pki.Issued) -> None:
    file = tmp_path / ("x [bold]y \u202e.pem" if os.name == "posix" else "x [bold]y.pem")
    file.write_bytes(evil.pem)
    lines: list[list[str | Path]] = [
        ["inspect", file],
        ["inspect", file, "--json"],
        ["explain", file, "--store", file, "--at", "2026-06-01"],
    ]
    for line in lines:
        done = command(*line, COLUMNS="400")
        assert odd(done.stdout + done.stderr) == set()
        assert "[bold red]x[/]" in done.stdout
    missing = command("inspect", tmp_path / "no [bold]\x1b[31m\u202e")
    assert (missing.returncode, odd(missing.stderr)) == (3, set())
    assert "[bold]" in missing.stderr
