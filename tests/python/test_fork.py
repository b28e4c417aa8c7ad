"""A session in a process that was forked from the one that opened it: it is told so, and nothing hangs."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vitrust

from servers import Simulator

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX forks")
Simulate = Callable[..., Simulator]
#: What hangs is ended after so many seconds. Nothing here waits for anybody.
PATIENCE = 60


def in_a_fork(work: Callable[..., object], *arguments: object) -> Any:
    """Run work in a forked process; what it returns, or the test fails."""
    context = multiprocessing.get_context("fork")
    end, begin = context.Pipe(duplex=False)

    def child() -> None:
        begin.send(work(*arguments))

    process = context.Process(target=child)
    process.start()
    begin.close()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        pytest.fail("the forked process hangs")
    assert process.exitcode == 0
    return end.recv()


def refusals(session: vitrust.Session) -> list[tuple[str, int, str, str]]:
    """What calls of the parent's session raise, and that it can be closed."""
    seen = []
    calls: list[Callable[[], object]] = [
        lambda: session.read("about"),
        lambda: session.change("delete_trusted_root", id="x"),
    ]
    for call in calls:
        try:
            call()
        except vitrust.VitrustError as error:
            seen.append((type(error).__name__, error.code, error.name, str(error)))
    session.close()
    return seen


def test_a_forked_process_is_told_and_the_session_stays_the_parents(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    with vitrust.Session.open(simulator.fleet) as session:
        assert session.read("about")["version"] == "8.0.3"
        told = in_a_fork(refusals, session)
        assert [one[:3] for one in told] == [("VitrustError", 8, "forked")] * 2
        assert all("forked" in words and "vc01.lab.example" in words for *_, words in told)
        # It was not logged out, and not closed here.
        assert simulator.sessions() == [1]
        assert session.read("about")["version"] == "8.0.3"
        assert not session.is_closed
    assert simulator.sessions() == [0]


def forget(sessions: list[vitrust.Session]) -> str:
    sessions.clear()
    return "gone"


def leave(session: vitrust.Session) -> str:
    with session:
        return "left"


def test_forgetting_and_leaving_it_in_the_fork_costs_the_parent_nothing(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "1")
    sessions = [vitrust.Session.open(simulator.fleet)]
    assert in_a_fork(forget, sessions) == "gone"
    assert in_a_fork(leave, sessions[0]) == "left"
    assert simulator.sessions() == [1]
    assert len(sessions[0].read("hosts")) == 1
    sessions[0].close()
    assert simulator.sessions() == [0]


def work_of_its_own(fleet: Path) -> tuple[str, int]:
    """Open, read and collect in the fork, as in any process."""
    with vitrust.Session.open(fleet) as session:
        version = session.read("about")["version"]
    return version, len(vitrust.collect(fleet).estate.hosts["vc01.lab.example"])


def test_a_fork_opens_its_own(simulate: Simulate) -> None:
    simulator = simulate("--hosts", "2")
    with vitrust.Session.open(simulator.fleet) as session:
        session.read("about")
        vitrust.collect(simulator.fleet)
        assert in_a_fork(work_of_its_own, simulator.fleet) == ("8.0.3", 2)
        assert simulator.sessions() == [1]


def judge(estate: vitrust.Estate) -> int:
    return len(vitrust.assess(estate, at="2026-06-01").findings)


def test_an_estate_is_judged_in_the_fork_of_a_process_that_judged() -> None:
    estate = vitrust.Estate.load(Path(__file__).parents[2] / "examples" / "estate")
    assert judge(estate) == in_a_fork(judge, estate) > 0
