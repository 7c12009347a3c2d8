"""`goldenthread publish`: a folder of pages, the same each time, and what it says on the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.report_rows import hold_report

from goldenthread.record.actor import Actor
from goldenthread.record.models import Role
from goldenthread.record.services.councils import council_register
from goldenthread.record.services.plans import plans
from goldenthread.record.services.report_publishing import publish_report, withdraw_report

from .conftest import Invoke

DAY = ("--as-at", "30 June 2022")


def read(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_runs_of_one_state_give_the_same_bytes(held: Invoke, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = held("publish", tmp_path / name, *DAY, "--since", "8 June 2022")
        assert done.status == 0, done.err
        assert "as at 30 June 2022" in done.err
    first = read(tmp_path / "one")
    assert first == read(tmp_path / "two")
    assert {"index.html", "actions/A1/index.html", "open-data/plan.json", "feed.xml"} <= first.keys()


def test_what_is_held_back_is_listed_here_and_published_nowhere(held: Invoke, tmp_path: Path) -> None:
    done = held("publish", tmp_path / "site", *DAY, "--hold", "A1")
    assert done.status == 0, done.err
    assert "Held back: A1, because an officer holds it back." in done.err
    assert b"A1 is held back" in read(tmp_path / "site")["actions/A1/index.html"]


def test_a_folder_of_others_is_refused_before_anything_is_read(held: Invoke, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = held("publish", tmp_path, *DAY)
    assert done.status == 2
    assert "left alone" in done.err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["notes.txt"]


def test_reports_that_are_public_are_in_the_folder_as_they_were_issued(held: Invoke, tmp_path: Path) -> None:
    council = council_register()[0].id
    actor = Actor(council=council, role=Role.PMO, name="test")
    slug = plans(council)[0].slug
    issued = {"html": b"<!DOCTYPE html><title>Report</title><p>As issued</p>", "zip": b"tables"}
    number = hold_report(actor, slug, date(2022, 6, 30), contents=issued)
    publish_report(actor=actor, plan=slug, number=number, on=date(2022, 7, 6), reason="Cabinet has taken it")
    done = held("publish", tmp_path / "site", *DAY)
    assert done.status == 0, done.err
    files = read(tmp_path / "site")
    assert {ending: files[f"reports/{number}/report.{ending}"] for ending in issued} == issued
    assert b"report.html" in files[f"reports/{number}/index.html"]
    withdraw_report(actor=actor, plan=slug, number=number, reason="A figure was wrong")
    assert held("publish", tmp_path / "site", *DAY).status == 0
    left = read(tmp_path / "site")
    assert b"was taken back" in left[f"reports/{number}/index.html"]
    assert f"reports/{number}/report.html" not in left
