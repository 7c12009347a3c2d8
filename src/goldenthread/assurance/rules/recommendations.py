"""GT2: recommendations, and the actions that answer them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from goldenthread.assurance.findings import Severity
from goldenthread.assurance.coverage.numbering import Numbering, numberings
from goldenthread.assurance.plan_at import PlanAt, named
from goldenthread.assurance.rule import Fault, Group, rule
from goldenthread.plan.model import Action, Plan
from goldenthread.plan.values import Anchor

_WRITING = re.compile(
    r"\b(approv\w*|agree\w*|adopt\w*|publish\w*|publication|writ\w+|draft\w*|prepar\w*|produc\w*)\b",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    "a an and by for in its of on one our single the to with phase part stage council full version".split()
)


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
    for reference, actions in subject.citations.items():
        if all(is_about_the_plan_itself(action, subject.plan) for action in actions):
            said = f"Covered only by the plan's own approval ({named(actions[0])}): {reference.label()}."
            yield Fault(subject.cited_item(reference), said, _places(actions), about=reference.label())


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
    for numbering in numberings(subject):
        for number in numbering.beyond:
            reference = numbering.reference(str(number))
            said = f"{reference.label()} is cited, but the plan says that there are {_how_many(numbering)}."
            yield Fault(
                subject.cited_item(reference),
                said,
                _places(subject.citations[reference]),
                about=reference.label(),
            )


@rule(
    "GT203",
    Group.RECOMMENDATIONS,
    Severity.WARNING,
    "No action answers a recommendation",
    why="The council has said that it will address every recommendation; this one hangs on nothing.",
    looks_at="Numbers within the stated total, or between two numbers of a section, that no action cites; also where "
    "“all” is cited only by the action that approves the plan. The texts of recommendations are not compared.",
    settle="Look the number up in the review: cite it from the action that answers it, add an action, or record that "
    "the review has no such number.",
)
def uncited(subject: PlanAt) -> Iterator[Fault]:
    for numbering in numberings(subject):
        whole = subject.citations.get(numbering.reference("all"), ())
        if any(not is_about_the_plan_itself(action, subject.plan) for action in whole):
            continue
        only_all = (
            f", unless by “all” in the action that approves the plan ({named(whole[0])})" if whole else ""
        )
        for number, why in numbering.uncited:
            label = numbering.reference(number).label()
            said = f"No action cites {label}{only_all}: {why}."
            yield Fault(subject.reviews[numbering.review], said, about=label)


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
    citing: dict[str, dict[str, Action]] = defaultdict(dict)
    for reference, actions in subject.citations.items():
        citing[reference.review].update({action.key: action for action in actions})
    for name, by in citing.items():
        review = subject.reviews.get(name)
        known = review and (review.published or review.totals or review.requirements or review.title != name)
        if not known:
            cite = "1 action cites" if len(by) == 1 else f"{len(by)} actions cite"
            said = f"{cite} “{name}”, which is not in the register of reviews."
            yield Fault(review, said, _places(by.values()), about=name)


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
    for reference, actions in subject.citations.items():
        if len(actions) == 1:
            said = f"{reference.label()} hangs on one action, {named(actions[0])}."
            yield Fault(subject.cited_item(reference), said, _places(actions), about=reference.label())


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
    narrative = " ".join(
        text for section in subject.plan.sections for text in (section.heading, *section.paragraphs)
    )
    explained = " ".join(
        [narrative, *(need.text for review in subject.plan.reviews for need in review.requirements)]
    )
    for reference, actions in subject.citations.items():
        code = reference.number or ""
        recommendation = subject.cited_item(reference)
        if not code or code == "all" or code[0].isdigit() or getattr(recommendation, "text", None):
            continue
        if not re.search(rf"\b{re.escape(code)}\b", explained):
            said = f"The plan does not say what “{code}” of {reference.review} is."
            yield Fault(recommendation, said, _places(actions), about=reference.label())


@rule(
    "GT207",
    Group.RECOMMENDATIONS,
    Severity.NOTE,
    "An action answers no recommendation",
    why="It may come from elsewhere (residents, staff, members), or its reference may have been lost.",
    looks_at="Actions that, with all their steps, cite nothing.",
    settle="Add the reference that was lost, or record where the action came from.",
)
def answers_nothing(subject: PlanAt) -> Iterator[Fault]:
    cited = {action.key for actions in subject.citations.values() for action in actions}
    for promise in subject.actions:
        if promise.action.key not in cited:
            yield Fault(promise.action, f"No recommendation is cited by {named(promise.action)}.")


def is_about_the_plan_itself(action: Action, plan: Plan) -> bool:
    """Whether the action is to write or approve this very plan.

    Its title names the plan and says nothing else ("Single Improvement Plan Phase 1" for the Improvement Plan, but
    not "Continuous Improvement Plan"), and its title or a step speaks of writing or approving.
    """
    own = set(_words(f"{plan.kind.value.replace('_', ' ')} plan"))
    allowed = own | set(_words(f"{plan.title} {plan.council.name}")) | _PLAIN
    title = _words(_WRITING.sub("", action.title or ""))
    says_only_that = own <= set(title) and all(word in allowed or word.isdigit() for word in title)
    texts = [part.title or "" for part in action.walk()]
    return says_only_that and (not action.steps or any(_WRITING.search(text) for text in texts))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _how_many(numbering: Numbering) -> str:
    """In words: "9 recommendations, numbered 1 to 9"."""
    class_ = f"{numbering.class_} " if numbering.class_ else ""
    return f"{numbering.total} {class_}recommendations, numbered {numbering.first} to {numbering.last}"


def _places(actions: Iterable[Action]) -> tuple[Anchor, ...]:
    return tuple(dict.fromkeys(anchor for action in actions for anchor in action.anchors))
