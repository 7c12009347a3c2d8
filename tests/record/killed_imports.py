"""Run as a process of its own: imports a document again and again, each time killed one SQL statement later.

    python killed_imports.py     (Django's settings and the database are in the environment)

Each round is a child process with a new council, killed (as by kill -9) right after its n-th statement, until one gets
to the end. After each, what the record holds is printed as a line of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
django.setup()

from django.db import connection, connections  # noqa: E402
from support.documents import SHORT_PLAN  # noqa: E402
from support.records import ADOPTED, new_council  # noqa: E402

from goldenthread.plan.flat import flatten  # noqa: E402
from goldenthread.record.actor import Actor  # noqa: E402
from goldenthread.record.history.verify import verify  # noqa: E402
from goldenthread.record.models import Item  # noqa: E402
from goldenthread.record.scope import council_scope  # noqa: E402
from goldenthread.record.services.imports import (  # noqa: E402
    answer_import_question,
    apply_import,
    import_reading,
    imports,
    start_import,
)
from goldenthread.record.services.plans import plans  # noqa: E402
from goldenthread.record.snapshot import snapshot  # noqa: E402


class KilledAfter:
    """Lets so many statements through and then kills the process, with no chance to tidy up."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        result = execute(*call)
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def import_document(actor: Actor) -> None:
    """The whole way of a document, with each of its three transactions."""
    started = start_import(actor=actor, name="short.txt", content=SHORT_PLAN.encode())
    question = import_reading(actor.council, started.id).questions[0]
    answer_import_question(actor=actor, import_id=started.id, question_key=question.key, candidate=0)
    apply_import(actor=actor, import_id=started.id, reason="Approved", effective_on=ADOPTED)


def held(council: UUID) -> dict[str, Any]:
    """What there is of the import now, and whether the chain verifies."""
    report = verify(council)
    found = plans(council)
    with council_scope(council):
        rows = Item.objects.count()
    return {
        "revisions": report.head.number if report.head else 0,
        "verified": report.ok,
        "states": [each.state.value for each in imports(council)],
        "rows": rows,
        "items": [len(flatten(snapshot(council=council, plan=each.slug))) for each in found],
    }


def main() -> None:
    """Round after round until an import gets to its end."""
    for statements in count(1):
        actor = new_council(f"Council {statements}")
        connections.close_all()
        child = os.fork()
        if child == 0:
            with connection.execute_wrapper(KilledAfter(statements)):
                import_document(actor)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        outcome = {"statements": statements, "killed": killed, "status": status}
        print(json.dumps({**outcome, **held(actor.council)}), flush=True)
        if not killed:
            return


main()
