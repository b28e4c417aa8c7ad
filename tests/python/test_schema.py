"""What the project writes and reads, held against its own schemas by a validator that nobody here wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
import vitrust
from jsonschema import Draft202012Validator
from typer.testing import CliRunner
from vitrust import _native
from vitrust.cli.app import app

import pki

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
AT = "2026-06-01"


def validator(name: Literal["estate", "report"], definition: str | None = None) -> Draft202012Validator:
    schema: dict[str, Any] = json.loads(_native.schema(name))
    Draft202012Validator.check_schema(schema)
    if definition is not None:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{definition}"}
    return Draft202012Validator(schema)


def mistakes(judge: Draft202012Validator, data: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in judge.iter_errors(data)]


def bare(folder: Path) -> Path:
    (folder / "vc01" / "hosts" / "esx01").mkdir(parents=True)
    (folder / "vc01" / "vcenter.json").write_text('{"certificate_mode": "thumbprint"}', encoding="utf-8")
    (folder / "vc01" / "hosts" / "esx01" / "host.json").write_text("{}", encoding="utf-8")
    return folder


def damaged(folder: Path) -> Path:
    root, other = pki.root("CA"), pki.root("CA", key_name="other")
    server = pki.server("vc01.example", root)
    host = folder / "vc01" / "hosts" / "esx01"
    host.mkdir(parents=True)
    (folder / "vc01" / "trusted-roots.pem").write_bytes(other.pem + other.pem.replace(b"M", b"*", 9))
    (folder / "vc01" / "machine-ssl.pem").write_bytes(server.pem)
    (folder / "vc01" / "443.pem").write_bytes(root.pem)
    (folder / "vc01" / "notes.md").write_text("hello", encoding="utf-8")
    (host / "castore.pem").write_bytes(other.pem)
    (host / "443.pem").write_bytes(server.pem)
    return folder


def empty(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(params=["example", "bare", "damaged", "empty"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "example":
        return ESTATE
    made: Path = {"bare": bare, "damaged": damaged, "empty": empty}[request.param](tmp_path / "estate")
    return made


@pytest.mark.parametrize("profile", ["strict", "openssl", "java", "go", "webpki"])
def test_every_report_follows_its_schema(folder: Path, profile: Any) -> None:
    report = vitrust.assess(vitrust.Estate.load(folder), at=AT, profile=profile)
    assert mistakes(validator("report"), report.to_dict()) == []


def test_every_estate_follows_its_schema(folder: Path) -> None:
    assert mistakes(validator("estate"), vitrust.Estate.load(folder).to_dict()) == []


def test_what_the_commands_print_follows_the_schema(folder: Path) -> None:
    def printed(command: str) -> Any:
        result = CliRunner().invoke(app, [command, str(folder), "--at", AT, "--json"])
        return json.loads(result.stdout)

    assert mistakes(validator("report"), printed("audit")) == []
    matrix = printed("matrix")
    assert mistakes(validator("report", "Matrix"), matrix["matrix"]) == []
    assert mistakes(validator("report", "Additions"), matrix["additions"]) == []
    assert [mistakes(validator("report", "Cause"), cause) for cause in matrix["causes"] if cause] == [
        [] for _ in matrix["causes"]
    ]
    assert {cause["certificate_id"] for cause in matrix["causes"]} <= {row["id"] for row in matrix["certificates"]}
    expiry = printed("expiry")
    for row in expiry["expiry"]:
        assert mistakes(validator("report", "ExpiryRow"), row) == []
    assert {row["certificate_id"] for row in expiry["expiry"]} <= {row["id"] for row in expiry["certificates"]}


def test_the_rejections_of_explain_follow_the_schema(tmp_path: Path) -> None:
    root, other = pki.root("CA"), pki.root("CA", key_name="other")
    (tmp_path / "chain.pem").write_bytes(pki.server("vc01.example", root).pem)
    (tmp_path / "store.pem").write_bytes(other.pem + pki.root("unrelated").pem)
    result = CliRunner().invoke(
        app, ["explain", str(tmp_path / "chain.pem"), "--store", str(tmp_path / "store.pem"), "--at", AT, "--json"]
    )
    rejections = json.loads(result.stdout)["rejections"]
    assert rejections
    for rejection in rejections:
        assert mistakes(validator("report", "RejectionForm"), rejection) == []


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"certificates": {}}',
        '{"vcenters": []}',
        '{"schema": "vitrust-estate/1"}',
        '{"vcenters": [{"name": "a"}]}',
        '{"vcenters": [{"name": "a", "bogus": 1}]}',
        '{"vcenters": [{"name": 1}]}',
    ],
)
def test_schema_reader_and_loader_agree_about_an_estate(text: str, tmp_path: Path) -> None:
    valid = not mistakes(validator("estate"), json.loads(text))
    file = tmp_path / "mine.json"
    file.write_text(text, encoding="utf-8")
    if valid:
        assert vitrust.Estate.from_json(text) == vitrust.Estate.load(file)
        return
    with pytest.raises(vitrust.VitrustError):
        vitrust.Estate.from_json(text)
    try:
        # What is not even meant to be an estate is an unreadable file.
        assert vitrust.Estate.load(file).unreadable
    except vitrust.VitrustError as error:
        assert "mine.json" in str(error)  # noqa: PT017 - either answer is right


def test_unreadable_gathers_what_stands_in_stores(tmp_path: Path) -> None:
    estate = vitrust.Estate.load(damaged(tmp_path / "estate"))
    sources = {block.place.source for block in estate.unreadable}
    assert sources == {"vc01/trusted-roots.pem", "vc01/443.pem", "vc01/notes.md"}
