"""`goldenthread read`, and `goldenthread check` of a file: no database, no Django, plain failures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.needs import require_data

from goldenthread.cli.main import cli
from goldenthread.examples import example_plan_path

EXAMPLE = str(example_plan_path())
DATE = {"printed", "edtf", "earliest", "latest", "approximate", "bound", "recurs", "condition", "inferred"}
ACTION = {"key", "title", "workstream", "references", "leads", "start", "due", "status", "steps", "anchor"}


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, arguments)


def assert_published_shape(plan: dict[str, Any]) -> None:
    """The plan JSON has at least the fields that other programs were promised."""
    assert plan.keys() >= {
        "schema", "title", "themes", "risks", "engagement_milestones", "reviews", "bodies", "posts", "questions",
    }  # fmt: skip
    for theme in plan["themes"]:
        assert theme.keys() >= {
            "number", "name", "objectives", "workstreams", "milestones", "deliverables", "success_statements",
            "actions",
        }  # fmt: skip
        assert all(stream.keys() >= {"name", "aim"} for stream in theme["workstreams"])
        assert all(milestone.keys() >= {"name", "date", "achieved"} for milestone in theme["milestones"])
        assert all(isinstance(text, str) for text in (*theme["objectives"], *theme["deliverables"]))
        for action in theme["actions"]:
            assert_action_shape(action)
    assert all(risk.keys() >= {"title", "description"} for risk in plan["risks"])
    assert all(question.keys() >= {"kind", "anchor", "text", "candidates"} for question in plan["questions"])


def assert_action_shape(action: dict[str, Any]) -> None:
    assert action.keys() >= ACTION
    for date in (action["start"], action["due"]):
        assert date is None or date.keys() >= DATE
    for reference in action["references"]:
        assert reference.keys() >= {"review", "class", "number", "page"}
        assert reference["class"] in {"statutory", "key", "improvement", None}
    for step in action["steps"]:
        assert_action_shape(step)


def test_the_example_is_told_in_numbers() -> None:
    result = run("read", EXAMPLE)
    assert result.exit_code == 0
    assert "Approved by Council on 7 June 2022" in result.output
    rows = {
        line.split("  ")[0].strip(): line.split()[-1] for line in result.output.splitlines() if line.strip()
    }
    told = [rows[name] for name in ("Objectives", "Actions", "Steps", "Milestones")]
    assert told == ["21", "64", "190", "74"]
    assert "17 leads, 4 reviews, 77 different references, 7 risks" in result.output


def test_the_example_as_json() -> None:
    plan = json.loads(run("read", EXAMPLE, "--json").output)
    assert_published_shape(plan)
    assert len(plan["themes"]) == 6
    assert sum(len(theme["actions"]) for theme in plan["themes"]) == 64


def test_the_published_plan_as_json() -> None:
    path = require_data("plans/sandwell-improvement-plan-2022.txt")
    plan = json.loads(run("read", str(path), "--json").output)
    assert_published_shape(plan)
    actions = [action for theme in plan["themes"] for action in theme["actions"]]
    assert len(actions) == 64
    assert {"Grant Thornton", "CIPFA", "LGA Corporate Peer Challenge", "Statutory Direction"} == {
        reference["review"] for action in actions for reference in action["references"]
    }
    assert "Director of Law and Governance" in actions[0]["leads"] + actions[2]["leads"]
    (untitled,) = (action for action in actions if action["title"] is None)
    assert untitled["anchor"]["line"] == 963


def test_questions_name_their_line_and_every_reading() -> None:
    output = run("read", EXAMPLE, "--questions").output
    plan = json.loads(run("read", EXAMPLE, "--json").output)
    for question in plan["questions"]:
        assert f"{EXAMPLE}:{question['anchor']['line']}: {question['kind']}: {question['text']}" in output
        assert all(candidate["label"] in output for candidate in question["candidates"])
    assert output.splitlines()[-1] == f"{len(plan['questions'])} questions."


@pytest.mark.parametrize("command", ["read", "check"])
def test_neither_needs_django_or_a_database(command: str, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom goldenthread.cli.main import main\n"
        f"try:\n    main([{command!r}, {EXAMPLE!r}])\n"
        "finally:\n    loaded = {'django', 'psycopg', 'gunicorn', 'goldenthread.embedded'} & set(sys.modules)\n"
        "    print(sorted(loaded), file=sys.stderr)"
    )
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"GOLDENTHREAD_HOME": str(home), "DATABASE_URL": "postgresql://127.0.0.1:1/none"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]", done.stderr
    assert not home.exists()


def test_check_reads_like_a_linter() -> None:
    result = run("check", EXAMPLE, "--select", "GT201", "--as-at", "7 June 2022")
    lines = result.stdout.splitlines()
    assert len(lines) == 5
    assert all(line.startswith(f"{EXAMPLE}:390: GT201 warning: ") for line in lines)
    assert result.stderr == "5 warnings, as at 2022-06-07.\n"


def test_check_as_json() -> None:
    found = json.loads(
        run("check", EXAMPLE, "--select", "GT4,GT103", "--format", "json", "--as-at", "2022-06-07").stdout
    )
    assert found["as_at"] == "2022-06-07"
    assert {finding["rule"] for finding in found["findings"]} == {"GT103", "GT401", "GT402"}
    assert all(finding["anchors"][0]["line"] for finding in found["findings"])
    assert {finding["severity"] for finding in found["findings"]} == {"error", "warning"}


def test_check_of_a_plan_that_was_exported(tmp_path: Path) -> None:
    from support.checked_plans import action, plan_of

    from goldenthread.plan.canonical import canonical_json

    path = tmp_path / "plan.json"
    path.write_text(canonical_json(plan_of(action("Review pay", leads=()))), encoding="utf-8")
    assert run("check", str(path), "--select", "GT401").stdout == (
        f"{path}:12: GT401 error: No lead is named for “Review pay”.\n"
    )
