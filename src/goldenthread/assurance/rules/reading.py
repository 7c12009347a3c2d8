"""GT1: the plan as it was read."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt
from goldenthread.assurance.rule import Fault, Group, rule


@rule(
    "GT101",
    Group.READING,
    Severity.WARNING,
    "A question from the import is open",
    why="What is in doubt is left blank until a person decides, so the plan is not complete while questions are open.",
    looks_at="Every question that reading the document raised and nobody has answered.",
    settle="Answer the question. The answer is kept with your name and used again when the document is read again.",
)
def open_question(subject: PlanAt) -> Iterator[Fault]:
    for question in subject.plan.questions:
        item = subject.items.get(question.item_key or "")
        yield Fault(item, question.text, question.anchors, about=question.key)


@rule(
    "GT102",
    Group.READING,
    Severity.WARNING,
    "The list of workstreams and the delivery plan differ",
    why="A workstream without actions is a promise with nothing behind it; one that only the table names has no aim.",
    looks_at="For each theme, the workstreams that its list names and those under which its actions stand. The "
    "names are compared, not how many there are: the totals may agree by chance.",
    settle="Say which workstream of the list the table means, add the missing actions, or give the new one an aim.",
)
def workstreams_differ(subject: PlanAt) -> Iterator[Fault]:
    for theme in subject.plan.themes:
        used = {action.workstream for action in theme.actions}
        for stream in theme.workstreams:
            if not stream.listed:
                said = "stands in the delivery plan but not in the theme's list of workstreams"
            elif theme.actions and stream.key not in used:
                said = "is in the theme's list of workstreams but has no action in the delivery plan"
            else:
                continue
            yield Fault(stream, f"The workstream “{stream.name}” of theme {theme.number} {said}.")


@rule(
    "GT103",
    Group.READING,
    Severity.ERROR,
    "An action has no title",
    why="Nobody can report on, or be held to, an action that does not say what it is.",
    looks_at="Actions and steps without words of their own. A step is never used as the title of its action.",
    settle="Give the action a title that says what will be done.",
)
def no_title(subject: PlanAt) -> Iterator[Fault]:
    for promise in subject.promises:
        action = promise.action
        if not (action.title or "").strip():
            what = "A step" if promise.is_step else "An action"
            steps = sum(1 for _ in action.all_steps())
            under = f", only {steps} step{'' if steps == 1 else 's'}" if steps else ""
            yield Fault(action, f"{what} of theme {promise.theme.number} has no title{under}.")
