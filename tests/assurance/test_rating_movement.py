"""Why the share of green changed: exact promises, exact counts, and nothing left unexplained."""

from __future__ import annotations

from datetime import date

from assurance.test_ratings import ACTIONS, RULES, action, due, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.assurance.ratings import USUAL_RULE, Cause, RatingClass, RatingRule, explain_movement, rate
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.status import Status

THEN, NOW = date(2022, 9, 15), date(2022, 10, 15)
CHRISTMAS = PlanDate.from_edtf("2022-12", "Dec 2022")


def test_each_cause_is_told_apart() -> None:
    then = plan_of(
        action("waits", dates=due()),
        action("finishes", dates=due()),
        action("moves", dates=due()),
        action("silent", dates=due(), status=Status.UNKNOWN),
        action("leaves", dates=due()),
        action("stays", dates=due(CHRISTMAS)),
    )
    now = plan_of(
        action("waits", dates=due()),
        action("finishes", dates=due(), status=Status.COMPLETE),
        action("moves", dates=due(PlanDate.from_edtf("2022-08", "Aug 2022"))),
        action("silent", dates=due(CHRISTMAS), status=Status.IN_PROGRESS),
        action("stays", dates=due(CHRISTMAS)),
        action("comes", dates=due(CHRISTMAS)),
    )
    found = explain_movement(then, now, USUAL_RULE, THEN, NOW)
    told = {each.key: (each.before, each.after, each.causes) for each in found.moved}
    assert told == {
        "waits": (RatingClass.GREEN, RatingClass.AMBER, (Cause.TIME,)),
        "finishes": (RatingClass.GREEN, RatingClass.COMPLETE, (Cause.STATUS,)),
        "moves": (RatingClass.GREEN, RatingClass.RED, (Cause.DATES,)),
        "silent": (RatingClass.NOT_RATED, RatingClass.GREEN, (Cause.DATES, Cause.STATUS)),
        "leaves": (RatingClass.GREEN, None, (Cause.GONE,)),
        "comes": (None, RatingClass.GREEN, (Cause.NEW,)),
    }
    why = {each.key: each.why for each in found.moved}
    assert why["waits"] == "Its approved date, Sep 2022 (to 30 September 2022), passed 15 days ago."
    assert "from Sep 2022 (to 30 September 2022) to Aug 2022 (to 31 August 2022)" in why["moves"]
    assert "from “in progress” to “complete”" in why["finishes"]
    assert found.sentence() == "Green fell from 83% (5 of 6) to 50% (3 of 6): 4 left it and 2 joined it."


def test_one_theme_is_counted_by_itself() -> None:
    plan = plan_of(action("a", dates=due()))
    found = explain_movement(plan, plan, USUAL_RULE, THEN, NOW, counts=lambda promise: promise.theme == 2)
    assert (found.before.total, found.after.total, found.moved) == (0, 0, ())


KEYED = st.dictionaries(st.sampled_from("abcdefgh"), ACTIONS, max_size=8)


def keyed(found: dict[str, model.Action]) -> model.Plan:
    return plan_of(*(item.model_copy(update={"key": key}) for key, item in found.items()))


@settings(max_examples=300)
@given(
    old=KEYED,
    new=KEYED,
    rule=RULES,
    then=st.dates(date(2021, 1, 1), date(2023, 1, 1)),
    days=st.integers(0, 400),
)
def test_what_moved_adds_up_to_the_difference(
    old: dict[str, model.Action], new: dict[str, model.Action], rule: RatingRule, then: date, days: int
) -> None:
    now = date.fromordinal(then.toordinal() + days)
    found = explain_movement(keyed(old), keyed(new), rule, then, now)
    for class_ in RatingClass:
        gained = len(found.joined(class_)) - len(found.left(class_))
        assert found.after.counts[class_] - found.before.counts[class_] == gained, class_
    before, after = rate(keyed(old), rule, then), rate(keyed(new), rule, now)
    moved = {each.key for each in found.moved}
    for key in old.keys() | new.keys():
        was, is_ = before.get(key), after.get(key)
        assert (key in moved) == ((was.class_ if was else None) is not (is_.class_ if is_ else None))
    assert (found.before.total, found.after.total) == (len(old), len(new))
    assert all(each.causes and each.why for each in found.moved)
