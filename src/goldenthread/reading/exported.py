"""Reading back a file that was exported here: its tables say in so many words what everything is.

Such a file is known by the head of its first table, or (a list of actions alone) by its columns. Rows and columns may
have been moved, added or taken away since; words that a column cannot have become questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from goldenthread.documents import Document, SourceFormat
from goldenthread.documents.blocks import Block
from goldenthread.plan.keys import slug
from goldenthread.plan.model import (
    Action,
    Body,
    Council,
    Deliverable,
    LookedUp,
    Milestone,
    Objective,
    Plan,
    PlanKind,
    Post,
    Recommendation,
    Requirement,
    Review,
    Risk,
    Section,
    SuccessStatement,
    Theme,
    Workstream,
)  # fmt: skip
from goldenthread.plan.questions import QuestionKind
from goldenthread.plan.tables import cells
from goldenthread.plan.tables.layout import ABOUT, ITEM, NUMBER, THEME, THEME_NAME, VALUE, TableKind
from goldenthread.reading.context import Context
from goldenthread.reading.exported_cells import CellReader
from goldenthread.reading.exported_rows import (
    ExportedRow,
    ExportedRows,
    UpdateRows,
    exported_rows,
    is_exported,
)

__all__ = ["is_exported", "read_exported"]

_T = TypeVar("_T")
_WITHIN_THEMES = (
    TableKind.THEMES,
    *(kind for kind in TableKind if kind.of_theme and kind is not TableKind.UPDATES),
)
"""The tables whose rows make a theme. An update makes none: it speaks of an action that is there."""


def read_exported(document: Document, blocks: Iterable[Block], context: Context) -> Plan:
    """The plan in a file that was exported here, with a question for each word that its column cannot have."""
    return _PlanReader(exported_rows(blocks, neutralised=document.format is SourceFormat.CSV), context).plan(
        document.name
    )


class _PlanReader:
    def __init__(self, found: ExportedRows, context: Context) -> None:
        self._found = found
        self._mint = context.mint
        self._doubts = context.doubts
        self._cells = CellReader(context)
        self._updates = UpdateRows(found)
        self._facts = {row[ABOUT]: row[VALUE] for row in found.of(TableKind.ABOUT)}

    def plan(self, name: str) -> Plan:
        of, facts = self._found.of, self._facts
        for anchor in self._found.unread:
            self._cells.ask(
                QuestionKind.OTHER,
                "This table is none that Golden Thread wrote, so it was not read. Does it say anything new?",
                anchor,
            )
        title = facts.get("Title") or name
        themes = tuple(self._themes())
        for row in self._updates.left:
            self._cells.ask(
                QuestionKind.OTHER,
                f"This update is of item {row[ITEM] or '(no number)'} of theme {row[THEME]}, but no row, or more than "
                "one, of the table of actions has that number. Which action is it of?",
                row.anchor,
            )
        return Plan(
            key=f"plan/{slug(title)}",
            council=Council(name=facts.get("Council") or "The council", ons_code=facts.get("ONS code")),
            title=title,
            kind=self._fact("Kind", lambda words: PlanKind(words.replace(" ", "_"))) or PlanKind.IMPROVEMENT,
            phase=facts.get("Phase"),
            version=facts.get("Version"),
            approving_body=facts.get("Approved by"),
            approved_on=self._fact("Approved on", date.fromisoformat),
            decision=facts.get("Decision"),
            sections=tuple(self._sections()),
            themes=themes,
            engagement_milestones=tuple(
                self._milestone(row, "engagement") for row in of(TableKind.ENGAGEMENT)
            ),
            risks=tuple(
                Risk(**self._item(row, "risk", row["Risk"]), title=row["Risk"], description=row["Description"],
                     register_reference=row["Risk register"] or None)
                for row in of(TableKind.RISKS)
            ),
            reviews=tuple(map(self._review, of(TableKind.REVIEWS))),
            exit_factors=tuple(
                self._requirement(row, "exit-factor", "Exit factor") for row in of(TableKind.EXIT_FACTORS)
            ),
            posts=tuple(Post(**self._named(row, "post", "Post")) for row in of(TableKind.POSTS)),
            bodies=tuple(Body(**self._named(row, "body", "Body")) for row in of(TableKind.BODIES)),
            questions=self._doubts.questions,
        )  # fmt: skip

    def _fact(self, name: str, read: Callable[[str], _T]) -> _T | None:
        words = self._facts.get(name)
        try:
            return read(words) if words else None
        except ValueError:
            anchor = next(row.anchor for row in self._found.of(TableKind.ABOUT) if row[ABOUT] == name)
            self._cells.ask(QuestionKind.OTHER, f"{name}: “{words}” is not understood. What is it?", anchor)
            return None

    def _item(self, row: ExportedRow, *place: str) -> dict[str, Any]:
        *kind, words = place
        return {"key": self._mint.key(*kind, slug(words)), "anchors": row.anchors}

    def _named(self, row: ExportedRow, kind: str, heading: str) -> dict[str, Any]:
        aliases = cells.list_of(row["Also called"])
        return {**self._item(row, kind, row[heading]), "name": row[heading], "aliases": aliases}

    def _sections(self) -> Iterator[Section]:
        for rows in _runs(self._found.of(TableKind.SECTIONS), lambda row: bool(row["Section"])):
            first = rows[0]
            yield Section(
                **self._item(first, "section", first["Section"]),
                heading=first["Section"],
                level=max(1, int(first["Level"])) if first["Level"].isdigit() else 1,
                paragraphs=tuple(row["Paragraph"] for row in rows if row["Paragraph"]),
            )

    def _review(self, row: ExportedRow) -> Review:
        name = row["Review"]
        item = self._item(row, "review", name)
        mine = [one for one in self._found.of(TableKind.RECOMMENDATIONS) if one["Review"] == name]
        required = [one for one in self._found.of(TableKind.REQUIREMENTS) if one["Review"] == name]
        return Review(
            **item,
            name=name,
            title=row["Title"],
            published=self._cells.date(row, "Published", item["key"], "published"),
            totals=self._cells.read(row, "Recommendations made", cells.totals_of, item["key"], "totals")
            or (),
            recommendations=tuple(found for one in mine for found in self._recommendations(one)),
            requirements=tuple(self._requirement(one, "requirement", "Requirement") for one in required),
        )

    def _recommendations(self, row: ExportedRow) -> Iterator[Recommendation]:
        for reference in cells.references_of(row["Recommendation"]):
            item = self._item(row, "recommendation", reference.label())
            yield Recommendation(
                **item,
                reference=reference,
                text=row["Text"] or None,
                sent_on=self._cells.read(row, "Sent on", cells.day_of, item["key"], "sent_on"),
                lifted_on=self._cells.read(row, "Lifted on", cells.day_of, item["key"], "lifted_on"),
                lifted_by=row["Lifted by"] or None,
                looked_up=self._looked_up(row, item["key"]),
            )

    def _looked_up(self, row: ExportedRow, key: str) -> LookedUp | None:
        found = self._cells.read(row, "Found to be", cells.found_of, key, "looked_up")
        on = self._cells.read(row, "Looked up on", cells.day_of, key, "looked_up")
        if found is None or on is None:
            return None
        return LookedUp(found=found, basis=row["On the basis of"], by=row["Looked up by"], on=on)

    def _requirement(self, row: ExportedRow, kind: str, heading: str) -> Requirement:
        return Requirement(**self._item(row, kind, row[heading]), text=row[heading])

    # --- themes -------------------------------------------------------------------------------------------------------

    def _themes(self) -> Iterator[Theme]:
        rows: dict[str, list[ExportedRow]] = {}
        for kind in _WITHIN_THEMES:
            for row in self._found.of(kind):
                rows.setdefault(row[THEME], []).append(row)
        for place, (number, mine) in enumerate(rows.items(), start=1):
            named = next((row for row in mine if row[THEME_NAME]), mine[0])
            yield self._theme(number, named, place)

    def _theme(self, number: str, named: ExportedRow, place: int) -> Theme:
        name = named[THEME_NAME] or f"Theme {number}"
        within = slug(name)

        def of(kind: TableKind) -> list[ExportedRow]:
            return self._found.of(kind, number)

        streams = tuple(
            Workstream(**self._item(row, "workstream", within, row["Workstream"]), name=row["Workstream"],
                       aim=row["Aim"] or None, aliases=cells.list_of(row["Also called"]),
                       listed=row["In the list"].lower() != "no")
            for row in of(TableKind.WORKSTREAMS)
        )  # fmt: skip
        streams = (*streams, *self._unlisted(of(TableKind.ACTIONS), streams, within))
        return Theme(
            **self._item(named, "theme", name),
            number=int(number) if number.isdigit() and int(number) else place,
            name=name,
            introduction=tuple(row["Introduction"] for row in of(TableKind.THEMES) if row["Introduction"]),
            objectives=tuple(
                Objective(**self._item(row, "objective", within, row["Objective"]), text=row["Objective"])
                for row in of(TableKind.OBJECTIVES)
            ),
            workstreams=streams,
            milestones=tuple(self._milestone(row, within) for row in of(TableKind.MILESTONES)),
            deliverables=tuple(
                Deliverable(**self._item(row, "deliverable", within, row["Deliverable"]), name=row["Deliverable"],
                            group=row["Group"] or None)
                for row in of(TableKind.DELIVERABLES)
            ),
            success_statements=tuple(
                SuccessStatement(**self._item(row, "success", within, row["Statement of success"]),
                                 text=row["Statement of success"], measure=row["Measure"] or None)
                for row in of(TableKind.STATEMENTS)
            ),
            actions=tuple(
                self._action(rows, 1, (within,), {stream.name: stream.key for stream in streams})
                for rows in _runs(of(TableKind.ACTIONS), lambda row: _depth(row) == 1)
            ),
        )  # fmt: skip

    def _unlisted(
        self, actions: Iterable[ExportedRow], streams: Iterable[Workstream], theme: str
    ) -> Iterator[Workstream]:
        """Workstreams that only an action names, as where somebody has added one to it."""
        known = {stream.name for stream in streams}
        for row in actions:
            name = row["Workstream"]
            if name and name not in known:
                known.add(name)
                yield Workstream(**self._item(row, "workstream", theme, name), name=name, listed=False)

    def _action(
        self, rows: Sequence[ExportedRow], depth: int, above: tuple[str, ...], streams: dict[str, str]
    ) -> Action:
        """An action from its row, with its steps from the rows below it."""
        row, below = rows[0], rows[1:]
        title = row["Action"] or next((step["Action"] for step in below if step["Action"]), "")
        item = self._item(row, "action" if depth == 1 else "step", *above, title)
        key = item["key"]
        due, dates = self._cells.dates(row, "Due", key)
        start, starts = self._cells.printed_date(row, "Start", key, "start")
        inside = (*above, slug(title)) if depth == 1 else above
        return Action(
            **item,
            ref=row[NUMBER] or None,
            title=row["Action"] or None,
            heading="heading" in row[ITEM].lower(),
            workstream=streams.get(row["Workstream"]),
            references=self._cells.read(row, "Reference", cells.references_of, key, "references") or (),
            leads=cells.list_of(row["Lead"]),
            status=self._cells.status(row, key),
            start=starts,
            dates=dates,
            start_printed=start,
            due_printed=due,
            condition=row["Condition"] or None,
            review_cadence=row["Review cadence"] or None,
            number=row["Number in the document"] or None,
            raised=self._cells.date(row, "Raised", key, "raised"),
            updates=(
                *self._cells.updates(row, key),
                *(self._cells.update(said, key) for said in self._updates.take(row)),
            ),
            steps=tuple(
                self._action(run, depth + 1, inside, streams)
                for run in _runs(below, lambda step: _depth(step) <= depth + 1)
            ),
        )

    def _milestone(self, row: ExportedRow, place: str) -> Milestone:
        item = self._item(row, "milestone", place, row["Milestone"])
        printed, dates = self._cells.dates(row, "Due", item["key"])
        return Milestone(
            **item,
            ref=row[NUMBER] or None,
            name=row["Milestone"],
            dates=dates,
            printed=printed,
            status=self._cells.status(row, item["key"]),
            leads=cells.list_of(row["Lead"]),
            condition=row["Condition"] or None,
        )


def _depth(row: ExportedRow) -> int:
    """1 for an action ("3"), 2 for a step ("3.1"), and so on."""
    return row[ITEM].split(" ")[0].strip(".").count(".") + 1


def _runs(rows: Iterable[ExportedRow], begins: Callable[[ExportedRow], bool]) -> Iterator[list[ExportedRow]]:
    """Rows in runs that each begin with a row of this sort; what stands before the first such row begins one too."""
    run: list[ExportedRow] = []
    for row in rows:
        if run and begins(row):
            yield run
            run = []
        run.append(row)
    if run:
        yield run
