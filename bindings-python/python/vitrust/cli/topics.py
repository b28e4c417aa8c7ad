"""``vitrust help``: the catalogue page of a finding, the exit codes, and the help of a command."""

from __future__ import annotations

import textwrap

import typer

import vitrust
from vitrust.cli import exits
from vitrust.cli.paint import Painter

#: Topics beside findings and commands.
_EXIT_CODES = "exit-codes"


def show(context: typer.Context, topic: str | None) -> None:
    """Show the page of a topic; without one, the commands and what topics there are."""
    group = context.find_root()
    commands = getattr(group.command, "commands", {})
    if topic is None:
        typer.echo(group.get_help())
        typer.echo(f"\n{_topics()}")
        return
    finding = _finding(topic)
    if finding is not None:
        _print(_page(finding, _width()))
    elif topic.lower() == _EXIT_CODES:
        _print("\n".join(_wrapped(line, _width(), "   ") for line in exits.TOPIC) + "\n")
    elif topic in commands:
        with typer.Context(commands[topic], info_name=topic, parent=group) as inner:
            typer.echo(commands[topic].get_help(inner))
    else:
        message = f"{topic!r} is not a topic. {_topics()} Commands: {', '.join(commands)}."
        raise typer.BadParameter(message, ctx=context, param_hint="TOPIC")


def _topics() -> str:
    ids = [entry.id for entry in vitrust.findings()]
    return (
        f"Topics of `vitrust help`: a finding by its id or name ({ids[0]} to {ids[-1]}, or anchor-expired), a command, "
        f"or {_EXIT_CODES}."
    )


def _finding(topic: str) -> vitrust.FindingEntry | None:
    wanted = topic.lower()
    return next((entry for entry in vitrust.findings() if wanted in (entry.id.lower(), entry.name)), None)


def _page(entry: vitrust.FindingEntry, width: int) -> str:
    parts = [
        ("severity", entry.severity),
        ("what it says", entry.summary),
        ("what to do", entry.remedy or "nothing"),
        ("source", entry.source or "a rule of vitrust"),
        ("since", entry.since),
    ]
    column = max(len(label) for label, _ in parts) + 4
    lines = [f"{entry.id} {entry.name}"]
    lines += [_wrapped(f"  {label:<{column - 2}}{text}", width, " " * column) for label, text in parts]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, indent: str) -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False)


def _width() -> int:
    return max(Painter().paper[0], 40)


def _print(page: str) -> None:
    Painter().show(page)
