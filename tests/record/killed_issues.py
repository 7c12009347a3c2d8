"""Run as a process of its own: issues a report again and again, each time killed at another step.

    python killed_issues.py     (Django's settings and the database are in the environment)

Each round is a child process that issues the same draft and is killed (as by kill -9) right after one of its SQL
statements: the first that writes, some on the way, the last before the commit. After each, what is held is printed as
a line of JSON; the last round is not killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
django.setup()

from django.db import connection, connections  # noqa: E402
from support.held_reports import RELEASE, TODAY, again, cleared, drafted  # noqa: E402
from support.recorded_northbury import PLAN, RecordedNorthbury  # noqa: E402

from goldenthread.record.actor import Actor  # noqa: E402
from goldenthread.record.files.storage import path_of  # noqa: E402
from goldenthread.record.history.verify import verify  # noqa: E402
from goldenthread.record.issued import HeldReport  # noqa: E402
from goldenthread.record.services.issuing import issue_report  # noqa: E402


class Statements:
    """Counts statements from the first that writes a row, and kills the process after so many of them."""

    def __init__(self, until: int | None = None) -> None:
        self.counted, self.until = 0, until

    def __call__(self, execute: Callable[..., Any], sql: str, *call: Any) -> Any:
        result = execute(sql, *call)
        if self.counted or str(sql).startswith("UPDATE"):
            self.counted += 1
        if self.counted == self.until:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def issue(officer: Actor, ready: HeldReport) -> None:
    """Issue a draft that is ready."""
    number, seen = ready.number, ready.version
    issue_report(actor=officer, plan=PLAN, number=number, seen=seen, on=TODAY, release=RELEASE)


def in_a_child(officer: Actor, ready: HeldReport, until: int | None) -> int:
    """Issue in a process of its own, which is killed or ends with the number of statements; gives how it ended.

    A parent that had written a PDF could not be forked: the threads that write it would be missing in the child.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        counted = Statements(until)
        with connection.execute_wrapper(counted):
            issue(officer, ready)
        os._exit(counted.counted)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """One report is issued to count the statements, another killed at some of them."""
    officer = RecordedNorthbury().officer
    tried, ready = (cleared(officer, drafted(officer, audience)) for audience in ("staff", "members"))
    whole = in_a_child(officer, tried, None)
    for until in (1, 2, 3, whole // 3, whole // 2, whole - 2, whole - 1, whole, None):
        ended = in_a_child(officer, ready, until)
        print(json.dumps({"ended": ended, **state_of(again(officer, ready.number))}), flush=True)


def state_of(held: HeldReport) -> dict[str, Any]:
    """What is held of the report, and whether the chain verifies."""
    kept = sum(path_of(each.sha256).exists() for each in held.files)
    return {
        "state": held.state.value,
        "files": len(held.files),
        "kept": kept,
        "verified": verify(held.council).ok,
    }


main()
