"""The PowerShell module says one thing in all its files. What it does is tested by tests/powershell/run.ps1."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

import powershell as ps
from lacked import ASKS_FIRST, lacked

PUBLIC = sorted((ps.MODULE / "Public").glob("*.ps1"))
SCRIPTS = ps.scripts(ps.MODULE, ps.TESTS)
VIEWS = ps.MODULE / "VITrust.Format.ps1xml"
#: Those of Get-Verb that a module like this may need.
VERBS = (
    "Add",
    "Assert",
    "ConvertTo",
    "Get",
    "Import",
    "New",
    "Read",
    "Receive",
    "Resolve",
    "Test",
    "Wait",
    "Write",
    "Select",
    "Set",
)


def relative(path: Path) -> str:
    return path.relative_to(ps.ROOT).as_posix()


def views() -> list[ET.Element]:
    """The views of the format file, which is our own."""
    return list(ET.parse(VIEWS).iter("View"))  # noqa: S314 - trusted: it stands in this tree


def embedded() -> list[tuple[str, str]]:
    """The script blocks of views, each with its type."""
    found = [(view.findtext("Name") or "", block.text or "") for view in views() for block in view.iter("ScriptBlock")]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_every_script_parses(path: Path) -> None:
    assert ps.broken(ps.parse(path.read_text(encoding="ascii"))) == []


@pytest.mark.parametrize("text", ["$a = $b ? 1 : 2", "$a = $b ?? 2", "$a ??= 2", "$a?.b", "Get-Item {"])
def test_the_parser_finds_what_is_wrong(text: str) -> None:
    assert ps.broken(ps.parse(text))


def test_the_scripts_inside_the_views_parse() -> None:
    assert [(name, text) for name, text in embedded() if ps.broken(ps.parse(text))] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_scripts_use_nothing_that_windows_powershell_lacks(path: Path) -> None:
    text = path.read_text(encoding="ascii")
    found = lacked(text)
    if path.name in ASKS_FIRST and path.is_relative_to(ps.TESTS):
        assert found, "it is in the list for nothing"
        assert "$PSVersionTable.PS" in text
    else:
        assert found == []
    if path.is_relative_to(ps.MODULE):
        # A whole report may be longer than what Windows PowerShell reads.
        assert "ConvertFrom-Json" not in text


@pytest.mark.parametrize(
    "text",
    [
        "ConvertFrom-Json -AsHashtable",
        "1 | foreach-object -Parallel { 1 }",
        "Get-Item x && Get-Item y",
        "Join-Path 'a' 'b' 'c'",
        "'a' | Join-String",
        "[System.DateOnly]::FromDateTime($x)",
        "Set-Content x -Encoding utf8NoBOM",
    ],
)
def test_what_windows_powershell_lacks_is_found(text: str) -> None:
    assert lacked(text)


def test_the_pages_show_nothing_that_windows_powershell_lacks() -> None:
    pages = [(ps.ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "docs/guide/powershell.md")]
    blocks = [block for page in pages for block in re.findall(r"```powershell\n(.*?)```", page, re.DOTALL)]
    examples = [
        one
        for path in PUBLIC
        for one in re.findall(r"^\.EXAMPLE\n(.*?)\n\n", path.read_text(encoding="ascii"), re.DOTALL | re.MULTILINE)
    ]
    assert len(blocks) > 5
    assert len(examples) > 15
    assert [found for text in blocks + examples for found in lacked(text)] == []


@pytest.mark.parametrize("path", [*SCRIPTS, VIEWS, ps.MODULE / "en-US" / "about_VITrust.help.txt"], ids=relative)
def test_scripts_are_plain_ascii_and_end_in_a_line_end(path: Path) -> None:
    # Without a byte order mark Windows PowerShell reads anything else in the code page of the machine.
    text = path.read_bytes().decode("ascii")
    assert text.endswith("\n")
    assert "\r" not in text
    assert "\t" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


def test_what_is_exported_is_what_is_there() -> None:
    exported = ps.manifest("FunctionsToExport")
    assert exported == sorted(path.stem for path in PUBLIC)
    for key in ("CmdletsToExport", "VariablesToExport", "AliasesToExport"):
        assert ps.manifest(key) == []
    # A types file would be read before anything else: where the types of another copy are loaded, its errors would
    # stand in the place of ours.
    assert ps.manifest("TypesToProcess") == []
    for key in ("FormatsToProcess", "RootModule"):
        assert ps.manifest(key)
        assert all((ps.MODULE / name).is_file() for name in ps.manifest(key))


@pytest.mark.parametrize("path", [*PUBLIC, *sorted((ps.MODULE / "Private").glob("*.ps1"))], ids=lambda path: path.stem)
def test_each_file_is_one_short_function_of_its_name(path: Path) -> None:
    [function] = ps.functions(path.read_text(encoding="ascii"))
    assert function.name == path.stem
    assert function.lines < 40
    verb, noun = function.name.split("-")
    assert verb in VERBS
    assert noun.startswith("VITrust")
    assert "[CmdletBinding(" in function.text


def test_every_function_that_is_called_is_there_and_has_these_parameters() -> None:
    defined = {path.stem: path for path in ps.scripts(ps.MODULE) if path.suffix == ".ps1"}
    for path in ps.scripts(ps.MODULE):
        for command in ps.commands(path.read_text(encoding="ascii")):
            if "-VITrust" in command.name:
                known = parameters_of(defined[command.name])
                assert command.parameters <= known, f"{path.name}: {command.text}"


def parameters_of(path: Path) -> set[str]:
    [function] = ps.functions(path.read_text(encoding="ascii"))
    return {parameter.name for parameter in function.parameters}


def test_every_variable_of_the_module_is_set_before_it_is_used() -> None:
    automatic = {"_", "true", "false", "null", "this", "pscmdlet", "psscriptroot", "psboundparameters"}
    automatic |= {"executioncontext", "myinvocation", "psversiontable", "islinux", "ismacos", "args"}
    for path in ps.scripts(ps.MODULE):
        tree = ps.parse(path.read_text(encoding="ascii"))
        names = [ps.source(node).strip("${}@").lower() for node in ps.nodes(tree, "variable")]
        targets = [*ps.nodes(tree, "left_assignment_expression"), *ps.nodes(tree, "script_parameter")]
        assigned = {ps.source(node).strip("${}@").lower() for part in targets for node in ps.nodes(part, "variable")}
        for loop in ps.nodes(tree, "foreach_statement"):
            assigned |= {ps.source(child).strip("$").lower() for child in loop.children if child.type == "variable"}
        unknown = {name for name in names if ":" not in name} - assigned - automatic
        assert unknown == set(), path.name


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)
def test_every_cmdlet_has_its_help(path: Path) -> None:
    text = path.read_text(encoding="ascii")
    [function] = ps.functions(text)
    shown = ps.help_of(text)
    # PowerShell drops the whole help where it meets a line like a keyword that it does not know.
    keywords = {head.split()[0] for head in shown.sections}
    assert keywords <= {"SYNOPSIS", "DESCRIPTION", "PARAMETER", "INPUTS", "OUTPUTS", "EXAMPLE", "LINK"}
    assert not re.search(r"^[ \t]*\.[a-z]|^[ \t]+\.", text.split("#>")[0], re.MULTILINE)
    assert "\n" not in shown.one("SYNOPSIS")
    assert shown.one("SYNOPSIS").endswith(".") or shown.one("SYNOPSIS").endswith("?")
    assert len(shown.one("DESCRIPTION")) > 80
    described = [head.removeprefix("PARAMETER ") for head in shown.sections if head.startswith("PARAMETER ")]
    assert described == [parameter.name for parameter in function.parameters]
    assert all(shown.one(f"PARAMETER {name}") for name in described)
    examples = shown.sections["EXAMPLE"]
    assert len(examples) >= 2
    for example in examples:
        code, _, explanation = example.partition("\n\n")
        assert ps.broken(ps.parse(code + "\n")) == [], code
        assert explanation, code
    assert shown.one("INPUTS")
    assert shown.one("OUTPUTS")
    links = shown.sections["LINK"]
    assert links[-1] == "about_VITrust"
    assert set(links[:-1]) <= {other.stem for other in PUBLIC} - {path.stem}
    declared = re.findall(r"\[OutputType\(([^\n]*)\)\]", function.text)
    assert declared
    for kind in re.findall(r"\[VITrust\.(\w+)\]", declared[0]):
        assert f"VITrust.{kind}" in shown.one("OUTPUTS")


def test_about_names_every_cmdlet_and_its_code_parses() -> None:
    text = (ps.MODULE / "en-US" / "about_VITrust.help.txt").read_text(encoding="ascii")
    assert set(re.findall(r"\b\w+-VITrust[A-Z]\w+", text)) >= {path.stem for path in PUBLIC}
    known = {path.stem for path in PUBLIC} | {"Get-VITrustedCertificate", "Add-VITrustedCertificate"}
    named = re.findall(r"\b\w+-VI[A-Z]\w+", text)
    assert {name for name in named if "VITrust" in name} <= known
    # A block goes on in the line behind it.
    text = text.replace("Stop }\n    catch", "Stop } catch")
    lines = [line for line in text.splitlines() if re.match(r"    (\$|\w+-\w+ |foreach |try )", line)]
    code = [line for line in lines if "  " not in line[4:]]
    assert len(code) > 8
    assert [line for line in code if ps.broken(ps.parse(line.strip() + "\n"))] == []


def test_about_fits_a_console_of_eighty_columns() -> None:
    text = (ps.MODULE / "en-US" / "about_VITrust.help.txt").read_text(encoding="ascii")
    # A line to be copied stays one line.
    assert [line for line in text.splitlines() if len(line) > 80 and not line.lstrip().startswith("foreach (")] == []


def test_the_three_lines_that_make_trust_mutual_are_the_same_everywhere() -> None:
    shown = ps.help_of((ps.MODULE / "Public" / "Get-VITrustMatrix.ps1").read_text(encoding="ascii"))
    [example] = [text for text in shown.sections["EXAMPLE"] if "foreach" in text]
    three = example.partition("\n\n")[0].splitlines()
    assert len(three) == 3
    assert "-PemCertificateOrChain $root.Pem -VCenterOnly -Server $vcenter" in three[1]
    pages = [ps.MODULE / "en-US" / "about_VITrust.help.txt", ps.TESTS / "cases" / "Matrix.ps1"]
    for page in [*pages, ps.ROOT / "docs" / "guide" / "powershell.md", ps.ROOT / "README.md"]:
        text = page.read_text(encoding="utf-8")
        assert [line for line in three if line not in text] == [], page.name


@pytest.mark.parametrize("page", ["README.md", "docs/guide/powershell.md"])
def test_what_the_pages_show_parses_and_names_parameters_that_exist(page: str) -> None:
    text = (ps.ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```powershell\n(.*?)```", text, re.DOTALL)
    assert len(blocks) > 1
    public = {path.stem: path for path in PUBLIC}
    for block in blocks:
        assert ps.broken(ps.parse(block)) == [], block
        for call in ps.commands(block):
            if call.name in public:
                assert call.parameters <= parameters_of(public[call.name]) | {"ErrorAction"}, call.text


def test_parameter_sets_of_names_are_those_of_the_library() -> None:
    schema = json.loads((ps.ROOT / "docs" / "schema" / "report.schema.json").read_text(encoding="utf-8"))["$defs"]
    names = {key: {one["const"] for one in schema[key]["oneOf"]} for key in ("Profile", "Severity")}
    names["Purpose"] = {"server", "client", "ca", "any"}
    names["Revocation"] = {"if-present", "required"}
    seen = set()
    for path in PUBLIC:
        [function] = ps.functions(path.read_text(encoding="ascii"))
        for parameter in function.parameters:
            allowed = re.search(r"ValidateSet\(([^)]*)\)", parameter.attributes)
            if parameter.name in names:
                assert allowed
                assert set(re.findall(r"'([^']*)'", allowed[1])) == names[parameter.name]
                seen.add(parameter.name)
    assert seen == set(names)


def test_views_show_properties_that_the_rows_have() -> None:
    named = set()
    for view in views():
        # What came back from another process is shown as it was.
        kind, other = [element.text or "" for element in view.iter("TypeName")]
        assert other == f"Deserialized.{kind}"
        assert view.findtext("Name") == kind
        own = ps.classes()[kind.removeprefix("VITrust.")].keys()
        shown = {element.text for element in view.iter("PropertyName")}
        assert shown <= own, kind
        heads, items = len(list(view.iter("TableColumnHeader"))), len(list(view.iter("TableColumnItem")))
        assert heads == items
        named.add(kind)
    # Whatever a cmdlet returns has a view.
    for path in PUBLIC:
        returned = re.findall(r"OutputType\(([^\n]*)\)\]", path.read_text(encoding="ascii"))[0]
        assert {f"VITrust.{kind}" for kind in re.findall(r"\[VITrust\.(\w+)\]", returned)} <= named


def test_no_member_is_a_script_whose_errors_are_lost() -> None:
    for path in ps.scripts(ps.MODULE):
        assert "ScriptProperty" not in path.read_text(encoding="ascii"), path.name


def test_views_count_nothing_that_is_not_there() -> None:
    counts = [text for _, text in embedded() if ").Count" in text]
    assert len(counts) > 4
    assert [text for text in counts if not text.startswith("if ($null -ne $_.")] == [], "@($null).Count is 1"


def test_members_in_scripts_of_views_exist() -> None:
    for kind, script in embedded():
        own = ps.classes()[kind.removeprefix("VITrust.")]
        for path in re.findall(r"\$_((?:\.\w+)+)", script):
            first, *rest = path.strip(".").split(".")
            assert first in own or first == "Draw", f"{kind}: {path}"
            inner = ps.classes().get(own.get(first, ""), {})
            if rest and inner:
                assert rest[0] in inner, f"{kind}: {path}"


def test_colours_are_only_where_they_are_not_counted_as_characters() -> None:
    guard = "$PSVersionTable.PSVersion -ge '7.2' -and $Host.UI.SupportsVirtualTerminal -and -not $env:NO_COLOR"
    coloured = [text for _, text in embedded() if "[char]27" in text or ".Draw(" in text]
    assert len(coloured) > 4
    assert [text for text in coloured if guard not in text] == []


def test_the_module_is_loaded_whole_or_not_at_all_and_leaves_no_preference() -> None:
    text = (ps.MODULE / "VITrust.psm1").read_text(encoding="ascii")
    code = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert code[0] == "$ErrorActionPreference = 'Stop'"
    assert code[-1] == "$ExecutionContext.SessionState.PSVariable.Remove('ErrorActionPreference')"


def test_format_list_shows_what_is_there_and_tables_come_first() -> None:
    lists = [view for view in views() if view.find("ListControl") is not None]
    assert len(lists) > 8
    # The first view of a type is what a console shows of it.
    first: dict[str, ET.Element] = {}
    for view in views():
        first.setdefault(view.findtext("Name") or "", view)
    assert [view.findtext("Name") for view in lists if first[view.findtext("Name") or ""] is view] == []


def test_types_and_members_that_scripts_use_exist() -> None:
    classes = ps.classes()
    interop = ps.interop()
    for path in ps.scripts(ps.MODULE):
        text = path.read_text(encoding="ascii")
        for kind in re.findall(r"\[VITrust\.(\w+)\]", text) + re.findall(r"New-VITrustOption VITrust\.(\w+)", text):
            assert kind in classes, f"{path.name}: {kind}"
        for kind, member in re.findall(r"\[VITrust\.(\w+)\]::(\w+)", text):
            declared = rf"public (?:static [\w<>\[\]]+ {member}\b|{kind}\()" if member != "new" else rf"public {kind}\("
            assert re.search(declared, interop), f"{path.name}: {kind}::{member}"


def test_options_are_set_by_properties_that_they_have() -> None:
    for path in ps.scripts(ps.MODULE):
        text = path.read_text(encoding="ascii")
        match = re.search(r"New-VITrustOption VITrust\.(\w+)", text)
        if not match:
            continue
        table = "".join(re.findall(r"@\{([^}]*= '[^}]*)\}", text))
        wanted = set(re.findall(r"= '(\w+)'", table)) | set(re.findall(r"\$(?:options|settings)\.(\w+) =", text))
        assert wanted, path.name
        assert wanted <= ps.classes()[match[1]].keys(), path.name


def test_categories_of_errors_are_those_of_powershell() -> None:
    # System.Management.Automation.ErrorCategory, as Windows PowerShell 5.1 has it.
    known = """NotSpecified OpenError CloseError DeviceError DeadlockDetected InvalidArgument InvalidData
        InvalidOperation InvalidResult InvalidType MetadataError NotImplemented NotInstalled ObjectNotFound
        OperationStopped OperationTimeout SyntaxError ParserError PermissionDenied ResourceBusy ResourceExists
        ResourceUnavailable ReadError WriteError FromStdErr SecurityError ProtocolError ConnectionError
        AuthenticationError LimitsExceeded QuotaExceeded NotEnabled"""
    interop = ps.interop()
    named = dict(re.findall(r"internal const int (\w+) = (\d+);", interop))
    used = [(named[name], kind) for name, kind in re.findall(r'\{ Status\.(\w+), "(\w+)" \}', interop)]
    assert {category for _, category in used} <= set(known.split())
    # Every error of the catalogue has one.
    numbers = re.findall(r"^\| (\d+) \| ", (ps.ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(numbers) <= {number for number, _ in used}


def test_the_versions_agree() -> None:
    cargo = re.search(r'^version = "([^"]+)"', (ps.ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert cargo
    assert ps.manifest("ModuleVersion") == [cargo[1]]


def test_run_uses_every_cmdlet_and_every_parameter() -> None:
    common = {"ErrorAction", "ErrorVariable", "WarningAction", "WarningVariable"}
    calls = [call for path in ps.scripts(ps.TESTS) for call in ps.commands(path.read_text(encoding="ascii"))]
    for path in PUBLIC:
        known = parameters_of(path)
        used: set[str] = set()
        for call in calls:
            if call.name == path.stem:
                assert call.parameters <= known | common, call.text
                used |= call.parameters
        assert known <= used, path.stem


def test_run_runs_every_file_of_cases() -> None:
    named = re.search(r"foreach \(\$name in ([^)]*)\)", (ps.TESTS / "run.ps1").read_text(encoding="ascii"))
    assert named
    assert sorted(re.findall(r"'(\w+)'", named[1])) == sorted(path.stem for path in (ps.TESTS / "cases").iterdir())


def test_the_package_has_every_function_in_one_file(tmp_path: Path) -> None:
    module = tmp_path / "VITrust"
    shutil.copytree(ps.MODULE, module)
    subprocess.run([sys.executable, str(ps.ROOT / "tests" / "tools" / "join_module.py"), str(module)], check=True)
    text = (module / "VITrust.psm1").read_text(encoding="ascii")
    assert ps.broken(ps.parse(text)) == []
    files = [path for path in ps.scripts(ps.MODULE) if path.suffix == ".ps1"]
    assert sorted(function.name for function in ps.functions(text)) == sorted(path.stem for path in files)
    assert [path.name for path in files if path.read_text(encoding="ascii") not in text] == []
    assert ps.scripts(module) == [module / "VITrust.psd1", module / "VITrust.psm1"]


def test_the_zip_has_the_module_and_is_the_same_each_time(tmp_path: Path) -> None:
    archives = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        module = folder / "VITrust"
        shutil.copytree(ps.MODULE, module)
        script = ps.ROOT / "tests" / "tools" / "zip_module.py"
        subprocess.run([sys.executable, str(script), str(module), str(folder)], check=True, capture_output=True)
        archives.append(folder / f"VITrust-{ps.manifest('ModuleVersion')[0]}.zip")
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as packed:
        there = {path.relative_to(ps.MODULE.parent).as_posix() for path in ps.MODULE.rglob("*") if path.is_file()}
        assert set(packed.namelist()) == there


def test_the_package_has_all_that_its_tests_read() -> None:
    text = "".join(path.read_text(encoding="ascii") for path in ps.scripts(ps.TESTS))
    samples = {ps.ROOT / "examples" / "estate" / name for name in re.findall(r"'(vc\d\d/[^']+)'", text)}
    assert len(samples) > 10
    assert [path.as_posix() for path in samples if not path.exists()] == []
    made = (ps.TESTS / "make_data.py").read_text(encoding="utf-8")
    packed = (ps.ROOT / "tests" / "tools" / "powershell.sh").read_text(encoding="utf-8")
    data = set(re.findall(r"Read-Data '([^']+)'", text)) | set(re.findall(r"Join-Path \$script:Data '([^']+)'", text))
    assert len(data) > 5
    assert {name for name in data if name not in made and name not in packed} == set()
