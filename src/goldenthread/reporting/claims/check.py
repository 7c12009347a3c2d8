"""Holding a letter or narrative against a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from goldenthread.documents import Document
from goldenthread.documents.blocks import Table, blocks
from goldenthread.plan.model import Plan
from goldenthread.reporting.claims.figures import PlanFigures
from goldenthread.reporting.claims.judging import Judge
from goldenthread.reporting.claims.matching import Index
from goldenthread.reporting.claims.mentions import unmentioned
from goldenthread.reporting.claims.model import Because, Claim, ClaimCheck
from goldenthread.reporting.claims.sentences import sentences_of
from goldenthread.reporting.claims.subjects import SubjectKind, subjects_of
from goldenthread.reporting.claims.terms import Vocabulary


def check_claims(
    letter: Document,
    plan: Plan,
    *,
    since: date,
    until: date,
    evidence: Mapping[str, tuple[Because, ...]] | None = None,
) -> ClaimCheck:
    """What the plan makes of every sentence of a letter that reports on the days from `since` to `until`.

    `evidence` has what is filed for an item, by its key. Deterministic: the same letter and plan give the same answer.

    Raises:
        ValueError: when the period ends before it begins.
    """
    if until < since:
        raise ValueError(f"The period ends on {until}, before it begins on {since}.")
    sentences = sentences_of(letter)
    subjects = subjects_of(plan)
    vocabulary = Vocabulary.learn(
        (subject.own for subject in subjects), (sentence.text for sentence in sentences), plan.council.name
    )
    reviewers = tuple(review.name for review in plan.reviews)
    index = Index(subjects, vocabulary)
    judge = Judge(index, until, PlanFigures.of(subjects, plan.reviews), reviewers, evidence or {})
    claims = tuple(Claim(sentence.line, sentence.text, *judge.judge(sentence)) for sentence in sentences)
    milestones, actions = unmentioned(subjects, sentences, index, since, until)
    if not any(subject.kind is SubjectKind.MILESTONE for subject in subjects):
        milestones, actions = actions, ()
    return ClaimCheck(since, until, claims, milestones, actions, _notes(letter))


def _notes(letter: Document) -> tuple[str, ...]:
    """What keeps the letter from being sent as it stands."""
    texts = [
        cell.text
        for block in blocks(letter)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]
    texts += [block.text for block in blocks(letter) if not isinstance(block, Table)]
    draft = any(_DRAFT.match(text.strip()) for text in texts)
    undated = any(_OPEN_DATE.search(text) for text in texts)
    return (
        *(["It is marked as a draft."] if draft else ()),
        *(["Its date is still open."] if undated else ()),
    )


_DRAFT = re.compile(r"^(?:\[|\()?(?:draft|watermark)\b.{0,30}$", re.IGNORECASE)
_OPEN_DATE = re.compile(
    r"\b(?:xx|tbc|dd)\b[\s/.-]*(?:<[^>]*>)?\s*(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december|mm)\b",
    re.IGNORECASE,
)
