"""GT2: recommendations, and the actions that answer them: what the certificate of coverage flags, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.assurance.coverage import Row, RowKind, State, certificate_of
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named
from goldenthread.assurance.rule import Fault, Group, rule
from goldenthread.plan.model import Action
from goldenthread.plan.values import Anchor


@rule(
    "GT201",
    Group.RECOMMENDATIONS,
    Severity.WARNING,
    "Recommendation covered only by the plan's own approval",
    why="Writing and approving the plan does not carry out the recommendation, so nothing yet answers it.",
    looks_at="References that are cited by nothing but an action that is about the plan itself: its title has no "
    "more in it than the plan's name and words such as “approve” or “phase 1”.",
    settle="Cite the recommendation from the action that carries it out, or add that action.",
)
def circular_coverage(subject: PlanAt) -> Iterator[Fault]:
    for row in _flagged(subject, State.CIRCULAR):
        yield _cited(
            subject, row, f"Covered only by the plan's own approval ({named(row.actions[0])}): {_label(row)}."
        )


@rule(
    "GT202",
    Group.RECOMMENDATIONS,
    Severity.WARNING,
    "A reference goes beyond the number of recommendations",
    why="Nobody can tell what such a reference means: the review has fewer recommendations than that.",
    looks_at="Whole numbers cited from a review, against how many recommendations the plan says that it made. A class "
    "may continue the numbers of the one before it.",
    settle="Look the number up in the review. It may be a numbered point that is not a recommendation: record it so.",
)
def beyond_the_total(subject: PlanAt) -> Iterator[Fault]:
    for row in _flagged(subject, State.DANGLING):
        yield _cited(subject, row, f"{_label(row)} is cited, but {row.because}.")


@rule(
    "GT203",
    Group.RECOMMENDATIONS,
    Severity.WARNING,
    "No action answers a recommendation",
    why="The council has said that it will address every recommendation; this one hangs on nothing.",
    looks_at="Recommendations of the register, numbers within the stated total, and numbers between two of a section, "
    "that no action cites, or only actions that were cancelled or superseded; also where “all” is cited only by the "
    "action that approves the plan. The texts of recommendations are not compared.",
    settle="Look the number up in the review: cite it from the action that answers it, add an action, or record that "
    "the review has no such number.",
)
def uncited(subject: PlanAt) -> Iterator[Fault]:
    found = certificate_of(subject)
    for source in found.sources:
        whole = {
            row.reference.class_: row for row in source.rows if row.kind is RowKind.ALL and row.reference
        }
        for row in source.rows:
            if row.reference is None or not {State.UNCOVERED, State.NOT_REFERENCED} & set(row.flags):
                continue
            all_ = whole.get(row.reference.class_)
            if all_ is None or not all_.answering:
                yield _uncited(subject, row, all_)


@rule(
    "GT204",
    Group.RECOMMENDATIONS,
    Severity.ERROR,
    "A reference to a review that is not in the register",
    why="The golden thread ends here: there is no review to go back to.",
    looks_at="The reviewer that each reference names, against the plan's register of reviews. A review of which "
    "nothing is known but that it is cited counts as not in the register.",
    settle="Correct the name, or add the review to the register with its title and date.",
)
def unknown_review(subject: PlanAt) -> Iterator[Fault]:
    for source in certificate_of(subject).sources:
        by = source.citing
        if by and not source.is_registered:
            cite = "1 action cites" if len(by) == 1 else f"{len(by)} actions cite"
            said = f"{cite} “{source.name}”, which is not in the register of reviews."
            yield Fault(source.review, said, _places(by), about=source.name)


@rule(
    "GT205",
    Group.RECOMMENDATIONS,
    Severity.NOTE,
    "A recommendation hangs on one action",
    why="If that action slips or is dropped, nothing answers the recommendation. Full coverage can be this thin.",
    looks_at="References that exactly one action of the plan cites.",
    settle="Nothing, where one action is enough. Watch these actions more closely than the others.",
)
def single_thread(subject: PlanAt) -> Iterator[Fault]:
    for row in certificate_of(subject).references:
        if row.rests_on_one:
            yield _cited(subject, row, f"{_label(row)} hangs on one action, {named(row.actions[0])}.")


@rule(
    "GT206",
    Group.RECOMMENDATIONS,
    Severity.NOTE,
    "A reference has a code that is explained nowhere",
    why="A reader cannot find what the code stands for.",
    looks_at="References that are letters and numbers (“SN5”) where neither the plan's narrative nor its register "
    "prints that code.",
    settle="Record the text that the code stands for in the register of reviews.",
)
def unexplained_code(subject: PlanAt) -> Iterator[Fault]:
    for row in certificate_of(subject).references:
        if row.kind is RowKind.CODE and row.is_unexplained:
            code = row.reference.number if row.reference else row.name
            yield _cited(subject, row, f"The plan does not say what “{code}” of {row.source} is.")


@rule(
    "GT207",
    Group.RECOMMENDATIONS,
    Severity.NOTE,
    "An action answers no recommendation",
    why="It may come from elsewhere (residents, staff, members), or its reference may have been lost.",
    looks_at="Actions that, with all their steps, cite nothing, where other actions of the plan do. A log or a tracker "
    "that cites no review at all is not asked to.",
    settle="Add the reference that was lost, or record where the action came from.",
)
def answers_nothing(subject: PlanAt) -> Iterator[Fault]:
    cited = {action.key for actions in subject.citations.values() for action in actions}
    for promise in subject.actions if cited else ():
        if promise.action.key not in cited:
            yield Fault(promise.action, f"No recommendation is cited by {named(promise.action)}.")


def _flagged(subject: PlanAt, state: State) -> Iterator[Row]:
    """The references with this flag that some action cites."""
    return (row for row in certificate_of(subject).references if state in row.flags)


def _uncited(subject: PlanAt, row: Row, all_: Row | None) -> Fault:
    by_all = ""
    if all_ is not None:
        by_all = f", unless by “all” in the action that approves the plan ({named(all_.actions[0])})"
    cites = "No action that goes on cites" if row.actions else "No action cites"
    return Fault(
        row.item or subject.reviews.get(row.source),
        f"{cites} {_label(row)}{by_all}: {row.because}.",
        _places(row.actions),
        about=_label(row),
    )


def _cited(subject: PlanAt, row: Row, said: str) -> Fault:
    """A fault of a reference, shown where it is cited."""
    return Fault(row.item or subject.reviews.get(row.source), said, _places(row.actions), about=_label(row))


def _label(row: Row) -> str:
    return row.reference.label() if row.reference else row.name


def _places(actions: Iterable[Action]) -> tuple[Anchor, ...]:
    return tuple(dict.fromkeys(anchor for action in actions for anchor in action.anchors))
