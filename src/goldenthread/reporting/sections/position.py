"""How the plan stands: in sentences, by status, by rating."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goldenthread.assurance.ratings import Kind, RatingClass, Tally
from goldenthread.plan.days import day_words
from goldenthread.plan.status import Status
from goldenthread.reporting.content import (
    Block,
    Bullets,
    Chart,
    Column,
    Paragraph,
    Rated,
    Table,
    Text,
    counted,
    opened,
    said,
)
from goldenthread.reporting.figures import Figure
from goldenthread.reporting.matter import Matter
from goldenthread.reporting.sections.charts import Bar, bar_chart
from goldenthread.reporting.sections.phrasing import STATUS_WORDS
from goldenthread.reporting.sections.registry import Options, section

_ALWAYS = frozenset(
    {RatingClass.GREEN, RatingClass.AMBER, RatingClass.RED, RatingClass.COMPLETE, RatingClass.NOT_RATED}
)
_KINDS = ((Kind.ACTION, "actions"), (Kind.STEP, "steps"), (Kind.MILESTONE, "milestones"))


@section("summary", Options)
def summary(matter: Matter, _: Options) -> Iterator[Block]:
    """The plan at a glance in sentences: how much there is, how it stands, what is late, what changed."""
    yield Bullets(tuple(_sentences(matter)))


def _sentences(matter: Matter) -> Iterator[Text]:
    yield said(
        "The plan holds {actions} in {themes}, with {steps} and {milestones}.",
        actions=counted(_all(matter, Kind.ACTION), "action"),
        themes=counted(matter.figure("themes.all", len(matter.plan.themes)), "theme"),
        steps=counted(_all(matter, Kind.STEP), "step"),
        milestones=counted(_all(matter, Kind.MILESTONE), "milestone"),
    )
    statuses = Counter(promise.item.status for promise in matter.actions)
    claimed, verified, embedded, unknown = (
        status_figure(matter, Kind.ACTION, status, statuses[status])
        for status in (Status.COMPLETE, Status.VERIFIED, Status.EMBEDDED, Status.UNKNOWN)
    )
    yield said(
        "{claimed} said to be complete and not yet checked by anybody else; {verified} complete with evidence that "
        "somebody else has checked; {embedded} embedded, which means that later evidence shows that it lasts.",
        claimed=opened(_are(claimed)),
        verified=_are(verified),
        embedded=_are(embedded),
    )
    if unknown.value:
        all_ = _all(matter, Kind.ACTION)
        yield said("Nobody has said how {unknown} of {all} actions stand.", unknown=unknown, all=all_)
    late = matter.figure("actions.late", sum(matter.is_late(each.item) for each in matter.actions))
    yield said(
        "{late} past the approved date without anybody saying that the work is done.", late=opened(_are(late))
    )
    tally = tally_for(matter, Kind.ACTION)
    yield said(
        "By the council’s rule {green} of {all} actions are green, {amber} amber and {red} red; {unrated} cannot be "
        "rated. Complete is counted apart, and is never green.",
        green=rating_figure(matter, tally, RatingClass.GREEN),
        amber=rating_figure(matter, tally, RatingClass.AMBER),
        red=rating_figure(matter, tally, RatingClass.RED),
        unrated=rating_figure(matter, tally, RatingClass.NOT_RATED),
        all=_all(matter, Kind.ACTION),
    )
    if matter.before:
        changes = changes_figure(matter)
        since = day_words(matter.before.cut_off)
        yield said("Since {since}, {changes} to the plan.", since=since, changes=_were_made(changes))


def _are(figure: Figure) -> Text:
    return counted(figure, "action is", "actions are")


def _were_made(figure: Figure) -> Text:
    return counted(figure, "change was made", "changes were made")


def changes_figure(matter: Matter) -> Figure:
    """How many differences there are to the previous cut-off, which its name holds."""
    assert matter.before
    return matter.figure(f"changes.since.{matter.before.cut_off}", len(matter.before.changes))


def status_figure(matter: Matter, kind: Kind, status: Status, value: int) -> Figure:
    """How many promises of a kind have a status."""
    return matter.figure(f"{kind.value}s.status.{status.value}", value)


def rating_figure(matter: Matter, tally: Tally, class_: RatingClass, within: str = "") -> Figure:
    """How many actions the rule puts in a class, of the whole plan or of one group of themes."""
    return matter.figure(f"{within}actions.rating.{class_.value}", tally.counts[class_])


def tally_for(matter: Matter, kind: Kind, themes: tuple[int, ...] | None = None) -> Tally:
    """The ratings of the promises of a kind, of these themes or of all."""
    return Tally.of(
        matter.ratings[each.item.key].class_
        for each in matter.promises
        if each.kind is kind and (themes is None or each.theme in themes)
    )


def _all(matter: Matter, kind: Kind) -> Figure:
    return matter.figure(f"{kind.value}s.all", sum(each.kind is kind for each in matter.promises))


@section("statuses", Options)
def statuses(matter: Matter, _: Options) -> Iterator[Block]:
    """How many actions, steps and milestones have each status. What nobody has said is a line of its own."""
    counts = {
        kind: Counter(each.item.status for each in matter.promises if each.kind is kind) for kind, _ in _KINDS
    }
    rows: list[tuple[Text, ...]] = []
    for status, words in STATUS_WORDS.items():
        if status is Status.UNKNOWN or any(of_kind[status] for of_kind in counts.values()):
            cells = (status_figure(matter, kind, status, counts[kind][status]) for kind, _ in _KINDS)
            rows.append(((words,), *((cell,) for cell in cells)))
    rows.append((("All",), *((_all(matter, kind),) for kind, _ in _KINDS)))
    columns = (Column("Status", 4), *(Column(words.capitalize()) for _, words in _KINDS))
    yield Table("Statuses", "How many promises have each status", columns, tuple(rows))


@section("ratings", Options)
def ratings(matter: Matter, _: Options) -> Iterator[Block]:
    """Actions by the council's rating rule, theme by theme, as a chart with its table; the rule itself in words."""
    whole = tally_for(matter, Kind.ACTION)
    classes = [class_ for class_ in RatingClass if class_ in _ALWAYS or whole.counts[class_]]
    grouped = [(group.title, tally_for(matter, Kind.ACTION, group.themes)) for group in matter.theme_groups]
    rows = tuple(
        _rating_row(matter, group.title, tally_for(matter, Kind.ACTION, group.themes), classes, group.within)
        for group in matter.theme_groups
    )
    table = Table(
        "Ratings",
        "Actions by the council’s rule, theme by theme",
        (Column("Theme", 4), *(Column(class_.in_words, 1.6) for class_ in classes), Column("All", 1.2)),
        (*rows, _rating_row(matter, "All", whole, classes)),
    )
    yield Chart(
        caption="Actions by the council’s rule, theme by theme",
        alternative="; ".join(f"{title}: {_in_words(tally, classes)}" for title, tally in grouped) + ".",
        svg=bar_chart(
            [Bar(title, {class_: tally.counts[class_] for class_ in classes}) for title, tally in grouped]
        ),
        table=table,
    )
    green = whole.percent(RatingClass.GREEN)
    if green is not None:
        yield Paragraph(
            said(
                "Green is {percent} of all actions ({green} of {all}). A rating says whether a promise is on course; "
                "it does not say that anything has been delivered.",
                percent=matter.figure("actions.rating.green.percent", green, f"{green}%"),
                green=rating_figure(matter, whole, RatingClass.GREEN),
                all=_all(matter, Kind.ACTION),
            )
        )
    yield Paragraph((f"Rated {matter.rule_label}. {matter.rule.text}",))


def _rating_row(
    matter: Matter, title: str, tally: Tally, classes: list[RatingClass], within: str = ""
) -> tuple[Text, ...]:
    cells = tuple(_rating_cell(rating_figure(matter, tally, class_, within), class_) for class_ in classes)
    return ((title,), *cells, (matter.figure(f"{within}actions.all", tally.total),))


def _rating_cell(figure: Figure, class_: RatingClass) -> Text:
    """The number, with the word of its rating where there is any, so that no cell rests on its column alone."""
    return (figure, " ", Rated(class_)) if figure.value and class_.is_colour else (figure,)


def _in_words(tally: Tally, classes: list[RatingClass]) -> str:
    counts = [
        f"{tally.counts[class_]} {class_.in_words.lower()}" for class_ in classes if tally.counts[class_]
    ]
    return f"{', '.join(counts)}, of {tally.total}" if counts else "no actions"
