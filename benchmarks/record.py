"""How long the record takes: to load the example plan, and to give it back as at any date after five years of updates.

    python benchmarks/record.py [--updates-per-revision N]

Prints p50, p95 and n in milliseconds, beside the floor: one query in a council's scope on the same server.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
import time
from datetime import date
from itertools import count

import django
from timing import machine, measure

HOME = tempfile.TemporaryDirectory(prefix="golden-thread-benchmark-")
os.environ["GOLDENTHREAD_HOME"] = HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.web.settings"

from goldenthread.web.database import provide_database  # noqa: E402

SERVER = provide_database()
django.setup()

from django.db import connections  # noqa: E402

from goldenthread.documents import read_document  # noqa: E402
from goldenthread.examples import example_plan_path  # noqa: E402
from goldenthread.plan.dates import PlanDate  # noqa: E402
from goldenthread.plan.flat import Series, flatten  # noqa: E402
from goldenthread.plan.model import Action, Plan  # noqa: E402
from goldenthread.reading import read_plan  # noqa: E402
from goldenthread.record.actor import Actor  # noqa: E402
from goldenthread.record.database import migrate_if_needed  # noqa: E402
from goldenthread.record.history.selectors import head_number, item_history  # noqa: E402
from goldenthread.record.history.verify import verify  # noqa: E402
from goldenthread.record.models import DatedFact, Role  # noqa: E402
from goldenthread.record.scope import writing  # noqa: E402
from goldenthread.record.services.councils import create_council  # noqa: E402
from goldenthread.record.services.editing import edit_item  # noqa: E402
from goldenthread.record.services.plans import LoadedPlan, load_plan  # noqa: E402
from goldenthread.record.snapshot import snapshot  # noqa: E402

ADOPTED = date(2022, 6, 7)
MONTHS = [date(2022 + (6 + month) // 12, (6 + month) % 12 + 1, 1) for month in range(60)]
STATUSES = ["not_started", "in_progress", "in_progress", "ongoing"]


def main() -> None:
    """Measure, print, and leave nothing behind."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--updates-per-revision", type=int, default=1)
    each = arguments.parse_args().updates_per_revision
    print(machine())
    migrate_if_needed()
    gc.collect()
    gc.freeze()  # as the server does once it has started: a collection then looks only at what was made since
    print(measure("start again (nothing to migrate)", migrate_if_needed))
    plan = read_plan(read_document(example_plan_path()))
    actor = new_actor("measured")
    loaded = load(actor, plan)
    print(measure("one query in a scope (the floor)", lambda: head_number(actor.council), count=200))
    others = (new_actor(f"other {number}") for number in count())
    print(measure(f"load {len(flatten(plan))} items", lambda: load(next(others), plan), count=10))
    snapshots(actor, loaded)

    started = time.perf_counter()
    updates = five_years(actor, loaded, each)
    print(
        f"Five years: {updates} updates, {head_number(actor.council)} revisions, {time.perf_counter() - started:.0f} s"
    )
    snapshots(actor, loaded)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    print("The same, with the statistics that autovacuum gathers within a minute")
    snapshots(actor, loaded)
    action = next(iter(snapshot(council=actor.council, plan=loaded.slug).actions()))
    titles = (f"Title {number}" for number in count())
    print(measure("edit an action", lambda: edit(actor, loaded, action, next(titles))))
    print(measure("history of an action", lambda: item_history(actor.council, action.id or loaded.plan_id)))
    print(measure("verify the chain", lambda: verify(actor.council), count=5))


def new_actor(name: str) -> Actor:
    council = create_council(command="benchmark", name=name)
    return Actor(council=council.id, role=Role.PMO, name="benchmark")


def load(actor: Actor, plan: Plan) -> LoadedPlan:
    return load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Measuring", slug="plan")


def five_years(actor: Actor, loaded: LoadedPlan, each: int) -> int:
    """A status and a forecast for every action, every month; so many actions to a revision."""
    chance = random.Random(2022)
    actions = [action.id for action in snapshot(council=actor.council, plan=loaded.slug).actions()]
    batches = [
        [(action, month) for action in actions[first : first + each]]
        for month in MONTHS
        for first in range(0, len(actions), each)
    ]
    for batch in batches:
        with writing(actor, "Monthly update"):
            DatedFact.objects.bulk_create(
                DatedFact(
                    council_id=actor.council,
                    plan_id=loaded.plan_id,
                    item_id=action,
                    series=series,
                    effective_on=month,
                    value=value,
                )
                for action, month in batch
                for series, value in said(chance)
            )
    return sum(len(batch) for batch in batches)


def said(chance: random.Random) -> list[tuple[str, object]]:
    edtf = f"20{chance.randint(22, 28)}-{chance.randint(1, 12):02}"
    forecast = PlanDate.from_edtf(edtf, edtf).model_dump(mode="json")
    return [(Series.STATUS.value, chance.choice(STATUSES)), (Series.FORECAST.value, forecast)]


def snapshots(actor: Actor, loaded: LoadedPlan) -> None:
    given = {"council": actor.council, "plan": loaded.plan_id}
    middle = head_number(actor.council) // 2 + 1
    print(measure("  snapshot", lambda: snapshot(**given)))
    print(measure("  as at 31 December 2024", lambda: snapshot(**given, cut_off=date(2024, 12, 31))))
    print(measure(f"  as known at revision {middle}", lambda: snapshot(**given, known_at=middle)))


def edit(actor: Actor, loaded: LoadedPlan, action: Action, title: str) -> int:
    assert action.id
    return edit_item(
        actor=actor,
        plan=loaded.slug,
        item=action.id,
        changes={"title": title},
        reason="Measuring",
        effective_on=date(2027, 6, 7),
        seen_revision=head_number(actor.council),
    )


try:
    main()
finally:
    connections.close_all()
    if SERVER:
        SERVER.release()
        SERVER.destroy()
    HOME.cleanup()
