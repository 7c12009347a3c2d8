"""A plan as at any date, as known at any revision, whatever the order in which things were said."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugins.database import TestDatabase
from support.records import ADOPTED, load_small_plan, new_council, promised

from goldenthread.plan import model
from goldenthread.plan.canonical import canonical_json
from goldenthread.plan.dates import PlanDate
from goldenthread.record.errors import NoSuchPlan, NoSuchRevision, NotYetAdopted
from goldenthread.record.history import upcasts
from goldenthread.record.history.selectors import head_number, revisions
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.plans import load_plan
from goldenthread.record.snapshot import resolve_known_at, snapshot
from goldenthread.record.snapshot_cache import snapshot_cached

STATUSES = ["not_started", "in_progress", "complete", "ongoing"]
Entry = tuple[int, date, str, str | None]
SAID = st.tuples(st.integers(0, 5), st.sampled_from(["status", "title", "dates.forecast"]), st.integers(0, 3))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(SAID, min_size=1, max_size=8))
def test_every_cut_off_and_revision_shows_what_was_said_by_then(
    council_db: TestDatabase, said: list[tuple[int, str, int]]
) -> None:
    """Against a plain model: a list of (revision, day, field, value); the latest day wins, and then the latest word."""
    actor = new_council(str(uuid4()))
    loaded = load_small_plan(actor)
    item = next(iter(snapshot(council=actor.council, plan=loaded.slug).actions())).id
    log: list[Entry] = [
        (loaded.revision, ADOPTED, "status", "unknown"),
        (loaded.revision, ADOPTED, "title", "Review the constitution"),
        (loaded.revision, ADOPTED, "dates.forecast", None),
    ]
    for day, field, choice in said:
        on = ADOPTED + timedelta(days=day)
        value = {"status": STATUSES[choice], "title": f"Title {choice}", "dates.forecast": f"202{choice}"}[
            field
        ]
        sent = (
            PlanDate.from_edtf(value, value).model_dump(mode="json") if field == "dates.forecast" else value
        )
        revision = edit_item(
            actor=actor, plan=loaded.slug, item=item, changes={field: sent}, reason="Said", effective_on=on,
            seen_revision=head_number(actor.council),
        )  # fmt: skip
        if value != shown_of(log, field, on, revision):  # saying again what is so already adds nothing
            log.append((revision, ADOPTED if field == "title" else on, field, value))

    for known_at in {revision for revision, *_ in log}:
        for day in range(-1, 7):
            cut_off = ADOPTED + timedelta(days=day)
            given_ = {"council": actor.council, "plan": loaded.slug, "cut_off": cut_off, "known_at": known_at}
            if day < 0:
                with pytest.raises(NotYetAdopted):
                    snapshot(**given_)
                continue
            action = next(iter(snapshot(**given_).actions()))
            forecast = action.dates.forecast
            shown = {
                "status": action.status,
                "title": action.title,
                "dates.forecast": forecast and forecast.printed,
            }
            for field, value in shown.items():
                known = [
                    entry
                    for entry in log
                    if entry[2] == field and entry[0] <= known_at and entry[1] <= cut_off
                ]
                assert value == max(enumerate(known), key=lambda e: (e[1][1], e[0]))[1][3]
    newest = snapshot(council=actor.council, plan=loaded.slug)
    assert canonical_json(newest) == canonical_json(
        snapshot(council=actor.council, plan=loaded.slug, known_at=head_number(actor.council))
    )


def shown_of(log: list[Entry], field: str, cut_off: date, known_at: int) -> str | None:
    """What the model says: of the entries for the latest day by then, the last."""
    known = [entry for entry in log if entry[2] == field and entry[0] <= known_at and entry[1] <= cut_off]
    return max(enumerate(known), key=lambda numbered: (numbered[1][1], numbered[0]))[1][3]


def test_what_is_not_there_is_said_so(council_db: TestDatabase) -> None:
    actor = new_council()
    loaded = load_small_plan(actor)
    with pytest.raises(NoSuchPlan):
        snapshot(council=actor.council, plan="another")
    with pytest.raises(NoSuchPlan):
        snapshot(council=new_council("Elsewhere").council, plan=loaded.plan_id)
    with pytest.raises(NoSuchPlan, match="revision 1"):
        snapshot(council=actor.council, plan=loaded.slug, known_at=1)
    with pytest.raises(NoSuchRevision, match="newest is 2"):
        snapshot(council=actor.council, plan=loaded.slug, known_at=3)
    with pytest.raises(NotYetAdopted, match="7 June 2022"):
        snapshot(council=actor.council, plan=loaded.slug, cut_off=date(2022, 6, 6))


def test_a_time_means_the_last_revision_by_then(council_db: TestDatabase) -> None:
    actor = new_council()
    load_small_plan(actor)
    second, first = revisions(actor.council)
    assert resolve_known_at(actor.council, second.sealed_at) == 2
    assert resolve_known_at(actor.council, second.sealed_at - timedelta(microseconds=1)) == 1
    with pytest.raises(NoSuchRevision):
        resolve_known_at(actor.council, first.sealed_at - timedelta(microseconds=1))
    assert resolve_known_at(actor.council, datetime.now(UTC) + timedelta(days=1)) == 2


@pytest.mark.parametrize("known_at", [None, 2])
def test_the_number_of_queries_does_not_grow_with_the_plan(
    council_db: TestDatabase, known_at: int | None
) -> None:
    taken = []
    for size in (10, 100, 1000):
        actor = new_council(f"Council {size}")
        actions = tuple(
            model.Action(key=f"a{number}", title=f"Action {number}", dates=promised("2023"))
            for number in range(size)
        )
        theme = model.Theme(key="t", number=1, name="All", actions=actions)
        plan = model.Plan(key="p", council=model.Council(name="x"), title="Plan", themes=(theme,))
        with CaptureQueriesContext(connection) as loading:
            load_plan(actor=actor, plan=plan, effective_on=ADOPTED, reason="Test")
        with CaptureQueriesContext(connection) as reading:
            held = snapshot(council=actor.council, plan="plan", known_at=known_at)
        assert len(list(held.actions())) == size
        taken.append((len(loading), len(reading)))
    assert len({reading for _, reading in taken}) == 1
    assert len({loading for loading, _ in taken}) == 1


def test_the_cache_gives_what_the_record_gives_and_follows_changes(council_db: TestDatabase) -> None:
    actor = new_council()
    loaded = load_small_plan(actor)
    wanted = {"council": actor.council, "plan": loaded.slug}
    first = snapshot_cached(**wanted)
    with CaptureQueriesContext(connection) as queries:
        assert snapshot_cached(**wanted) is first
    assert len([query for query in queries if "FROM item" in query["sql"]]) == 0
    edit_item(
        actor=actor, plan=loaded.slug, item=next(iter(first.actions())).id, changes={"title": "New"}, reason="x",
        effective_on=ADOPTED, seen_revision=loaded.revision,
    )  # fmt: skip
    assert next(iter(snapshot_cached(**wanted).actions())).title == "New"
    assert snapshot_cached(**wanted, known_at=loaded.revision) == first


def test_past_rows_are_read_in_todays_shape(
    council_db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a migration that made `title` of what was once `heading`: the log keeps the old words."""
    actor = new_council()
    loaded = load_small_plan(actor)

    def renamed(row: upcasts.Row) -> upcasts.Row:
        if row["kind"] != "theme":
            return row
        return {**row, "wording": {**row["wording"], "name": f"{row['wording']['name']} (upcast)"}}

    monkeypatch.setitem(upcasts.UPCASTS, "item", (renamed,))
    held = snapshot(council=actor.council, plan=loaded.slug, known_at=loaded.revision)
    assert [theme.name for theme in held.themes] == ["Culture (upcast)", "Money (upcast)"]
