"""Logs, reports and returns read as they were keyed by hand from the page."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from support.needs import require_data
from support.tracker_scores import folded, plan_of, score
from truth import matches
from truth.logs import (
    ACTION_LOGS,
    COMMITMENT_REPORTS,
    load_documents,
    load_faults,
    load_progress,
    load_risks,
    return_files,
)

from goldenthread.documents import Document, read_document
from goldenthread.plan.model import Plan, PlanKind
from goldenthread.reading import NoPlanError, find_faults, read_plan

LEAST_RIGHT = 0.97
KEYED = [
    pytest.param(series, document.name, id=document.name)
    for series in (ACTION_LOGS, COMMITMENT_REPORTS)
    for document in load_documents(series)
    if document.name and document.items
]
RETURNS = pytest.mark.parametrize("name", return_files())


@pytest.mark.parametrize(("series", "name"), KEYED)
def test_fields_are_as_keyed(series: str, name: str) -> None:
    found = score(series, name)
    print(f"{name}: {found.right:.1%} of {found.fields} fields")
    assert found.right >= LEAST_RIGHT, "\n".join(found.wrong)


@pytest.mark.parametrize(
    "document",
    [document for document in load_documents(ACTION_LOGS) if not document.name],
    ids=lambda d: d.file[-30:],
)
def test_every_other_log_reads_as_many_items_as_were_counted(document: object) -> None:
    file, items = document.file, document.items  # type: ignore[attr-defined]
    if not items:
        with pytest.raises(NoPlanError, match="no improvement plan"):
            read_plan(read_document(require_data(file)))
    else:
        assert len(list(read_plan(read_document(require_data(file))).actions())) == items


def test_the_same_report_in_two_formats_is_the_same_plan() -> None:
    plain, styled = (promises(plan_of(COMMITMENT_REPORTS, name)) for name in ("q2_csv", "q2_odt"))
    assert plain == styled
    assert sum(plain.values()) == 17 * 3


def promises(plan: Plan) -> Counter[tuple[str, tuple[str, ...], str]]:
    assert plan.kind is PlanKind.COMMITMENTS
    return Counter(
        (folded(action.title or ""), action.leads, action.status.value) for action in plan.actions()
    )


def test_a_log_says_what_it_is_and_of_what_day() -> None:
    plan = plan_of(ACTION_LOGS, "tb_08")
    assert plan.kind is PlanKind.ACTION_LOG
    assert plan.version == "19 July 2011"
    assert all(update.as_at for action in plan.actions() for update in action.updates)


# --- returns ------------------------------------------------------------------------------------------------


@cache
def return_document(name: str) -> Document:
    return read_document(require_data(return_files()[name]))


@cache
def return_plan(name: str) -> Plan:
    return read_plan(return_document(name))


@RETURNS
def test_progress_of_a_return(name: str) -> None:
    plan = return_plan(name)
    assert plan.kind is PlanKind.RETURN
    keyed = load_progress(name)
    actions = list(plan.actions())
    assert [action.title for action in actions] == [row.project for row in keyed]
    for row, action in zip(keyed, actions, strict=True):
        update = action.updates[-1]
        assert action.start is not None
        assert action.dates.approved is not None
        assert (action.start.edtf, action.dates.approved.edtf) == (row.start_edtf, row.end_edtf)
        assert (update.status_printed, action.status.value) == (row.status_printed, row.status)
        assert (
            update.rag_printed == f"Delivery {row.delivery_rag}, Spend {row.spend_rag}, Risk {row.risk_rag}"
        )
        assert matches(row.commentary, update.text)


@RETURNS
def test_next_milestones_of_a_return(name: str) -> None:
    milestones = list(return_plan(name).milestones())
    keyed = load_progress(name)
    assert [milestone.dates.approved and milestone.dates.approved.edtf for milestone in milestones] == [
        row.milestone_edtf for row in keyed
    ]
    assert all(matches(row.milestone, found.name) for row, found in zip(keyed, milestones, strict=True))


@RETURNS
def test_risks_of_a_return(name: str) -> None:
    risks = return_plan(name).risks
    keyed = load_risks(name)
    assert [risk.title for risk in risks] == [risk.name for risk in keyed]
    assert [risk.register_reference for risk in risks] == [f"{risk.scope} {risk.number}" for risk in keyed]


@RETURNS
def test_planted_faults_are_named_by_sheet_row_and_column_and_no_other(name: str) -> None:
    found = find_faults(return_document(name))
    places = [
        (fault.anchor.sheet, cell_name(fault.anchor.row, fault.anchor.column), fault.kind) for fault in found
    ]
    keyed = [(fault.sheet, fault.cell, fault.kind) for fault in load_faults() if fault.file == name]
    assert Counter(places) == Counter(keyed)


@pytest.mark.parametrize("name", ["r4_corrupt", "r4_psi_risk"])
def test_faults_are_questions_of_the_plan_too(name: str) -> None:
    asked = {question.anchors[0] for question in return_plan(name).questions}
    assert {fault.anchor for fault in find_faults(return_document(name))} <= asked


def cell_name(row: int | None, column: int | None) -> str:
    assert row is not None
    assert column is not None
    assert re.fullmatch(r"[A-Z]", chr(64 + column))
    return f"{chr(64 + column)}{row}"
