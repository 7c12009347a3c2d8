"""Actions and milestones: lists of them, what is late, falls due or was done, and what each of five judges says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pydantic import Field

from goldenthread.assurance.ratings import Kind, Promise, RatingClass
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Text,
    being,
    counted,
    opened,
    said,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import Matter, ThemeGroup
from goldenthread.reporting.sections.phrasing import (
    BY_ASSURER,
    BY_LEAD,
    CHANCE,
    DATES,
    EVIDENCE,
    RULE,
    STATUS,
    WHY,
    PromiseList,
    listed,
    named,
)
from goldenthread.reporting.sections.registry import Listed, Options, section

_FIVE = (
    "Five judgements stand beside each other here and are never made into one. They may differ, and where they do it "
    "is worth asking why."
)
_SEVERITY = {RatingClass.RED: 0, RatingClass.AMBER: 1}
_DONE = {
    Status.COMPLETE: "said to be complete; nobody but the lead has checked it yet",
    Status.VERIFIED: "verified: somebody other than the lead checked the evidence",
    Status.EMBEDDED: "embedded: later evidence shows that it has lasted",
}


class AsList(Listed):
    """A list as a table, or `as_list` as lines of text, which takes less room."""

    as_list: bool = Field(default=False, alias="as-list")


class Ahead(AsList):
    """What falls due within so many days after the cut-off."""

    days: int = Field(default=92, ge=1, le=731)


@section("actions", Options)
def actions(matter: Matter, _: Options) -> Iterator[Block]:
    """Every action with its lead, status, all four dates and the rule's rating, theme by theme."""
    for group, found in by_group(matter, matter.actions):
        count = matter.figure(f"{group.within}actions.all", len(found))
        yield Heading(group.title)
        name = f"Actions, {group.title}"
        yield from listed(matter, PromiseList(name, name, found, count, (STATUS, *DATES, RULE)))


@section("milestones", Options)
def milestones(matter: Matter, _: Options) -> Iterator[Block]:
    """Every milestone with its status, all four dates and the rule's rating."""
    found = matter.milestones
    reached = matter.figure("milestones.reached", sum(each.item.status.is_done for each in found))
    passed = matter.figure("milestones.late", sum(matter.is_late(each.item) for each in found))
    all_ = matter.figure("milestones.all", len(found))
    yield Paragraph(
        said(
            "Of {all}, {reached} said to be reached; {late} past the approved date without anybody saying so.",
            all=counted(all_, "milestone"),
            reached=being(reached),
            late=being(passed),
        )
    )
    yield from listed(matter, PromiseList("Milestones", "Milestones", found, all_, (STATUS, *DATES, RULE)))


@section("judgements", Options)
def judgements(matter: Matter, _: Options) -> Iterator[Block]:
    """What five judges say of each action, side by side: its status, its lead, the rule, the assurer, the forecast."""
    yield Paragraph((_FIVE,))
    told = (*DATES, STATUS, BY_LEAD, RULE, BY_ASSURER, CHANCE)
    count = matter.figure("actions.all", len(matter.actions))
    yield from listed(
        matter, PromiseList("Judgements", "What is said of each action", matter.actions, count, told)
    )


@section("late", AsList)
def late(matter: Matter, options: AsList) -> Iterator[Block]:
    """Actions past their approved date without anybody saying that they are done, the longest first, and why."""
    found = sorted((each for each in matter.actions if matter.is_late(each.item)), key=_due)
    count = matter.figure("actions.late", len(found))
    yield _sentence(count, "action is past its approved date", "actions are past their approved dates")
    asked = PromiseList("Late actions", "Late actions", found, count, (*DATES, RULE, WHY))
    yield from listed(matter, asked, most=options.most, as_list=options.as_list)


@section("off-course", AsList)
def off_course(matter: Matter, options: AsList) -> Iterator[Block]:
    """Actions that the council's rule rates red or amber, red first, with the reason and what their leads say."""
    rated = {each.identity: matter.ratings[each.item.key].class_ for each in matter.actions}
    found = [each for each in matter.actions if rated[each.identity] in _SEVERITY]
    found.sort(key=lambda each: (_SEVERITY[rated[each.identity]], _due(each)))
    count = matter.figure("actions.off-course", len(found))
    by = "rated red or amber by the council’s rule"
    yield _sentence(count, f"action is {by}", f"actions are {by}")
    caption = "Actions rated red or amber"
    asked = PromiseList(caption, caption, found, count, (*DATES, RULE, WHY))
    yield from listed(matter, asked, most=options.most, as_list=options.as_list)


@section("due", Ahead)
def due(matter: Matter, options: Ahead) -> Iterator[Block]:
    """Actions and milestones whose approved date ends within the days ahead, in the order of their dates."""
    last = matter.cut_off + timedelta(days=options.days)
    found = sorted((each for each in _reported(matter) if _falls_due(each, matter.cut_off, last)), key=_due)
    count = matter.figure(f"due.{matter.cut_off}.to.{last}", len(found))
    when = f"due after {day_words(matter.cut_off)} and by {day_words(last)}"
    yield _sentence(count, f"action or milestone is {when}", f"actions and milestones are {when}")
    asked = PromiseList("Falls due", f"What falls due by {day_words(last)}", found, count)
    yield from listed(matter, asked, most=options.most, as_list=options.as_list)


@section("done", AsList)
def done(matter: Matter, options: AsList) -> Iterator[Block]:
    """What was newly said to be complete, verified or embedded since the previous cut-off, each kept apart."""
    before = matter.statuses_before
    found = [each for each in _reported(matter) if each.item.status.is_done]
    found = [each for each in found if before.get(each.identity) is not each.item.status]
    since = f"since.{matter.before.cut_off}" if matter.before else "ever"
    for status, words in _DONE.items():
        mine = [each for each in found if each.item.status is status]
        count = matter.figure(f"done.{since}.{status.value}", len(mine))
        new = "newly " if matter.before else ""
        yield _sentence(
            count, f"action or milestone is {new}{words}", f"actions and milestones are {new}{words}"
        )
        asked = PromiseList(f"Newly {status.value}", f"{new}{words}".capitalize(), mine, count)
        yield from listed(matter, asked, most=options.most, as_list=options.as_list)


@section("highlights", Listed)
def highlights(matter: Matter, options: Listed) -> Iterator[Block]:
    """What leads offered as good news, in their own words, with who said it and when."""
    items: list[Text] = []
    for each in matter.promises:
        report = each.item.report
        if report and report.highlight:
            items.append((f"{report.highlight} ({named(each)}; {report.by}, {day_words(report.as_at)})",))
    yield (
        Bullets(tuple(items[: options.most]))
        if items
        else Paragraph(("No lead has offered any news to report.",))
    )


@section("unchecked", AsList)
def unchecked(matter: Matter, options: AsList) -> Iterator[Block]:
    """Actions that are said to be complete and that nobody has checked yet, with the evidence there is for each."""
    found = [each for each in matter.actions if each.item.status is Status.COMPLETE]
    count = matter.figure("actions.status.complete", len(found))
    claimed = "said to be complete and not yet checked by anybody else"
    yield _sentence(count, f"action is {claimed}", f"actions are {claimed}")
    asked = PromiseList("Not yet checked", claimed.capitalize(), found, count, (*DATES, EVIDENCE))
    yield from listed(matter, asked, most=options.most, as_list=options.as_list)


def by_group(matter: Matter, promises: Sequence[Promise]) -> Iterator[tuple[ThemeGroup, list[Promise]]]:
    """The promises of each heading, in its order. Promises in no theme are left to the caller."""
    for group in matter.theme_groups:
        yield group, [each for each in promises if each.theme in group.themes]


def _reported(matter: Matter) -> Iterator[Promise]:
    """Actions and milestones: what reports list one by one."""
    return (each for each in matter.promises if each.kind is not Kind.STEP)


def _falls_due(promise: Promise, after: date, by: date) -> bool:
    due = promise.item.dates.approved
    return bool(due and due.has_last_day and after < due.latest <= by) and not promise.item.status.is_closed


def _due(promise: Promise) -> tuple[int, str]:
    due = promise.item.dates.approved or promise.item.dates.original
    return (due.latest.toordinal() if due else 0, promise.item.ref or promise.item.key)


def _sentence(count: Figure, one: str, many: str) -> Paragraph:
    return Paragraph((*opened(counted(count, one, many)), "."))
