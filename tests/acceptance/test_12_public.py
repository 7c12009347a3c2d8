"""Test 12: what residents see. Two publications of Northbury, from the record to a folder, against facts by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from plugins.database import TestDatabase
from support.northbury import CUT_OFF
from support.recorded_northbury import PLAN, RecordedNorthbury

from goldenthread.plan.model import Action, Plan
from goldenthread.record.history.selectors import head_number
from goldenthread.record.public import last_edition
from goldenthread.record.scope import writing
from goldenthread.record.services.editing import edit_item
from goldenthread.record.services.publishing import publish_plan
from goldenthread.record.services.store import store_difference
from goldenthread.record.snapshot import find_plan, snapshot
from goldenthread.reporting.public.edition import Edition
from goldenthread.reporting.public.folder import write_folder
from goldenthread.reporting.public.site import site_files

JULY, DECIDED = date(2022, 7, 31), date(2022, 11, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def council(council_db: TestDatabase) -> RecordedNorthbury:
    made = RecordedNorthbury()
    for day in (JULY, CUT_OFF):
        publish_plan(actor=made.officer, plan=PLAN, cut_off=day, on=DECIDED, reason="For residents")
    return made


def edition(council: RecordedNorthbury) -> Edition:
    found = last_edition(council.officer.council, PLAN)
    assert found
    return found


def held_plan(council: RecordedNorthbury) -> Plan:
    return snapshot(council=council.officer.council, plan=PLAN)


def text(files: dict[str, bytes], path: str) -> str:
    return " ".join(files[path].decode().split())


def test_what_we_said_and_what_happened_is_shown_plainly(council: RecordedNorthbury) -> None:
    """A4 was promised for June, moved to August by July and to September since, and is not done: a missed date."""
    files = site_files(edition(council))
    page = text(files, "actions/A4/index.html")
    for told in ("Jun 2022", "Sep 2022", "Late.", "The date first promised has passed and it is not done"):
        assert told in page
    assert "Its date was put back from “Aug 2022” to “Sep 2022”." in page
    assert "The auditor found more to correct" not in "".join(text(files, path) for path in files)
    assert "The budget gap for next year" not in "".join(text(files, path) for path in files)
    assert "Dec 2022" not in page.partition("<h2>Steps")[0], "a lead’s forecast is not told"


def test_what_changed_since_last_time_by_page_and_by_feed(council: RecordedNorthbury) -> None:
    files = site_files(edition(council))
    changes = text(files, "changes/index.html")
    assert "Published as at 31 October 2022" in changes
    for ref in ("A3", "A4"):
        assert f"actions/{ref}/index.html" in changes
    feed = ElementTree.fromstring(files["feed.xml"])
    entries = {
        entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")
    }
    assert any(title and title.startswith("A4 ") for title in entries.values())
    again = ElementTree.fromstring(site_files(edition(council))["feed.xml"])
    assert [each.text for each in again.iter(f"{ATOM}id")] == [each.text for each in feed.iter(f"{ATOM}id")]
    publish_plan(
        actor=council.officer, plan=PLAN, cut_off=date(2022, 11, 1), on=DECIDED, reason="A day later"
    )
    later = ElementTree.fromstring(site_files(edition(council))["feed.xml"])
    assert entries.keys() <= {entry.findtext(f"{ATOM}id") for entry in later.iter(f"{ATOM}entry")}


def test_the_figures_of_pages_and_data_are_the_same(council: RecordedNorthbury) -> None:
    files = site_files(edition(council))
    rows = list(csv.DictReader(io.StringIO(files["open-data/actions.csv"].decode("utf-8-sig"))))
    actions = [row for row in rows if row["kind"] == "action"]
    assert len(actions) == 9
    assert "The plan has 9 actions" in text(files, "index.html")
    content = json.loads(files["open-data/plan.json"])
    assert content["actions"] == rows
    assert content["licence"] == "Open Government Licence v3.0"
    meanings = list(csv.DictReader(io.StringIO(files["open-data/dictionary.csv"].decode("utf-8-sig"))))
    described = [row["column"] for row in meanings if row["file"] == "actions.csv"]
    assert described == list(rows[0])


def test_marked_words_stay_out_of_every_file_and_the_page_says_that_something_is_held_back(
    council: RecordedNorthbury, tmp_path: Path
) -> None:
    held = edition(council).now
    action = held.promises["A5"]
    assert isinstance(action, Action)
    held_item = next(each for each in held_plan(council).actions() if each.ref == "A5")
    assert held_item.id
    edit_item(
        actor=council.officer,
        plan=PLAN,
        item=held_item.id,
        changes={"title": "Sell Zebra House (OFFICIAL-SENSITIVE)"},
        reason="It is sold",
        effective_on=CUT_OFF,
        seen_revision=head_number(council.officer.council),
    )
    publish_plan(actor=council.officer, plan=PLAN, cut_off=CUT_OFF, on=DECIDED, reason="Again")
    write_folder(tmp_path / "site", site_files(edition(council)))
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            content = path.read_text(encoding="utf-8")
            assert "Zebra" not in content, path
            assert not action.title or action.title not in content, path
    assert "A5 is held back" in (tmp_path / "site/actions/A5/index.html").read_text()
    assert "held back here" in (tmp_path / "site/index.html").read_text()


def test_an_action_that_left_the_plan_keeps_its_page(council: RecordedNorthbury) -> None:
    old = held_plan(council)
    themes = tuple(
        theme.model_copy(update={"actions": tuple(each for each in theme.actions if each.ref != "A9")})
        for theme in old.themes
    )
    new = old.model_copy(update={"themes": themes, "links": ()})
    with writing(council.officer, "An amended document"):
        store_difference(find_plan(PLAN), old, new, effective_on=DECIDED)
    publish_plan(actor=council.officer, plan=PLAN, cut_off=DECIDED, on=DECIDED, reason="Again")
    page = text(site_files(edition(council)), "actions/A9/index.html")
    assert "This is no longer in the plan." in page
    assert "as at 31 October 2022" in page
