"""PowerShell scripts, their help and the C# types beside them, read without PowerShell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "bindings-c" / "powershell" / "VITrust"
INTEROP = MODULE.parent / "Interop"
TESTS = ROOT / "tests" / "powershell"
MANIFEST = MODULE / "VITrust.psd1"

_PARSER = Parser(Language(tree_sitter_powershell.language()))


def scripts(*folders: Path) -> list[Path]:
    """Every script, module and manifest below the folders."""
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".ps1", ".psm1", ".psd1")]
    return sorted(found)


def parse(text: str) -> Node:
    """The syntax tree of a script."""
    return _PARSER.parse(text.encode()).root_node


def nodes(node: Node, kind: str) -> Iterator[Node]:
    """Every node of a kind, outermost first."""
    if node.type == kind:
        yield node
    for child in node.children:
        yield from nodes(child, kind)


def source(node: Node) -> str:
    """The text of a node."""
    return (node.text or b"").decode()


def broken(node: Node) -> list[str]:
    """Where the text is not the language: the first line and text of every error."""
    if node.is_error or node.is_missing:
        return [f"{node.start_point[0] + 1}: {source(node)[:60]!r}"]
    return [problem for child in node.children for problem in broken(child)]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a function: its name and what stands in its brackets."""

    name: str
    attributes: str


@dataclass(frozen=True)
class Function:
    """One function of a script."""

    name: str
    parameters: tuple[Parameter, ...]
    #: How many lines it has without its parameter block, which is a table.
    lines: int
    text: str


def functions(text: str) -> list[Function]:
    """The functions that a script defines at its top."""
    return [_function(node) for node in nodes(parse(text), "function_statement")]


@dataclass(frozen=True)
class Command:
    """One call in a script: its name and the parameters it names."""

    name: str
    parameters: frozenset[str]
    text: str


def commands(text: str) -> list[Command]:
    """Every call in a script."""
    return [_command(node) for node in nodes(parse(text), "command")]


def _command(node: Node) -> Command:
    parts = [child for child in node.children if child.type == "command_elements"]
    given = [source(child) for part in parts for child in part.children if child.type == "command_parameter"]
    return Command(
        source(next(nodes(node, "command_name"), node)), frozenset(word.strip("-:") for word in given), source(node)
    )


def _function(node: Node) -> Function:
    name = source(next(nodes(node, "function_name")))
    block = next(nodes(node, "param_block"), None)
    parameters = [] if block is None else [_parameter(child) for child in nodes(block, "script_parameter")]
    lines = node.end_point[0] - node.start_point[0] + 1
    if block is not None:
        lines -= block.end_point[0] - block.start_point[0] + 1
    return Function(name, tuple(parameters), lines, source(node))


def _parameter(node: Node) -> Parameter:
    variable = next(child for child in node.children if child.type == "variable")
    return Parameter(source(variable).lstrip("$"), source(node))


@dataclass(frozen=True)
class Help:
    """The help block of a function: each section's texts."""

    sections: dict[str, list[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The text of a section that stands once, or nothing."""
        texts = self.sections.get(name, [])
        return texts[0] if len(texts) == 1 else ""


def help_of(text: str) -> Help:
    """The help block at the head of a file, whose section heads are `.NAME` with or without a word."""
    match = re.match(r"<#\n(.*?)\n#>\nfunction ", text, re.DOTALL)
    found = Help()
    for part in re.split(r"^\.(?=[A-Z])", match[1] if match else "", flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        found.sections.setdefault(head.strip(), []).append(body.strip())
    return found


def manifest(key: str) -> list[str]:
    """The texts that a key of the manifest has; one for a plain value."""
    text = MANIFEST.read_text(encoding="ascii")
    match = re.search(rf"^\s*{key}\s*=\s*(?:@\((.*?)\)|('[^']*'))", text, re.MULTILINE | re.DOTALL)
    assert match, f"the manifest has no {key}"
    return re.findall(r"'([^']*)'", match[1] if match[1] is not None else match[2])


@cache
def interop() -> str:
    """The sources of the assembly, what is generated first, as they are compiled."""
    return "".join(
        path.read_text(encoding="utf-8")
        for part in (INTEROP / "Generated", INTEROP)
        for path in sorted(part.glob("*.cs"))
    )


@cache
def classes() -> dict[str, dict[str, str]]:
    """The public classes of the assembly, each with its public properties and their types."""
    text = interop()
    heads = list(
        re.finditer(r"^    (?:public|internal) (?:static |sealed |abstract |partial )*class (\w+)", text, re.MULTILINE)
    )
    found: dict[str, dict[str, str]] = {}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : following.start() if following else len(text)]
        properties = re.findall(r"^        (?:\[[^\]]*\] )?public ([\w<>?\[\], ]+?) (\w+)\s*\{", body, re.MULTILINE)
        properties += re.findall(r"^        public ([\w<>?\[\], ]+?) (\w+)\n        \{", body, re.MULTILINE)
        if head[0].strip().startswith("public"):
            found.setdefault(head[1], {}).update({name: kind for kind, name in properties})
    return found
