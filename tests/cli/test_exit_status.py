"""What a script sees: exit status, one sentence, no traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from support.checked_plans import action, plan_of

from goldenthread.examples import example_plan_path
from goldenthread.plan.canonical import canonical_json

from .conftest import Run

EXAMPLE = str(example_plan_path())
NOWHERE = {
    "DATABASE_URL": "postgresql://127.0.0.1:1/none",
    "DATABASE_OWNER_URL": "postgresql://127.0.0.1:1/none",
}


def assert_one_sentence(stderr: str, *parts: str) -> None:
    assert stderr.startswith("goldenthread: "), stderr
    assert len(stderr.splitlines()) == 1, stderr
    for part in parts:
        assert part in stderr


def test_0_when_only_notes_are_found(bare: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(canonical_json(plan_of(action("Review pay"))), encoding="utf-8")
    done = bare("check", plan)
    assert (done.returncode, done.stderr) == (0, f"1 note, as at {done.stderr.split()[-1]}\n")
    assert bare("--version").returncode == 0


def test_1_when_a_warning_is_found(bare: Run) -> None:
    assert bare("check", EXAMPLE, "--select", "GT201").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", EXAMPLE, "--json", "--questions"],
        ["check", EXAMPLE, "--select", "GT0"],
        ["check", EXAMPLE, "--as-at", "soon"],
        ["export", "--archive", "--as-at", "2022-06-07"],
        ["export", "--archive", "--format", "xlsx"],
        ["export", "--format", "pdf"],
        ["serve", "--port", "0"],
        ["sing"],
    ],
)
def test_2_when_asked_wrongly(bare: Run, arguments: list[str]) -> None:
    done = bare(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["read", "check", "import"])
def test_3_when_the_document_cannot_be_read(bare: Run, command: str, tmp_path: Path) -> None:
    missing, letter, picture = tmp_path / "no-plan.txt", tmp_path / "letter.txt", tmp_path / "plan.pdf"
    letter.write_text("Dear Secretary of State,\nall is well.\n", encoding="utf-8")
    picture.write_bytes(b"%PDF-1.7 ...")
    for path, said in ((missing, "No such file"), (picture, "PDF")):
        done = bare(command, path)
        assert done.returncode == 3
        assert_one_sentence(done.stderr, path.name, said)
    if command != "import":
        done = bare(command, letter)
        assert done.returncode == 3
        assert_one_sentence(done.stderr, "letter.txt", "no improvement plan")


def test_3_when_json_is_no_plan(bare: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{"title": "A plan"}', encoding="utf-8")
    done = bare("check", path)
    assert done.returncode == 3
    assert_one_sentence(done.stderr, "plan.json")


def test_4_when_the_database_cannot_be_had(bare: Run) -> None:
    done = bare("verify", **NOWHERE)
    assert done.returncode == 4
    assert_one_sentence(done.stderr, "127.0.0.1")


def test_4_when_the_port_is_taken(bare: Run, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in ("serve", "demo"):
            done = bare(command, "--port", port)
            assert done.returncode == 4
            assert_one_sentence(done.stderr, str(port), "--port")
    assert not (tmp_path / "home").exists()


def test_debug_shows_where(bare: Run) -> None:
    done = bare("--debug", "read", "nowhere.txt")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "DocumentError" in done.stderr


def test_2_when_a_day_is_centuries_away(bare: Run) -> None:
    for command in ("check", "coverage", "contradictions", "forecast"):
        done = bare(command, EXAMPLE, "--as-at", "9999-12-31")
        assert done.returncode == 2
        assert "centuries away" in done.stderr
