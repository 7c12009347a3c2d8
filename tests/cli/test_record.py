"""Commands on a real record: import, check, export, verify."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from plugins.database import TestDatabase

from goldenthread.cli.plan_files import plan_in
from goldenthread.cli.record import chosen_council
from goldenthread.cli.showing import civil_today
from goldenthread.plan.canonical import canonical_json, plan_from_json
from goldenthread.record.actor import Actor
from goldenthread.record.models import Item, PostRecord, Role
from goldenthread.record.scope import council_scope
from goldenthread.record.services.findings import accept_finding

from .conftest import SMALL_PLAN, Invoke

PLAN = "borough-of-testing-improvement-plan"


def newest_hash(run: Invoke) -> str:
    done = run("verify")
    assert done.status == 0, done
    return done.out.split()[-1].rstrip(".")


def amended(folder: Path) -> Path:
    """The small plan with one lead and one milestone changed."""
    path = folder / "amended.md"
    text = SMALL_PLAN.read_text(encoding="utf-8")
    changed = text.replace("| Director of Finance |", "| Chief Executive |").replace(
        "Constitution adopted", "Audit of pay"
    )
    assert text != changed
    path.write_text(changed, encoding="utf-8")
    return path


def test_an_import_says_where_the_plan_is_and_what_is_open(empty: Invoke) -> None:
    done = empty("import", SMALL_PLAN, "--effective", "2022-06-07")
    assert done.status == 0
    assert f"is plan {PLAN}, revision 3, from 7 June 2022." in done.out
    assert "questions are open" in done.out


def test_the_same_document_twice_changes_nothing(held: Invoke) -> None:
    before = newest_hash(held)
    done = held("import", SMALL_PLAN)
    assert done.status == 0
    assert "imported already" in done.out
    assert newest_hash(held) == before


def test_a_dry_run_says_what_would_change_and_keeps_nothing(held: Invoke, tmp_path: Path) -> None:
    before = newest_hash(held)
    done = held("import", amended(tmp_path), "--dry-run")
    assert done.status == 0, done.err
    assert "Close the accounts: Leads: Director of Finance → Chief Executive" in done.out
    assert "Audit of pay" in done.out
    assert "Nothing was kept" in done.out
    assert newest_hash(held) == before


def test_a_dry_run_of_the_first_document_leaves_no_council(empty: Invoke) -> None:
    done = empty("import", SMALL_PLAN, "--dry-run")
    assert done.status == 0, done.err
    assert "Action: 3" in done.out
    assert "Nothing is held here yet" in empty("verify").out


def test_an_amended_document_changes_the_plan_that_is_held(held: Invoke, tmp_path: Path) -> None:
    before = plan_from_json(held("export").out)
    done = held("import", amended(tmp_path), "--effective", "2022-10-01", "--reason", "Cabinet moved it")
    assert done.status == 0, done.err
    after = plan_from_json(held("export").out)
    assert [action.id for action in after.actions()] == [action.id for action in before.actions()]
    assert [action.leads for action in after.actions()][2] == ("Chief Executive",)
    earlier = plan_from_json(held("export", "--as-at", "2022-09-30").out)
    assert [action.leads for action in earlier.actions()] == [action.leads for action in before.actions()]


def test_the_export_is_the_plan_as_canonical_json(held: Invoke, tmp_path: Path) -> None:
    done = held("export")
    plan = plan_from_json(done.out)
    assert canonical_json(plan) + "\n" == done.out
    assert [action.ref for action in plan.actions()] == ["A1", "A2", "A3"]
    path = tmp_path / "plan.json"
    assert held("export", "--plan", PLAN, "--as-at", "2022-06-07", "-o", path).status == 0
    assert path.read_text(encoding="utf-8") == done.out


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "docx", "odt", "md"])
def test_an_export_to_work_on_holds_every_action(held: Invoke, tmp_path: Path, ending: str) -> None:
    plan = plan_from_json(held("export").out)
    path = tmp_path / f"plan.{ending}"
    assert held("export", "-o", path) == (0, "", "")
    back = plan_in(path)
    assert [action.title for action in back.actions()] == [action.title for action in plan.actions()]
    assert [action.ref for action in back.actions()] == ["A1", "A2", "A3"]
    assert [action.dates for action in back.actions()] == [action.dates for action in plan.actions()]


def test_a_text_export_goes_to_standard_output(held: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "plan.dat"
    done = held("export", "--format", "md")
    assert done.status == 0
    assert held("export", "--format", "md", "-o", path).status == 0
    assert path.read_text(encoding="utf-8") == done.out


def test_a_workbook_that_comes_back_unchanged_moves_no_action(held: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    before = plan_from_json(held("export").out)
    assert held("export", "-o", path).status == 0
    done = held("import", path)
    assert done.status == 0, done.err
    after = plan_from_json(held("export").out)
    assert [action.model_dump(exclude={"anchors", "steps"}) for action in after.actions()] == [
        action.model_dump(exclude={"anchors", "steps"}) for action in before.actions()
    ]


def test_there_is_no_plan_before_it_was_adopted(held: Invoke) -> None:
    done = held("export", "--as-at", "2022-06-06")
    assert (done.status, done.out) == (2, "")
    assert "7 June 2022" in done.err


def test_the_archive_holds_history_plans_and_files(held: Invoke, tmp_path: Path) -> None:
    path, again = tmp_path / "one.zip", tmp_path / "two.zip"
    assert held("export", "--archive", "-o", path).status == 0
    assert held("export", "--archive", "-o", again).status == 0
    assert path.read_bytes() == again.read_bytes()
    with ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content.pop("manifest.json"))
    assert {name: hashlib.sha256(data).hexdigest() for name, data in content.items()} == {
        name: entry["sha256"] for name, entry in manifest["files"].items()
    }
    source = hashlib.sha256(SMALL_PLAN.read_bytes()).hexdigest()
    assert content[f"files/{source}"] == SMALL_PLAN.read_bytes()
    assert plan_from_json(content[f"plans/{PLAN}.json"]) == plan_from_json(held("export").out)
    revisions = [json.loads(line) for line in content["revisions.jsonl"].splitlines()]
    assert [revision["number"] for revision in revisions] == list(range(1, manifest["head"]["revision"] + 1))
    assert revisions[-1]["hash"] == manifest["head"]["hash"] == newest_hash(held)
    changes = [json.loads(line) for line in content["changes.jsonl"].splitlines()]
    assert sum(revision["changes"] for revision in revisions) == len(changes)
    assert {change["table_name"] for change in changes} >= {"council", "plan", "item", "dated_fact"}


def test_the_archive_has_every_column_of_the_log(
    held: Invoke, council_db: TestDatabase, tmp_path: Path
) -> None:
    held("export", "--archive", "-o", tmp_path / "archive.zip")
    with ZipFile(tmp_path / "archive.zip") as archive, psycopg.connect(council_db.superuser) as connection:
        for name, table in (("revisions.jsonl", "revision"), ("changes.jsonl", "change")):
            columns = connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                [table],
            ).fetchall()
            row = json.loads(archive.read(name).splitlines()[0])
            assert row.keys() == {column for (column,) in columns}


def test_a_plan_that_is_held_is_checked_by_its_name(held: Invoke) -> None:
    done = held("check", PLAN, "--select", "GT402", "--as-at", "2022-06-07")
    assert done.status == 1
    assert [line.split(" ")[0] for line in done.out.splitlines()] == [f"{SMALL_PLAN.name}:14:"]


def test_what_was_accepted_is_printed_and_does_not_fail_a_plan(held: Invoke) -> None:
    council = chosen_council(None)
    officer = Actor(council=council.id, role=Role.PMO, name="test")
    today = civil_today()
    found = json.loads(held("check", PLAN, "--select", "GT402", "--format", "json").out)
    assert found["accepted"] == []
    with council_scope(council.id):
        item = Item.objects.get(key=found["findings"][0]["item"]).id
        owner = PostRecord.objects.order_by("name")[0]
    accept_finding(
        actor=officer, plan=PLAN, rule="GT402", item=item, about="", reason="The team will name one",
        owner=owner.slug, expires_on=today, on=today,
    )  # fmt: skip
    done = held("check", PLAN, "--select", "GT402")
    assert done.status == 0
    assert done.out.endswith(f"(accepted until {today}, {owner.name}: The team will name one)\n")
    assert done.err == f"1 accepted, as at {today}.\n"
    told = json.loads(held("check", PLAN, "--select", "GT402", "--format", "json").out)
    assert told["findings"] == []
    assert told["accepted"][0]["acceptance"]["reason"] == "The team will name one"


def test_a_plan_that_is_held_is_checked_with_what_stands_beside_it(held: Invoke) -> None:
    never = held("check", PLAN, "--select", "GT701")
    assert "was never confirmed" in never.out
    assert held("check", SMALL_PLAN, "--select", "GT701").out == ""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("check", "no-such-plan"), "plan"),
        (("export", "--plan", "no-such-plan"), "plan"),
        (("export", "--council", "elsewhere"), "elsewhere"),
    ],
)
def test_what_is_not_held_is_told_in_a_sentence(held: Invoke, arguments: tuple[str, ...], named: str) -> None:
    done = held(*arguments)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert named in done.err


def test_with_several_councils_one_must_be_chosen(held: Invoke, tmp_path: Path) -> None:
    from goldenthread.record.services.councils import create_council

    create_council(command="test", name="Borough of Elsewhere")
    done = held("export")
    assert done.status == 2
    assert "borough-of-elsewhere" in done.err
    assert held("export", "--council", "borough-of-testing").status == 0
    assert held("verify").out.count("every link sound") == 2
    assert held("verify", "--council", "borough-of-elsewhere").out.count("every link sound") == 1


def test_verify_names_the_first_broken_link(held: Invoke, council_db: TestDatabase) -> None:
    with psycopg.connect(council_db.superuser) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE revision SET reason = 'Nothing to see' WHERE number = 2")
    done = held("verify")
    assert done.status == 1
    assert "revision 2 is broken (altered)" in done.out
