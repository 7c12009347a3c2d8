"""The programme office's morning in words: short sections, each with a sentence that counts and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from goldenthread.assurance import RULES, Finding, Severity
from goldenthread.forecasting.surprise import Surprise
from goldenthread.plan.days import day_words
from goldenthread.plan.flat import Series
from goldenthread.record.comments import Waiting
from goldenthread.record.cycle.calendar import Month
from goldenthread.record.cycle.morning import Missing
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.presenting.proposals import item_words
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.stories import RevisionStory

FIRST = 5
"""How many rows of a section are shown before the rest is asked for."""
Link = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: its words, the page about it, and what is said of it besides."""

    text: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One question of the morning. `sentence` answers it with a count; `rows` are behind it, none where none are."""

    id: str
    title: str
    sentence: str
    rows: tuple[Row, ...] = ()
    elsewhere: tuple[str, str] | None = field(default=None)
    """A page that shows the same at length: its words and address."""


KINDS: tuple[tuple[str, tuple[tuple[str, str | None], ...], str], ...] = (
    ("update", (("dated_fact", Series.REPORT),), "desk"),
    ("change request", (("change_request", None),), "change-requests"),
    ("approved date", (("dated_fact", Series.APPROVED),), "changes-between"),
    ("expected date", (("dated_fact", Series.FORECAST),), "changes-between"),
    ("status", (("dated_fact", Series.STATUS),), "changes-between"),
    ("assurer’s rating", (("dated_fact", Series.ASSESSMENT),), "desk"),
    ("lead", (("dated_fact", Series.LEADS),), "changes-between"),
    ("item of the plan", (("item", None),), "changes-between"),
    ("piece of evidence", (("evidence", None),), "evidence"),
    ("look at evidence", (("evidence_check", None),), "evidence"),
    ("verdict on an update", (("challenge", None),), "desk"),
    ("question about a document", (("question", None),), "questions"),
    ("accepted finding", (("accepted_finding", None),), "findings"),
    ("settled contradiction", (("settled_contradiction", None),), "findings"),
    ("month of reporting", (("reporting_period", None),), "reporting"),
    ("meeting", (("meeting", None),), "meetings"),
    ("comment of a body", (("report_comment", None),), "report-comments"),
    (
        "entry about posts and people",
        tuple(
            (table, None)
            for table in (
                "post",
                "officer",
                "holding",
                "body",
                "body_membership",
                "ownership",
                "challenge_note",
            )
        ),
        "posts",
    ),
)
"""What can have happened: the word for one, the rows of the log that tell of it, and the page about it."""
_PLURALS = {
    "status": "statuses",
    "item of the plan": "items of the plan",
    "piece of evidence": "pieces of evidence",
    "look at evidence": "looks at evidence",
    "verdict on an update": "verdicts on updates",
    "question about a document": "questions about documents",
    "month of reporting": "months of reporting",
    "comment of a body": "comments of bodies",
    "entry about posts and people": "entries about posts and people",
}


def happened(
    counted: Mapping[tuple[str, str | None], int],
    stories: Sequence[RevisionStory],
    revisions: int,
    *,
    since: date,
    until: date,
    link: Link,
) -> tuple[Section, Section]:
    """What changed since a day: by kind, and the newest changes one by one."""
    between = asking(link("changes-between"), {"from": day_words(since), "to": day_words(until)})
    kinds = []
    for word, told, route in KINDS:
        if number := sum(counted.get(each, 0) for each in told):
            href = between if route == "changes-between" else link(route)
            kinds.append(Row(count_words(number, word, _PLURALS.get(word)), href))
    named = {each for _, told, _ in KINDS for each in told}
    if other := sum(number for each, number in counted.items() if each not in named):
        kinds.append(Row(count_words(other, "other entry", "other entries"), link("revisions")))
    said = f"{count_words(revisions, 'change')} of the record since the end of {day_words(since)}."
    nothing = f"Nothing has changed since the end of {day_words(since)}."
    newest = tuple(
        Row(story.summary, link("revision", number=story.number), f"{story.who}, {story.when}")
        for story in stories
    )
    return (
        Section(
            "kinds",
            "What changed",
            said if revisions else nothing,
            tuple(kinds),
            ("Before and after", between),
        ),
        Section("changes", "The newest changes", "", newest, ("All changes", link("revisions"))),
    )


def findings_section(
    new: Sequence[Finding], settled: int, index: PlanIndex, *, words: str, link: Link, id_: str
) -> Section:
    """What the checks find that they did not find before."""
    gone = (
        f" {count_words(settled, 'other')} found then {'is' if settled == 1 else 'are'} found no longer."
        if settled
        else ""
    )
    said = f"{count_words(len(new), 'new finding')} {words}." if new else f"No new finding {words}."
    order = list(Severity)
    ranked = sorted(new, key=lambda each: order.index(RULES[each.rule].severity))
    rows = tuple(_finding(each, index, link) for each in ranked)
    return Section(id_, "New findings", f"{said}{gone}", rows, ("All findings", link("findings")))


def _finding(each: Finding, index: PlanIndex, link: Link) -> Row:
    rule = RULES[each.rule]
    href = named(index, each.item_key, link)[1]
    return Row(each.message, href, f"{rule.severity.value.capitalize()}: {rule.title} ({rule.id})")


def surprise_section(found: Sequence[Surprise], index: PlanIndex, days: int, link: Link) -> Section:
    """The updates whose rating goes least with the forecast."""
    title = "Updates that surprise"
    said = (
        f"{count_words(len(found), 'lead’s rating', 'leads’ ratings')} of the last {days} days "
        f"{'does' if len(found) == 1 else 'do'} not go with the forecast. Ask what the lead knows of it."
        if found
        else f"No lead’s rating of the last {days} days is far from the forecast, or none was given."
    )
    rows = tuple(_surprise(each, index, link) for each in found)
    return Section("surprises", title, said, rows)


def _surprise(each: Surprise, index: PlanIndex, link: Link) -> Row:
    name, href = named(index, each.key, link)
    chance = f"{round(100 * each.chance)} in 100"
    return Row(
        name, href, f"Rated {each.rating.value} by its lead; the chance of its approved date is {chance}."
    )


def missing_section(missing: Missing, questions: int, waiting: Waiting, link: Link) -> Section:
    """What is not there yet for a report to a meeting."""
    rows = [*_missing(missing, questions, link), *_unanswered(waiting, link)]
    said = (
        f"{count_words(len(rows), 'thing')} to chase."
        if rows
        else "Nothing is missing: every update and answer is in."
    )
    return Section("missing", "What is missing", said, tuple(rows), ("Reporting", link("reporting")))


def _missing(missing: Missing, questions: int, link: Link) -> Iterable[Row]:
    if missing.period and missing.unreported:
        month = Month.of(missing.period.starts_on)
        page = link("period", year=month.year, month=month.number)
        posts = ", ".join(f"{name} ({count:,})" for name, count in missing.silent[:FIRST])
        more = f" and {len(missing.silent) - FIRST:,} more" if len(missing.silent) > FIRST else ""
        note = f"{posts}{more}" if posts else "Nobody can be asked for them"
        yield Row(f"{count_words(missing.unreported, 'update')} not given for {month}", page, note)
    left = missing.unfinished
    if left.questions:
        yield Row(f"{count_words(left.questions, 'question')} asked back and not answered", link("desk"))
    if left.unseen:
        yield Row(f"{count_words(left.unseen, 'update')} that no assurer has looked at", link("desk"))
    if left.conflicts:
        yield Row(
            f"{count_words(left.conflicts, 'promise')} told of in two ways, to be settled", link("conflicts")
        )
    if questions:
        yield Row(
            f"{count_words(questions, 'question')} about the plan’s document not answered", link("questions")
        )
    for period in missing.not_closed:
        month = Month.of(period.starts_on)
        yield Row(f"{month} is over and not closed", link("period", year=month.year, month=month.number))


def _unanswered(waiting: Waiting, link: Link) -> Iterable[Row]:
    if waiting.open:
        late = f"{count_words(waiting.late, 'recommendation')} past the two months" if waiting.late else ""
        said = count_words(waiting.open, "comment of a body", "comments of bodies")
        yield Row(f"{said} without a response", link("report-comments"), late)


def asking(address: str, more: Mapping[str, str]) -> str:
    """An address with more asked of it."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"


def named(index: PlanIndex, key: str | None, link: Link) -> tuple[str, str | None]:
    """An item's number and title, with the address of its page if it has one."""
    words, route, handle = item_words(index, key or "")
    return words, link(route, handle=handle) if route else None
