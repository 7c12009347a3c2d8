"""What independent checks say: findings, contradictions, the outside view, and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from goldenthread.assurance import RULES, Finding, Severity
from goldenthread.assurance.ratings import Promise
from goldenthread.forecasting.plan_forecast import ItemForecast
from goldenthread.forecasting.saying import by_words
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import Block, Column, Paragraph, Table, Text, being, counted, opened, said
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import AcceptedFinding, Matter
from goldenthread.reporting.sections.phrasing import (
    DATES,
    EVIDENCE,
    STATUS,
    PromiseList,
    Told,
    by_forecast,
    listed,
)
from goldenthread.reporting.sections.registry import Listed, Options, section

_SEVERITIES = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "note"))
_NOT_READ = "This was not worked out for this report."
_DONE = (Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED)


@section("findings", Listed)
def findings(matter: Matter, options: Listed) -> Iterator[Block]:
    """What the named rules find in the plan: how often each does, errors one by one, and all that was accepted."""
    if matter.found is None:
        yield Paragraph((_NOT_READ,))
        return
    open_ = matter.found.open
    counts = Counter(RULES[finding.rule].severity for finding in open_)
    told = {name: matter.figure(f"findings.open.{name}", counts[severity]) for severity, name in _SEVERITIES}
    accepted = matter.figure("findings.accepted", len(matter.found.accepted))
    yield Paragraph(
        said(
            "The rules find {error}, {warning} and {note} that nobody has accepted. Of what they find, {accepted} "
            "accepted for a reason.",
            **{name: counted(figure, name) for name, figure in told.items()},
            accepted=being(accepted),
        )
    )
    if open_:
        yield _by_rule(matter, open_)
    yield from _errors(
        matter, [each for each in open_ if RULES[each.rule].severity is Severity.ERROR], options.most
    )
    if matter.found.accepted:
        yield _accepted(matter.found.accepted, accepted)


def _by_rule(matter: Matter, found: Sequence[Finding]) -> Table:
    counts = Counter(finding.rule for finding in found)
    rows = tuple(
        (
            (rule.id,),
            (rule.title,),
            (rule.severity.value.capitalize(),),
            (matter.figure(f"findings.rule.{rule.id}", counts[rule.id]),),
        )
        for rule in RULES.values()
        if counts[rule.id]
    )
    columns = (
        Column("Rule", 1.2),
        Column("What it finds", 7),
        Column("How grave", 1.6),
        Column("How often", 1.6),
    )
    return Table("Rules", "How often each rule finds something", columns, rows)


def _errors(matter: Matter, found: Sequence[Finding], most: int | None) -> Iterator[Block]:
    shown = found[:most]
    if shown:
        rows = tuple(((finding.rule,), (finding.message,)) for finding in shown)
        whole = len(shown) == len(found)
        count = matter.figure("findings.open.error", len(found)) if whole else None
        yield Table(
            "Errors", "Errors", (Column("Rule", 1.2), Column("What is the matter", 10)), rows, counted=count
        )
    if len(shown) < len(found):
        more = matter.figure(f"findings.open.error.beyond.{most}", len(found) - len(shown))
        yield Paragraph(said("{more} not listed here.", more=opened(counted(more, "more is", "more are"))))


def _accepted(found: Sequence[AcceptedFinding], count: Figure) -> Table:
    rows = tuple(
        (
            (each.finding.rule,),
            (each.finding.message,),
            (each.reason,),
            (each.owner,),
            (day_words(each.expires_on),),
        )
        for each in found
    )
    headings = (
        ("Rule", 1.2),
        ("What is the matter", 5),
        ("Why it may stand", 3.4),
        ("Who answers", 2),
        ("Until", 1.8),
    )
    columns = tuple(Column(*heading) for heading in headings)
    return Table("Accepted findings", "Findings that may stand", columns, rows, counted=count)


@section("contradictions", Listed)
def contradictions(matter: Matter, options: Listed) -> Iterator[Block]:
    """Where the plan says the same thing differently in two places, the surest first, with both places."""
    if matter.differing is None:
        yield Paragraph((_NOT_READ,))
        return
    unsettled = [each for each in matter.differing if not each.settled]
    count = matter.figure("contradictions.unsettled", len(unsettled))
    settled = matter.figure("contradictions.settled", len(matter.differing) - len(unsettled))
    yield Paragraph(
        said(
            "In {count} the plan does not agree with itself and nobody has said which holds; {settled} settled.",
            count=counted(count, "place", "pairs of places"),
            settled=counted(settled, "more is", "more are"),
        )
    )
    shown = unsettled[: options.most]
    if shown:
        rows: list[tuple[Text, ...]] = []
        for each in shown:
            found = each.contradiction
            places = (f"{place.words} ({place.what})" for place in (found.first, found.second))
            rows.append(((found.kind.in_words,), *((words,) for words in places), (found.sentence,)))
        headings = (("What differs", 1.8), ("One place", 3.4), ("The other", 3.4), ("How", 4))
        whole = len(shown) == len(unsettled)
        yield Table(
            "Contradictions",
            "Where the plan does not agree with itself",
            tuple(Column(*heading) for heading in headings),
            tuple(rows),
            counted=count if whole else None,
        )
    if len(shown) < len(unsettled):
        more = matter.figure(f"contradictions.beyond.{options.most}", len(unsettled) - len(shown))
        yield Paragraph(said("{more} not listed here.", more=opened(counted(more, "more is", "more are"))))


@section("outside-view", Listed)
def outside_view(matter: Matter, options: Listed) -> Iterator[Block]:
    """The forecast of each open action from how such promises have moved, the least likely first, and why."""
    view = matter.outside_view
    if view is None:
        yield Paragraph((_NOT_READ,))
        return
    open_ = [each for each in matter.actions if not each.item.status.is_closed]
    told = [each for each in open_ if _forecast(matter, each)]
    silent = matter.figure("forecast.silent", len(open_) - len(told))
    count = matter.figure("forecast.told", len(told))
    yield Paragraph(
        said(
            "Forecasts are made from how such promises have moved, and not from what their owners expect. They change "
            "no date. Of {all}, {told} forecast; of {silent} too little is known to say anything.",
            all=counted(matter.figure("actions.open", len(open_)), "open action"),
            told=being(count),
            silent=silent,
        )
    )
    told.sort(key=lambda each: _sureness(matter, each))
    asked = PromiseList(
        "Forecast", "When open actions are likely to be done", told, count, (*DATES, *_EXPECTED)
    )
    yield from listed(matter, asked, most=options.most)
    yield Paragraph((f"Made by {view.version}.",))


def _forecast(matter: Matter, promise: Promise) -> ItemForecast | None:
    found = matter.outside_view.items.get(promise.item.key) if matter.outside_view else None
    return found if found and not found.silence else None


def _sureness(matter: Matter, promise: Promise) -> tuple[float, str]:
    found = _forecast(matter, promise)
    past = found is not None and found.is_past_due
    chance = found.chance if found and found.chance is not None else (-1.0 if past else 2.0)
    return (chance, promise.item.ref or promise.item.key)


def _as_likely_as_not(matter: Matter, promise: Promise) -> Text:
    found = _forecast(matter, promise)
    return (by_words(found.p50, matter.cut_off) if found and found.p50 else "Not said",)


def _four_in_five(matter: Matter, promise: Promise) -> Text:
    found = _forecast(matter, promise)
    return (by_words(found.p80, matter.cut_off) if found and found.p80 else "Not said",)


def _because(matter: Matter, promise: Promise) -> Text:
    found = _forecast(matter, promise)
    return (found.because if found else "",)


_EXPECTED = (
    Told("Chance of its date", 1.5, by_forecast),
    Told("As likely as not by", 1.9, _as_likely_as_not),
    Told("Four in five by", 1.9, _four_in_five),
    Told("Why", 5.4, _because),
)


@section("evidence", Options)
def evidence(matter: Matter, _: Options) -> Iterator[Block]:
    """What is said to be done with the evidence for it: claimed, verified and embedded each counted by itself."""
    done = [each for each in matter.actions if each.item.status in _DONE]
    counts = Counter(each.item.status for each in done)
    bare = sum(not matter.evidence_for(each.item).offered for each in done)
    claimed, verified, embedded = (
        matter.figure(f"actions.status.{status.value}", counts[status]) for status in _DONE
    )
    yield Paragraph(
        said(
            "{claimed} claimed to be complete, {verified} verified and {embedded} embedded. For {bare} of these no "
            "evidence has been offered.",
            claimed=opened(counted(claimed, "action is", "actions are")),
            verified=being(verified),
            embedded=being(embedded),
            bare=matter.figure("actions.done.without_evidence", bare),
        )
    )
    count = matter.figure("actions.done.listed", len(done))
    asked = PromiseList(
        "Evidence", "What is said to be done, and the evidence", done, count, (STATUS, *DATES, EVIDENCE)
    )
    yield from listed(matter, asked)
