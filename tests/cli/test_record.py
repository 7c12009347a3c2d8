"""Commands on a real record: import, check, export, verify, doctor."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest

from goldenthread.embedded import SUPERUSER, EmbeddedServer
from goldenthread.examples import example_plan_path
from goldenthread.plan.canonical import canonical_json, plan_from_json

from .conftest import Run, runner

EXAMPLE = example_plan_path()
PLAN = "sandwell-council-improvement-plan"
pytestmark = pytest.mark.slow


def newest_hash(run: Run) -> str:
    done = run("verify")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.split()[-1]


def test_the_same_document_twice_changes_nothing(held: Run) -> None:
    before = newest_hash(held)
    done = held("import", EXAMPLE)
    assert done.returncode == 0
    assert "imported already" in done.stdout
    assert newest_hash(held) == before


def test_a_dry_run_says_what_would_change_and_keeps_nothing(held: Run, tmp_path: Path) -> None:
    amended = tmp_path / "amended.txt"
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count("Oracle Fusion Implemented") == 1
    amended.write_text(text.replace("Oracle Fusion Implemented", "Oracle Fusion in use"), encoding="utf-8")
    before = newest_hash(held)
    done = held("import", amended, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "Oracle Fusion" in done.stdout
    assert "Nothing was kept" in done.stdout
    assert newest_hash(held) == before


def test_a_dry_run_of_the_first_document_leaves_no_council(tmp_path: Path) -> None:
    run = runner(tmp_path / "home")
    done = run("import", EXAMPLE, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "Action: 64" in done.stdout
    assert "Nothing is held here yet" in run("verify").stdout
    EmbeddedServer(tmp_path / "home").destroy()


def test_the_export_is_the_plan_as_canonical_json(held: Run, tmp_path: Path) -> None:
    done = held("export")
    plan = plan_from_json(done.stdout)
    assert canonical_json(plan) + "\n" == done.stdout
    assert sum(1 for _ in plan.actions()) == 64
    assert all(action.id and action.ref for action in plan.actions())
    path = tmp_path / "plan.json"
    held("export", "--plan", PLAN, "--as-at", "2022-06-07", "-o", path)
    assert path.read_text(encoding="utf-8") == done.stdout


def test_there_is_no_plan_before_it_was_adopted(held: Run) -> None:
    done = held("export", "--as-at", "2022-06-06")
    assert (done.returncode, done.stdout) == (2, "")
    assert "7 June 2022" in done.stderr


def test_the_archive_holds_history_plans_and_files(held: Run, tmp_path: Path) -> None:
    path, again = tmp_path / "one.zip", tmp_path / "two.zip"
    assert held("export", "--archive", "-o", path).returncode == 0
    assert held("export", "--archive", "-o", again).returncode == 0
    assert path.read_bytes() == again.read_bytes()
    with ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content.pop("manifest.json"))
    assert {name: hashlib.sha256(data).hexdigest() for name, data in content.items()} == {
        name: entry["sha256"] for name, entry in manifest["files"].items()
    }
    source = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert content[f"files/{source}"] == EXAMPLE.read_bytes()
    assert plan_from_json(content[f"plans/{PLAN}.json"]) == plan_from_json(held("export").stdout)
    revisions = [json.loads(line) for line in content["revisions.jsonl"].splitlines()]
    assert [revision["number"] for revision in revisions] == list(range(1, manifest["head"]["revision"] + 1))
    assert revisions[-1]["hash"] == manifest["head"]["hash"] == newest_hash(held)
    changes = [json.loads(line) for line in content["changes.jsonl"].splitlines()]
    assert sum(revision["changes"] for revision in revisions) == len(changes)


def test_a_plan_that_is_held_is_checked_by_its_name(held: Run) -> None:
    done = held("check", PLAN, "--select", "GT201", "--as-at", "2022-06-07")
    assert done.returncode == 1
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == [f"{EXAMPLE.name}:390:"] * 5


@pytest.mark.parametrize("arguments", [("check", "no-such-plan"), ("export", "--plan", "no-such-plan"),
                                       ("export", "--council", "elsewhere")])  # fmt: skip
def test_what_is_not_held_is_named(held: Run, arguments: tuple[str, ...]) -> None:
    done = held(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_verify_names_the_first_broken_link(tmp_path: Path) -> None:
    run = runner(tmp_path / "home")
    assert run("import", EXAMPLE).returncode == 0
    server = EmbeddedServer(tmp_path / "home")
    with server.running() as address, psycopg.connect(address.dsn(user=SUPERUSER)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE revision SET reason = 'Nothing to see' WHERE number = 2")
    done = run("verify")
    assert done.returncode == 1
    assert "revision 2 is broken (altered)" in done.stdout
    server.destroy()


def test_doctor_finds_this_machine_well(held: Run) -> None:
    done = held("doctor")
    assert done.returncode == 0, done.stdout
    names = [line.removeprefix("ok    ").split(":")[0] for line in done.stdout.splitlines()]
    assert names == ["Python", "Data folder", "Disk", "Pandoc", "PostgreSQL", "Migrations"]
    assert "all applied" in done.stdout


def test_doctor_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    done = runner(tmp_path / "file")("doctor")
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if "Data folder" in line)
    assert line.startswith("FAIL")
    assert "GOLDENTHREAD_HOME" in line
