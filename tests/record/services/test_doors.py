"""Whatever the order in which three doors are used and voices settled, nothing that anybody typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plugins.database import TestDatabase
from support.records import load_small_plan, new_council

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.judgements import Door, Rating
from goldenthread.plan.status import Status
from goldenthread.plan.updates import REPORTABLE, EvidenceOffer, TypedUpdate
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number
from goldenthread.record.history.verify import verify
from goldenthread.record.models import DatedFact, Evidence, HeldUpdate
from goldenthread.record.scope import council_scope
from goldenthread.record.services.settling import Voice, settle_held_update, waiting_conflicts
from goldenthread.record.services.updating import Outcome, submit_updates
from goldenthread.record.snapshot import snapshot

PLAN, DAYS = "improvement-plan", (date(2022, 7, 31), date(2022, 8, 31))
DATES = st.sampled_from([PlanDate.from_edtf(edtf, edtf) for edtf in ("2022-23", "2023-03", "2023")])


@dataclass(frozen=True)
class Press:
    """One press of a button: by which door, of which item, how old the page was that the person looked at, and what of
    it they filled in. Texts are made unique when the button is pressed, so that each can be looked for.
    """

    door: Door
    item: int
    age: int
    day: date
    texts: frozenset[str]
    status: Status | None
    forecast: PlanDate | None
    rating: Rating | None
    no_change: bool
    evidence: bool

    def typed(self, number: int) -> TypedUpdate:
        if self.no_change:
            return TypedUpdate(no_change=True)
        return TypedUpdate(
            status=self.status,
            forecast=self.forecast,
            rating=self.rating,
            evidence=EvidenceOffer(url=f"https://example.org/{number}") if self.evidence else None,
            **{name: f"{name} of press {number}" for name in self.texts},
        )


@dataclass(frozen=True)
class Settle:
    """Settling what waits on one item: taking the words of what stands, of one of the voices, or new ones."""

    item: int
    choice: int


TEXTS = st.frozensets(st.sampled_from(["why", "next_step", "highlight"]), max_size=3)
PRESSES = st.builds(
    Press,
    door=st.sampled_from(Door),
    item=st.integers(0, 1),
    age=st.integers(0, 6),
    day=st.sampled_from(DAYS),
    texts=TEXTS,
    status=st.none() | st.sampled_from(REPORTABLE),
    forecast=st.none() | DATES,
    rating=st.none() | st.sampled_from(Rating),
    no_change=st.booleans(),
    evidence=st.booleans(),
)
SETTLES = st.builds(Settle, item=st.integers(0, 1), choice=st.integers(0, 4))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(PRESSES, PRESSES, SETTLES), min_size=2, max_size=10))
def test_any_interleaving_of_the_three_doors_loses_nothing_typed(
    council_db: TestDatabase, steps: list[Press | Settle]
) -> None:
    officer = new_council(str(uuid4()))
    load_small_plan(officer)
    plan = snapshot(council=officer.council, plan=PLAN)
    items = [action.id for action in plan.actions() if action.id][:2]
    typed: list[str] = []
    kept: set[UUID] = set()
    for number, step in enumerate(steps):
        item = items[step.item]
        if isinstance(step, Press):
            typed += press(officer, item, step, number)
        else:
            typed += settle(officer, item, step, number)
        with council_scope(officer.council):
            now = set(HeldUpdate.objects.values_list("id", flat=True))
        assert kept <= now, "a voice that waited, or that was settled, is still there"
        kept = now
    everything = all_that_is_kept(officer)
    assert [text for text in typed if text not in everything] == []
    assert verify(officer.council).ok


def press(officer: Actor, item: UUID, step: Press, number: int) -> list[str]:
    update = step.typed(number)
    outcomes = submit_updates(
        actor=officer,
        plan=PLAN,
        updates={item: update},
        as_at=step.day,
        seen_revision=max(1, head_number(officer.council) - step.age),
        door=step.door,
    )
    assert update.says_nothing or outcomes[item] in set(Outcome)
    offered = [update.evidence.url] if update.evidence else []
    return [text for text in (update.why, update.next_step, update.highlight, *offered) if text]


def settle(officer: Actor, item: UUID, step: Settle, number: int) -> list[str]:
    plan = snapshot(council=officer.council, plan=PLAN).id
    assert plan
    waiting = waiting_conflicts(officer.council, plan, None, as_at=DAYS[1], item=item)
    if not waiting:
        return []
    words = f"settled at {number}"
    chosen = chosen_from(waiting[0].voices, step.choice, words)
    settle_held_update(
        actor=officer,
        plan=PLAN,
        item=item,
        chosen=chosen,
        reason=f"because of {number}",
        as_at=DAYS[1],
        seen_revision=head_number(officer.council),
    )
    assert waiting_conflicts(officer.council, plan, None, as_at=DAYS[1], item=item) == ()
    return [text for text in (chosen.why, f"because of {number}") if text]


def chosen_from(voices: tuple[Voice, ...], choice: int, words: str) -> TypedUpdate:
    if choice == 0:
        return TypedUpdate()
    if choice <= len(voices) and not voices[choice - 1].typed.no_change:
        return voices[choice - 1].typed.model_copy(update={"evidence": None})
    return TypedUpdate(why=words)


def all_that_is_kept(officer: Actor) -> str:
    """Everything in facts, in voices with what was decided of them, and in evidence, as one text."""
    with council_scope(officer.council):
        facts = [str(value) for value in DatedFact.objects.values_list("value", flat=True)]
        voices = [f"{row.values} {row.settled}" for row in HeldUpdate.objects.all()]
        evidence = list(Evidence.objects.values_list("url", flat=True))
    return "\n".join([*facts, *voices, *evidence])
