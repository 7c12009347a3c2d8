"""GT72: what is said to be complete, and what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goldenthread.assurance import authorities
from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Severity
from goldenthread.assurance.plan_at import PlanAt, named, opening
from goldenthread.assurance.rule import Fault, Group, NeedsRecord, rule
from goldenthread.plan.days import day_words
from goldenthread.plan.status import CHECKED, Status

_OLD = 365


@rule(
    "GT721",
    Group.PROGRESS,
    Severity.WARNING,
    "Said to be complete, without any evidence",
    why="A claim that nothing supports cannot be checked, and will not convince a reviewer.",
    looks_at="Actions and milestones that are complete, verified or embedded and for which no evidence was ever given.",
    settle="Add a file or a link that shows it, or open the promise again.",
    authority=authorities.EVIDENCE,
)
@NeedsRecord
def complete_without_evidence(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.reported_on:
        if item.status.is_done and not beside.proofs(item):
            yield Fault(item, f"{opening(item)} is said to be complete, and no evidence shows it.")


@rule(
    "GT722",
    Group.PROGRESS,
    Severity.WARNING,
    "Complete, but none of its evidence counts any more",
    why="What once showed it has lapsed, was taken back, cannot be reached, or was found not to be enough.",
    looks_at="Actions, steps and milestones that are complete, verified or embedded and have evidence, none of which "
    "counts on the day of the check.",
    settle="Renew the evidence, mend the link, or open the promise again.",
    authority=authorities.EVIDENCE,
)
@NeedsRecord
def evidence_gone(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        failing = [proof.failing for proof in beside.proofs(item)]
        if item.status.is_done and failing and all(failing):
            counted = Counter(reason for reason in failing if reason)
            told = "; ".join(f"{number} {reason}" for reason, number in counted.items())
            pieces = "The only piece" if len(failing) == 1 else f"None of the {len(failing)} pieces"
            why = next(iter(counted)) if len(failing) == 1 else f"counts ({told})"
            yield Fault(item, f"{pieces} of evidence for {named(item)} {why}.")


@rule(
    "GT723",
    Group.PROGRESS,
    Severity.NOTE,
    "Verified, but on evidence more than a year old",
    why="It was so then. Whether it still is, nobody has looked.",
    looks_at="Actions, steps and milestones that are verified or embedded, and the day of the newest evidence that "
    "counts.",
    settle="Look again: newer evidence shows that it has lasted, and makes it embedded.",
)
@NeedsRecord
def verified_long_ago(subject: PlanAt, beside: Beside) -> Iterator[Fault]:
    for item in subject.tracked:
        days = [proof.dated_on for proof in beside.proofs(item) if proof.failing is None]
        if item.status in CHECKED and days and (subject.as_at - max(days)).days > _OLD:
            status = "embedded" if item.status is Status.EMBEDDED else "verified"
            yield Fault(
                item, f"{opening(item)} is {status} on evidence of {day_words(max(days))} and none newer."
            )
