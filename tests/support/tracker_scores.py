"""How much of what was keyed by hand from a log or a report is found in the plan that was read from it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from truth import Text, matches
from truth.logs import LogItem, load, load_documents

from goldenthread.documents import SourceFormat, read_document
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Plan, Theme
from goldenthread.reading import read_plan
from goldenthread.reading.trackers.owners import without_article
from support.needs import require_data

_LOOKALIKES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‐": "-", "\xa0": " "})
_CUE = re.compile(r"^(?:at|for|by|in|due|before|prior to|in advance of)\s+(?:the |its )?", re.IGNORECASE)


@dataclass
class Score:
    """Fields that were keyed or read: how many there are, and which of them differ."""

    fields: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def right(self) -> float:
        return 1 - len(self.wrong) / self.fields if self.fields else 1.0

    def add(self, place: str, name: str, keyed: object, read: object, agrees: bool) -> None:
        """Count a field, unless both sides are silent."""
        if keyed or read or not agrees:
            self.fields += 1
            if not agrees:
                self.wrong.append(f"{place}: {name}: keyed {keyed!s}, read {read!s}")


def plan_of(series: str, name: str) -> Plan:
    """The plan read from the keyed file of this name."""
    found = next(document for document in load_documents(series) if document.name == name)
    return read_plan(read_document(require_data(found.file)))


def score(series: str, name: str) -> Score:
    """The fields of a log or report that were read as they were keyed."""
    plan = plan_of(series, name)
    result = Score()
    read = _by_place(plan)
    unmatched = sum(map(len, read.values()))
    for number, item in enumerate(load(series, name)):
        place = _place(item.place, number)
        if candidates := read.get(place):
            theme, action = candidates.pop(0)
            unmatched -= 1
            _compare(result, plan, item, theme, action)
        else:
            result.fields += 4
            result.wrong += [f"{item.place}: not found: {item.title!s}"] * 4
    result.fields += unmatched
    result.wrong += [f"an item that is none: {a.title}" for pairs in read.values() for _, a in pairs]
    return result


def _by_place(plan: Plan) -> dict[tuple[int | None, ...], list[tuple[Theme, Action]]]:
    found: dict[tuple[int | None, ...], list[tuple[Theme, Action]]] = defaultdict(list)
    pairs = [(theme, action) for theme in plan.themes for action in theme.actions]
    in_order = sorted(pairs, key=lambda pair: pair[1].anchors[0].paragraph or 0)
    for number, (theme, action) in enumerate(in_order):
        anchor = action.anchors[0]
        place = (anchor.table, anchor.row, anchor.column) if anchor.table else (None, number, None)
        found[place].append((theme, action))
    return found


def _place(printed: str, number: int) -> tuple[int | None, ...]:
    named = {name: int(value) for name, value in re.findall(r"(table|row|column) (\d+)", printed)}
    if "row" not in named:
        return (None, number, None)
    return (named.get("table", 1), named["row"], named.get("column"))


def place_of(action: Action) -> tuple[int | None, ...]:
    """The table, row and column that an action was read from."""
    anchor = action.anchors[0]
    return (anchor.table, anchor.row, anchor.column)


def read_place(printed: str) -> tuple[int | None, ...]:
    """The same of a keyed place: "page 1, table 1, row 3"."""
    return _place(printed, 0)


def _compare(result: Score, plan: Plan, item: LogItem, theme: Theme, action: Action) -> None:
    place = item.place
    newest = action.updates[-1] if action.updates else None
    group = "" if theme.name == plan.title else theme.name
    result.add(place, "title", item.title, action.title, _same_text(item.title, action.title))
    result.add(place, "group", item.group, group, folded(item.group) == folded(group))
    owners = Counter(folded(without_article(owner)) for owner in item.owners)
    leads = Counter(folded(without_article(lead)) for lead in action.leads)
    result.add(place, "owners", item.owners, action.leads, owners == leads)
    keyed, read = (item.due.printed if item.due else ""), action.due_printed or ""
    result.add(place, "deadline as printed", keyed, read, _cueless(keyed) == _cueless(read))
    result.add(place, "deadline", item.due, action.dates.approved, _same_date(item, action.dates.approved))
    result.add(place, "status", item.status_printed, action.status, item.status == action.status.value)
    printed = (newest.status_printed if newest else "") or ""
    result.add(place, "status as printed", item.status_printed, printed, _same_words(item, printed, newest))
    result.add(place, "progress", item.progress, newest, _same_progress(item, action))
    result.add(place, "raised", item.raised, action.raised, _same_day(item.raised, action.raised))
    _compare_steps(result, item, action)


def _compare_steps(result: Score, item: LogItem, action: Action) -> None:
    steps = [step.title for step in action.steps]
    agrees = len(steps) == len(item.steps) and all(map(_same_text, item.steps, steps))
    result.add(item.place, "steps", item.steps, steps, agrees)


def _same_words(item: LogItem, printed: str, newest: object) -> bool:
    keyed = folded(item.status_printed)
    text = folded(getattr(newest, "text", "") or "")
    return keyed == folded(printed) or (bool(keyed) and keyed == text)


def _same_progress(item: LogItem, action: Action) -> bool:
    said = " ".join(update.text for update in action.updates if update.text)
    if item.progress is None:
        extra = {folded(item.status_printed), folded(item.period), ""}
        return folded(said) in extra
    return _same_text(item.progress, said)


def _same_date(item: LogItem, read: PlanDate | None) -> bool:
    due = item.due
    if due is None or due.edtf is None:
        return read is None
    if read is None:
        return False
    bound = read.bound.value if read.bound else None
    return (due.edtf, due.bound, item.due_inferred) == (read.edtf, bound, read.inferred)


def _same_day(printed: str, read: PlanDate | None) -> bool:
    if not printed:
        return read is None
    day, month, year = printed.split("/")
    return read is not None and read.edtf == f"{year}-{month}-{day}"


def _same_text(keyed: Text | None, read: str | None) -> bool:
    if keyed is None:
        return not read
    fact = Text(folded(keyed.starts), folded(keyed.ends), keyed.words)
    return read is not None and matches(fact, folded(read))


def _cueless(printed: str) -> str:
    return _CUE.sub("", folded(printed)).strip(". ")


def folded(printed: str) -> str:
    """Words without case, and without the marks that look alike."""
    return " ".join(printed.translate(_LOOKALIKES).casefold().split()).strip()


def table_of(scores: Iterable[tuple[str, Score]]) -> Iterator[str]:
    """A line for each file: its name, its score, its fields."""
    for name, found in scores:
        yield f"| {name} | {len(found.wrong)} of {found.fields} | {found.right:.1%} |"


__all__ = ["Score", "SourceFormat", "folded", "plan_of", "score", "table_of"]
