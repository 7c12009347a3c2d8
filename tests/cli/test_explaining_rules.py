"""`goldenthread explain`."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest

from goldenthread.assurance import RULES
from goldenthread.cli.main import main


def explained(*arguments: str) -> str:
    out = StringIO()
    with redirect_stdout(out), pytest.raises(SystemExit) as ended:
        main(["explain", *arguments])
    assert ended.value.code == 0
    return out.getvalue()


def test_a_rule_is_explained_by_its_name() -> None:
    page = " ".join(explained("gt201").split())
    rule = RULES["GT201"]
    assert page.startswith(f"GT201 {rule.title} (warning)")
    assert all(
        text in page for text in (rule.why, f"What to do: {rule.settle}", f"Looks at: {rule.looks_at}")
    )
    assert "In a file: Nothing" in explained("GT701")


def test_without_a_name_every_rule_is_listed() -> None:
    assert [line.split()[0] for line in explained().splitlines()] == list(RULES)
    assert [each["rule"] for each in json.loads(explained("GT8", "--json"))] == [
        name for name in RULES if name.startswith("GT8")
    ]


def test_a_name_that_is_no_rule_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["explain", "GT999"])
    assert ended.value.code == 2
    assert "No rule is called GT999" in capsys.readouterr().err
