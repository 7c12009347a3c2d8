"""The certificate of coverage for pages: states as tags with their words, totals, cells of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from goldenthread.assurance.coverage import (
    FLAGS,
    Cell,
    Certificate,
    Row,
    Source,
    State,
    certificate,
    reference_name,
    theme_matrix,
)
from goldenthread.plan.model import Action, Found
from goldenthread.plan.references import Reference
from goldenthread.web.presenting.statuses import count_words
from goldenthread.web.viewing import Viewing

_TAGS = {
    State.UNRESOLVED: "govuk-tag--yellow",
    State.DANGLING: "govuk-tag--orange",
    State.UNCOVERED: "govuk-tag--red",
    State.NOT_REFERENCED: "govuk-tag--yellow",
    State.CIRCULAR: "govuk-tag--orange",
    State.SINGLE: "govuk-tag--grey",
    State.COVERED: "govuk-tag--blue",
    State.ABSENT: "govuk-tag--grey",
}
SETTLING = {
    State.UNRESOLVED: "Look it up in the review and record what it stands for, or add the review to the register.",
    State.DANGLING: "Look it up in the review: it may be a point that is no recommendation. Or correct the citation.",
    State.UNCOVERED: "Let an action answer it, or look it up and record that the review has no such number.",
    State.NOT_REFERENCED: "Look it up: record that the review has no such number, or let an action answer it.",
    State.CIRCULAR: "Let an action answer it that carries it out.",
}
"""What somebody does about each flag."""
FOUND = (
    (Found.RECOMMENDATION.value, "A recommendation of the review"),
    (Found.POINT.value, "A point, a page or a passage that is no recommendation"),
    (Found.ABSENT.value, "The review has no such number"),
)
"""What somebody may find who looks a reference up."""


@dataclass(frozen=True)
class Made:
    """How many recommendations of a class a review made: as the plan states it, and as far as it knows them."""

    words: str
    stated: str
    found: int
    beyond: str
    added: int


def certificate_of(viewing: Viewing) -> Certificate:
    """The certificate of the plan that a page shows, as at the day that it shows."""
    day = viewing.shown_day
    return viewing.index.keep(("coverage", day), lambda: certificate(viewing.plan, day))


def matrix_of(viewing: Viewing) -> list[tuple[str, int, list[tuple[str, Cell]]]]:
    """Themes down, sources that any action cites across: each theme's name and number with a named cell for each."""
    sources = [source for source in certificate_of(viewing).sources if source.citing]
    found = viewing.index.keep(
        ("coverage matrix", viewing.shown_day), lambda: theme_matrix(viewing.plan, sources)
    )
    return [
        (theme.name, theme.number, list(zip(found.columns, cells, strict=True)))
        for theme, cells in zip(found.themes, found.cells, strict=False)
    ]


@lru_cache(maxsize=16)
def state_tag(state: State) -> Markup:
    """A state as a tag that carries its words."""
    return Markup(f'<strong class="govuk-tag gt-tag {_TAGS[state]}">{escape(state.title)}</strong>')


def flag_words(source: Source) -> str:
    """The flags of a source by kind: "2 uncovered, 6 dangling"; "None" where there is none."""
    states = source.states
    return ", ".join(f"{states[state]} {state.in_words}" for state in FLAGS if states.get(state)) or "None"


def cell_words(cell: Cell) -> str:
    """A cell of the matrix: "13 actions for 9 recommendations; 2 of them flagged"."""
    if not cell.actions:
        return "None"
    said = f"{count_words(cell.actions, 'action')} for {count_words(cell.rows, 'recommendation')}"
    return f"{said}; {cell.flagged} flagged" if cell.flagged else said


def action_words(cell: Cell) -> str:
    """The same for one recommendation: "3 actions"."""
    return count_words(cell.actions, "action") if cell.actions else "None"


def made(source: Source) -> list[Made]:
    """What a review is said to have made, class by class."""
    return [
        Made(
            f"{tally.class_.capitalize()} recommendations" if tally.class_ else "Recommendations",
            "Not stated" if tally.stated is None else str(tally.stated),
            tally.found,
            ", ".join(tally.beyond) or "None",
            tally.added,
        )
        for tally in source.tallies
    ]


def citing_parts(row: Row) -> list[Action]:
    """The actions and steps that cite a reference themselves."""
    return [part for action in row.actions for part in action.walk() if row.reference in part.references]


def reference_label(reference: Reference) -> str:
    """A reference without its review: "Key recommendation 4", "Page 24", "All recommendations"."""
    return reference_name(reference)
