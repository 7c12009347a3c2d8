"""What a rule is. A new one is a generator with `@rule(...)` above it, in the module of its group: nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Finding, Severity
from goldenthread.assurance.plan_at import PlanAt
from goldenthread.plan.model import Item
from goldenthread.plan.values import Anchor

NOT_IN_A_FILE = "Nothing: it needs what only the record holds, such as evidence or histories of dates."
"""What a rule that needs the record looks at where a plan comes from a file."""


class Group(Enum):
    """What rules of a kind look at. The number is the first digit of their names: GT2... looks at recommendations."""

    READING = (1, "The plan as it was read")
    RECOMMENDATIONS = (2, "Recommendations and the actions that answer them")
    DATES = (3, "Dates and how things stand")
    LEADS = (4, "Who leads")
    OUTCOMES = (5, "What will be different")
    PLACES = (6, "The same thing in two places")
    PROGRESS = (7, "Progress and evidence")
    RISKS = (8, "Risks")
    REPORTS = (9, "What is reported, against the plan")

    def __init__(self, digit: int, title: str) -> None:
        self.digit = digit
        self.title = title


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule's function yields: the item it is about (None: the plan) and what is the matter.

    The place is that of the item, unless `anchors` says that it shows elsewhere. A rule that can find several faults
    of one item gives each an `about` of its own, which must not change when the message is put into other words.
    """

    item: Item | None
    message: str
    anchors: tuple[Anchor, ...] = ()
    about: str = ""

    def finding(self, rule: str) -> Finding:
        """The same, under the rule's name."""
        key, id_, place = (self.item.key, self.item.id, self.item.anchors) if self.item else (None, None, ())
        return Finding(
            rule=rule,
            item_key=key,
            item_id=id_,
            about=self.about,
            anchors=self.anchors or place,
            message=self.message,
        )


Look = Callable[[PlanAt], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class NeedsRecord:
    """Stands between `@rule(...)` and a function that asks what the record holds beside the plan too.

    Where nothing stands beside the plan, as in a file, it finds nothing.
    """

    look: Callable[[PlanAt, Beside], Iterable[Fault]]

    def __call__(self, subject: PlanAt) -> Iterable[Fault]:
        return self.look(subject, subject.beside) if subject.beside else ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check. Everything that a person reads about it is here, so pages and documentation only print it.

    `why` says why the fault matters, `looks_at` what exactly is compared, `settle` what a person does about it,
    `authority` who says that it must be so (None: good sense alone). A rule that `needs_record` asks about what stands
    beside the plan, and finds nothing in a file.
    """

    id: str
    group: Group
    severity: Severity
    title: str
    why: str
    looks_at: str
    settle: str
    authority: str | None
    look: Look

    @property
    def needs_record(self) -> bool:
        """Whether it looks at more than the plan."""
        return isinstance(self.look, NeedsRecord)

    def findings(self, subject: PlanAt) -> Iterator[Finding]:
        """Every fault of this kind in the plan."""
        return (fault.finding(self.id) for fault in self.look(subject))


def rule(
    id_: str,
    group: Group,
    severity: Severity,
    title: str,
    *,
    why: str,
    looks_at: str,
    settle: str,
    authority: str | None = None,
) -> Callable[[Look], Rule]:
    """Make a rule of the function below. Raises ValueError when the name is not of the group."""
    if not (id_.startswith(f"GT{group.digit}") and len(id_) == 5 and id_[2:].isdigit()):
        raise ValueError(
            f"A rule of the group {group.title!r} is named GT{group.digit} and two digits, not {id_}."
        )

    def made(look: Look) -> Rule:
        return Rule(id_, group, severity, title, why, looks_at, settle, authority, look)

    return made
