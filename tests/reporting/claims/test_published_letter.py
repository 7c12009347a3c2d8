"""The published letter against the published plan, as keyed by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from support.needs import CHECKOUT
from truth import letter_2023 as truth

from goldenthread.documents import document_from_bytes
from goldenthread.plan.model import Plan
from goldenthread.reporting.claims import Claim, ClaimCheck, Verdict, check_claims

Check = Callable[[str], ClaimCheck]


def claim_of(check: ClaimCheck, line: int, words: str) -> Claim:
    found = [claim for claim in check.claims if claim.line == line and words in claim.text]
    assert len(found) == 1, f"{len(found)} sentences of line {line} with “{words}”"
    return found[0]


def test_every_sentence_is_keyed_and_only_greetings_are_not(real: ClaimCheck) -> None:
    keyed = {claim_of(real, key.line, key.hint) for key in truth.sentences()}
    rest = [claim for claim in real.claims if claim not in keyed]
    assert len(keyed) == len(truth.sentences())
    assert {claim.line for claim in rest} == {11, 152}
    assert {claim.verdict for claim in rest} == {Verdict.NO_CLAIM}


@pytest.mark.parametrize("key", truth.sentences(), ids=lambda key: f"L{key.line} {key.hint}")
def test_no_sentence_gets_a_verdict_that_nobody_could_defend(real: ClaimCheck, key: truth.Keyed) -> None:
    assert claim_of(real, key.line, key.hint).verdict in {key.verdict, *key.also}


def test_what_the_plan_bears_out_is_supported_by_the_right_places(real: ClaimCheck) -> None:
    for key in (key for key in truth.sentences() if key.sure):
        claim = claim_of(real, key.line, key.hint)
        assert claim.verdict == "supported", key
        assert key.plan_lines & {one.anchor for one in claim.because}, (key, claim.because)


def test_what_the_plan_denies_is_denied_at_the_right_places(real: ClaimCheck) -> None:
    denied = [key for key in truth.sentences() if key.verdict == "contradicted"]
    assert {(claim.line) for claim in real.claims if claim.verdict is Verdict.CONTRADICTED} == {
        key.line for key in denied
    }
    for key in denied:
        claim = claim_of(real, key.line, key.hint)
        assert key.plan_lines & {one.anchor for one in claim.because}, (key, claim.because)


def test_a_changed_copy_flips_the_verdicts_of_exactly_the_changed_sentences(
    real: ClaimCheck, checked: Check, letter_text: str
) -> None:
    copy = checked(truth.edited(letter_text))
    before, after = [
        {(claim.line, claim.text): claim.verdict for claim in check.claims} for check in (real, copy)
    ]
    assert {key: after[key] for key in before if key in after} == {
        key: verdict for key, verdict in before.items() if key in after
    }
    assert len(truth.edits()) >= 15
    for edit in truth.edits():
        changed = [claim for claim in copy.claims if edit.new in claim.text]
        assert [claim.verdict for claim in changed] == [edit.verdict], (edit, changed)
        assert edit.was != edit.verdict


NOT_FOUND = {"participation is not yet in place"}
"""A relationship that is "continued" in the plan has no day on which it is to be in place."""


def test_each_of_many_changes_gets_its_verdict_and_leaves_the_others(
    real: ClaimCheck, checked: Check, letter_text: str
) -> None:
    before = {(claim.line, claim.text): claim.verdict for claim in real.claims}
    for batch in truth.batches(letter_text):
        copy = checked(batch.letter)
        changed = [claim for claim in copy.claims if (claim.line, claim.text) not in before]
        same = [claim for claim in copy.claims if claim not in changed]
        assert [claim.verdict for claim in same] == [before[claim.line, claim.text] for claim in same]
        for edit in batch.edits:
            [claim] = [claim for claim in changed if edit.new in claim.text]
            assert (claim.verdict in {edit.verdict, *edit.was.split()}) != (edit.new in NOT_FOUND), edit


def test_milestones_that_fell_due_and_are_not_mentioned(real: ClaimCheck) -> None:
    silent = {due.plan_line for due in truth.milestones() if not due.mentioned}
    assert len(silent) == 9
    assert {one.anchor for one in real.unmentioned} == silent


def test_a_milestone_that_is_mentioned_leaves_the_list(checked: Check, letter_text: str) -> None:
    copy = checked(truth.edited(letter_text))
    assert {one.anchor for one in copy.unmentioned} == {
        due.plan_line
        for due in truth.milestones()
        if not due.mentioned and due.plan_line not in {"P505", "P818"}
    }


def test_sentences_on_other_parts_of_the_plan(checked: Check) -> None:
    found = checked("\n\n".join(probe.sentence for probe in truth.probes())).claims
    assert [claim.text for claim in found] == [probe.sentence for probe in truth.probes()]
    wrong = [
        (probe.sentence, claim.verdict)
        for probe, claim in zip(truth.probes(), found, strict=True)
        if claim.verdict not in {probe.verdict, *probe.also}
    ]
    assert wrong == []


def test_the_name_of_the_council_does_not_matter(
    published_plan: Plan, real: ClaimCheck, letter_text: str
) -> None:
    renamed = (
        published_plan.model_dump_json().replace("Sandwell", "Northbury").replace("SANDWELL", "NORTHBURY")
    )
    text = letter_text.replace("Sandwell", "Northbury")
    check = check_claims(
        document_from_bytes(text.encode(), "letter.txt"),
        Plan.model_validate_json(renamed),
        since=real.since,
        until=real.until,
    )
    assert [claim.verdict for claim in check.claims] == [claim.verdict for claim in real.claims]
    assert [one.anchor for one in check.unmentioned] == [one.anchor for one in real.unmentioned]


def test_a_draft_with_an_open_date_is_said_to_be_one(real: ClaimCheck, checked: Check) -> None:
    assert real.notes == ("It is marked as a draft.", "Its date is still open.")
    assert checked("30 June 2023\n\nDear Secretary of State,\n\nWe thank our staff.").notes == ()


def test_a_period_that_ends_before_it_begins_is_refused(published_plan: Plan) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        check_claims(
            document_from_bytes(b"We thank our staff.", "letter.txt"),
            published_plan,
            since=date(2023, 6, 30),
            until=date(2022, 12, 1),
        )


def test_the_documentation_says_what_the_check_says(real: ClaimCheck) -> None:
    page = (CHECKOUT / "docs" / "claim-check.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([\w-]+)(, early)? \| ([^|]+) \|$", page, re.MULTILINE)
    assert len(rows) > 20
    for line, verdict, early, why in rows:
        places = set(re.findall(r"P\d+", why))
        found = [
            claim
            for claim in real.claims
            if claim.line == int(line)
            and claim.verdict == verdict
            and places <= {b.anchor for b in claim.because}
        ]
        assert found, (line, verdict, why)
        assert not early or any("early" in because.text for because in found[0].because)
